// The image viewer: its row among the screens, its keys, and the door to it.

import Grid
import KeyImages
import ReviewCore

extension ScreenID {
  package static let images = ScreenID("images")
}

extension Screen {
  static let images = Screen(
    .images, "Images", head: imagesHead, draw: renderImages, load: { $0.images.needed }, commands: Commands.images,
    doors: [Commands.openImages],
    reopen: { state, place, view in
      let isThere = view.patientCase.examination(place.examination) != nil
      state.images = ImagesState(view.patientCase, isThere ? place.examination : .baseline, after: state.images)
      return state.images.needed
    })
}

extension State {
  /// The case of the screen that is open, and the examination it is about.
  var imagedCase: (patientCase: Case, examination: ExaminationID)? {
    switch screen {
    case .grading: grading.view.map { ($0.patientCase, grading.examination) }
    case .consensus: consensus.view.map { ($0.patientCase, consensus.row?.key.examination ?? .baseline) }
    case .teaching:
      teaching.walk.map { walk in
        let shown = walk.imagedCase
        let about = walk.step?.image == nil ? nil : walk.step.flatMap { shown.examination($0.examination)?.id }
        return (shown, about ?? shown.examinations.last?.id ?? .baseline)
      }
    default:
      caseScreen.view.map { view in
        let isAboutLater = [.followUp, .examinations, .images].contains(caseScreen.focus)
        return (view.patientCase, isAboutLater ? caseScreen.selected : .baseline)
      }
    }
  }
}

extension TeachingWalk {
  /// The case with the examinations that were shown.
  fileprivate var imagedCase: Case {
    var shown = subject.patientCase
    // A step that names an image of its examination shows that it took place.
    let about = step?.image == nil ? nil : step?.examination
    shown.examinations.removeAll { !$0.id.isBaseline && !visible.contains(.followUp($0.id)) && $0.id != about }
    return shown
  }
}

extension State {
  /// Opens the viewer on what the screen is about.
  mutating func openImages(toPoint: Bool = false) -> [Effect] {
    guard let (patientCase, examination) = imagedCase else { return [] }
    let isTaught = screen == .teaching
    if images.patientCase != patientCase || images.isTaught != isTaught {
      images = ImagesState(patientCase, examination, isTaught: isTaught, after: images)
    } else {
      images.reload()
    }
    images.examination = examination
    images.source = deed
    images.finding = images.source == .grading ? aboutFinding()?.id : nil
    images.isToPoint = toPoint
    // Where a mark is that this is about, there it opens.
    images.opening = wantedMark?.image
    if isTaught, let step = teaching.walk?.step, let image = step.image, step.examination == examination {
      images.show(image)
    }
    if images.compared == examination { images.compared = nil }
    push(.images)
    return images.needed
  }

  /// The mark of what the screen is about, where it has one.
  private var wantedMark: ImageMark? {
    switch images.source {
    case .grading: return pointedFinding.flatMap { grade(of: $0.id)?.mark }
    case .consensus:
      guard let row = consensus.row else { return nil }
      return row.decision?.grade?.mark ?? row.grades.lazy.compactMap { $0?.mark }.first
    default: return nil
    }
  }

  /// The first picture is there, or there is none.
  mutating func pointOnceShown() {
    guard !images.isEmpty(images.examination), showsPictures else {
      // Without pictures the image is named by its numbers on the PACS.
      images.isToPoint = false
      pop()
      if let finding = pointedFinding { prompt(.image(finding.id), text: grade(of: finding.id)?.image?.text ?? "") }
      return
    }
    guard images.shown != nil else { return }
    images.isToPoint = false
    point()
  }
}

extension State {
  /// Out of the whole picture about what is marked on it; else about the middle of what is seen.
  fileprivate mutating func zoomAboutMark() {
    let isWhole = images.crop.zoom <= 1
    images.crop.zoom(by: 1)
    let leading = shownMarks(at: images.examination).filter { images.source != .grading || $0.role == .accent }
    guard isWhole, overlay == nil, let mark = leading.lazy.map(\.mark).first(where: images.isHere),
      let frame = images.shown?.frames.values.first(where: { $0.id == mark.image })
    else { return }
    let (column, row) = frame.plane.pixel(mark.at)
    images.crop.x = min(1, max(0, (column + 0.5) / Double(frame.columns)))
    images.crop.y = min(1, max(0, (row + 0.5) / Double(frame.rows)))
  }
}

extension Commands {
  fileprivate static let openImages = Command(
    "images", "look at the key images", keys: [.character("V")], on: [.patientCase, .grading, .consensus, .teaching],
    hint: "images",
    whyNot: { state in
      guard let (patientCase, _) = state.imagedCase else { return "there is no case here" }
      let isElsewhere = state.screen != .teaching && state.isHidden(patientCase.id)
      return isElsewhere ? "this case is being taught; its images are where it is taught" : nil
    }
  ) { $0.openImages() }

  private static func command(
    _ id: String, _ title: String, _ keys: [Key], hint: String? = nil,
    whyNot: @escaping @Sendable (State) -> String? = { _ in nil },
    _ change: @escaping @Sendable (inout ImagesState) -> Void
  ) -> Command {
    Command("images.\(id)", title, keys: keys, on: [.images], hint: hint, whyNot: whyNot) { state in
      change(&state.images)
      return state.images.needed
    }
  }

  private static func slice(_ id: String, _ title: String, _ keys: [Key], hint: String?, by step: Int) -> Command {
    command(
      "slice.\(id)", title, keys, hint: hint,
      whyNot: { state in
        (0..<state.images.sliceCount).contains(state.images.slice + step)
          ? nil : step > 0 ? "this is the last slice" : "this is the first slice"
      }
    ) { $0.slice += step }
  }

  private static func pan(_ id: String, _ keys: [Key], x: Double, y: Double) -> Command {
    command("pan.\(id)", "move the picture: \(id)", keys) { $0.crop.pan(x: x, y: y) }
  }

  private static func other(_ state: State, by step: Int) -> ExaminationID? {
    let all = state.images.patientCase?.examinations.map(\.id) ?? []
    guard let index = all.firstIndex(of: state.images.examination), all.indices.contains(index + step) else {
      return nil
    }
    return all[index + step]
  }

  private static func examination(_ id: String, _ title: String, _ key: Key, by step: Int) -> Command {
    Command(
      "images.examination.\(id)", title, keys: [key], on: [.images],
      whyNot: { other($0, by: step) == nil ? "this is the \(step > 0 ? "last" : "first") examination" : nil }
    ) { state in
      guard let next = other(state, by: step) else { return [] }
      state.images.examination = next
      if state.images.compared == next { state.images.compared = nil }
      return state.images.needed
    }
  }

  private static let single: @Sendable (State) -> String? = { state in
    state.images.compared == nil ? "e puts a second examination beside it first" : nil
  }

  private static func offset(_ id: String, _ title: String, _ key: Character, by step: Int) -> Command {
    Command("images.offset.\(id)", title, keys: [.character(key)], on: [.images], whyNot: single) {
      $0.images.setOff(by: step)
    }
  }

  static let images: [Command] =
    [
      slice("next", "next slice, to the patient's left", [.character("]"), .pageDown], hint: "slice", by: 1),
      slice("before", "previous slice, to the patient's right", [.character("["), .pageUp], hint: nil, by: -1),
      Command(
        "images.zoom.in", "zoom in, about the mark where there is one", keys: [.character("+"), .character("=")],
        on: [.images], hint: "zoom"
      ) { state in
        state.zoomAboutMark()
        return state.images.needed
      },
      command("zoom.out", "zoom out", [.character("-")]) { $0.crop.zoom(by: -1) },
      command(
        "window", "next window: each of the picture's own, then hard, soft, bright", [.character("w")],
        hint: "window"
      ) {
        $0.greys.next(of: ($0.shown?.frames.values.map(\.otherWindows.count).max() ?? 0) + 1)
      },
      command("window.wider", "a wider window: softer", [.character(">")]) { $0.greys.widen(1.15) },
      command("window.narrower", "a narrower window: harder", [.character("<")]) { $0.greys.widen(1 / 1.15) },
      command("window.brighter", "brighter", [.character(")")]) { $0.greys.brighten(0.05) },
      command("window.darker", "darker", [.character("(")]) { $0.greys.brighten(-0.05) },
    ]
    + (0..<9).map { index in
      command(
        "series.\(index + 1)", "series \(index + 1) alone, or all series", [.character(Character("\(index + 1)"))],
        hint: index == 0 ? "one series" : nil,
        whyNot: { state in
          (state.images.shown?.series.count ?? 9) > index ? nil : "there is no series \(index + 1) here"
        }
      ) { images in
        guard let series = images.shown?.series, series.indices.contains(index) else { return }
        images.large = images.large == series[index] ? nil : series[index]
      }
    }
    + [
      command("all", "all series, whole", [.character("0")]) { images in
        (images.large, images.crop, images.greys) = (nil, images.whole, GreyChoice())
      },
      pan("left", [.left, .character("h")], x: -0.1, y: 0),
      pan("right", [.right, .character("l")], x: 0.1, y: 0),
      pan("up", [.up, .character("k")], x: 0, y: -0.1),
      pan("down", [.down, .character("j")], x: 0, y: 0.1),
      Command(
        "images.mark", "mark what is graded; in consensus, whose mark is kept; taught, cover the marks",
        keys: [.character("m")],
        on: [.images], hint: "mark",
        whyNot: { state in
          if let why = state.whyNotPointed { return why }
          if state.images.isTaught { return nil }
          guard state.images.source == .consensus else {
            return state.images.shown == nil ? "there is no picture to point into" : nil
          }
          return state.nextKeptMark() == nil
            ? "an agreed grade keeps a mark of one of its readers: agree first, where somebody marked it" : nil
        }
      ) { state in
        if state.images.isTaught {
          let taught = state.teaching.walk?.step?.image
          state.images.covered = state.images.covered == taught ? nil : taught
          return []
        }
        guard state.images.source == .consensus else {
          state.point()
          return []
        }
        guard let id = state.consensus.caseID, let row = state.consensus.row, let (grade, words) = state.nextKeptMark()
        else { return [] }
        state.message = Message("\(row.title): the agreed grade \(words)")
        return [.session(.act(id, .agree(row, row.agreed(grade, how: row.decision?.how)), as: nil))]
      },
      examination("next", "next examination", .character("}"), by: 1),
      examination("before", "previous examination", .character("{"), by: -1),
      command(
        "compare", "put another examination beside it, or take it away", [.character("e")], hint: "compare",
        whyNot: { ($0.images.patientCase?.examinations.count ?? 0) > 1 ? nil : "there is only one examination to show" }
      ) { images in
        let others = (images.patientCase?.examinations.map(\.id) ?? []).filter { $0 != images.examination }
        let next = images.compared.flatMap { others.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
        images.compared = others.indices.contains(next) ? others[next] : nil
      },
      offset("next", "set the second examination off by a slice", "o", by: 1),
      offset("before", "set it off the other way", "O", by: -1),
    ]
}
