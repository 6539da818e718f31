// Pointing into an image: a cross that is moved, and the mark that it becomes.

import Foundation
import Grid
import KeyImages
import ReviewCore

/// A mark that is being placed on the picture of one series, for a grade of the reading that is open.
package struct Pointing: Layer, Hashable {
  /// What is marked.
  let key: GradeKey
  let title: String
  var shape = ImageMark.Shape.arrow
  /// The tip of the arrow or the middle of the ellipse: parts of the picture, from its upper left.
  var x: Double
  var y: Double
  /// Of what is shown from top to bottom: the arrow's length, and half the ellipse's height.
  var size = 0.12
  /// Eighths of a turn: from where the arrow points, or how wide the ellipse is.
  var turn = 0

  /// What a key does to it; nil passes it on to the viewer: slices, windows, zoom, series.
  package func take(_ key: Key, _ state: inout State) -> [Effect]? {
    var moved = self
    let step = 0.025 / state.images.crop.zoom
    switch key {
    case .left, .character("h"): moved.x -= step
    case .right, .character("l"): moved.x += step
    case .up, .character("k"): moved.y -= step
    case .down, .character("j"): moved.y += step
    case .tab, .character("m"): moved.shape = shape == .arrow ? .ellipse : .arrow
    case .character("s"): moved.size = max(0.02, size / 1.25)
    case .character("S"): moved.size = min(0.5, size * 1.25)
    case .character("r"): moved.turn = (turn + 1) % 8
    case .enter: return keep(&state)
    case .backspace, .delete, .character("x"): return clear(&state)
    case .escape, .control("c"):
      state.overlay = nil
      return []
    case .character("{"), .character("}"), .character("e"), .character("V"), .character("I"): return []
    default: return nil
    }
    (moved.x, moved.y) = (min(1, max(0, moved.x)), min(1, max(0, moved.y)))
    state.overlay = moved
    state.images.follow(x: moved.x, y: moved.y)
    return []
  }

  package func foot(_ state: State) -> Foot? {
    .keys(
      [
        ("←↑↓→", "move"), ("Enter", "mark"), ("Tab", shape == .arrow ? "ellipse" : "arrow"),
        ("s S", "smaller, larger"), ("r", "turn"),
      ] + (hasMark(state) ? [("x", "take away")] : []) + [("Esc", "back")])
  }

  package func keys(_ state: State) -> [(key: String, words: String)]? {
    [
      ("← ↑ ↓ →", "move what is placed"), ("Tab", "an arrow, or an ellipse around it"),
      ("s S", "smaller, larger"), ("r", "point from another side; the ellipse wider or narrower"),
      ("Enter", "keep it with the grade of \(title)"), ("x", "take the mark of \(title) away"),
      ("[ ] 1-9 + - w", "another slice, series, zoom or window meanwhile"), ("Esc", "leave it as it was"),
    ]
  }

  private func grade(_ state: State) -> Grade? { state.reading?.grades[key] }
  private func hasMark(_ state: State) -> Bool { grade(state)?.mark != nil }

  private func keep(_ state: inout State) -> [Effect] {
    guard let (frame, reference) = state.images.pointedFrame, var grade = grade(state) else {
      state.message = Message("there is no picture of this series here; [ ] go to another slice", .warning)
      return []
    }
    grade.mark = mark(on: frame, zoom: state.images.crop.zoom)
    grade.image = reference
    return finish(grade, "marked on image \(reference.text)", &state)
  }

  private func clear(_ state: inout State) -> [Effect] {
    guard var grade = grade(state), grade.mark != nil else {
      state.message = Message("there is no mark of \(title) to take away", .warning)
      return []
    }
    (grade.mark, grade.image) = (nil, nil)
    return finish(grade, "the mark is taken away", &state)
  }

  private func finish(_ grade: Grade, _ words: String, _ state: inout State) -> [Effect] {
    state.overlay = nil
    let effects = state.recording([key: grade])
    state.message = Message("\(title): \(words)")
    return effects
  }

  func mark(on frame: ImageFrame, zoom: Double) -> ImageMark {
    let at = frame.place(x: x, y: y)
    let reach = size * frame.height / zoom
    let angle = Double(turn) * .pi / 4 + .pi / 4
    let (across, down) =
      shape == .arrow
      ? (-reach * cos(angle), -reach * sin(angle)) : (reach * (0.6 + 0.2 * Double(turn)), reach)
    return ImageMark(shape, on: frame.id, at: at, to: frame.plane.point(at, across: across, down: down))
  }
}

extension ImagesState {
  /// The picture that is pointed into, and how its image is named: by its own numbers, or those of the viewer.
  var pointedFrame: (frame: ImageFrame, reference: ImageReference)? {
    guard let shown, let series = large ?? shown.series.first(where: { shown.frames[$0] != nil }),
      let frame = shown.frames[series], let number = shown.series.firstIndex(of: series)
    else { return nil }
    return (frame, frame.reference ?? ImageReference(series: number + 1, slice: shown.slice + 1))
  }

  /// One series large, so that it is clear into which one somebody points.
  mutating func showForPointing() {
    guard large == nil, let shown else { return }
    large = [MRSequence.t2w, .stir].first { shown.frames[$0] != nil } ?? shown.series.first { shown.frames[$0] != nil }
  }

  /// Moves what is shown so that a place of the picture stays in sight.
  mutating func follow(x: Double, y: Double) {
    let reach = 0.45 / crop.zoom
    crop.x = min(max(crop.x, x - reach), x + reach)
    crop.y = min(max(crop.y, y - reach), y + reach)
  }
}

extension State {
  /// The finding that the viewer was opened on.
  var pointedFinding: Finding? { gradedFindings.first { $0.id == images.finding } }

  /// Begins to place a mark for the finding that grading is about, where the mark is or in the middle of what is shown.
  mutating func point() {
    guard let finding = pointedFinding else { return }
    let crop = images.crop
    images.showForPointing()
    var pointing = Pointing(key: gradeKey(finding.id), title: finding.title, x: crop.x, y: crop.y)
    if let mark = grade(of: finding.id)?.mark, let frame = images.pointedFrame?.frame, images.isHere(mark) {
      let (column, row) = frame.plane.pixel(mark.at)
      pointing.shape = mark.shape
      pointing.x = min(1, max(0, (column + 0.5) / Double(frame.columns)))
      pointing.y = min(1, max(0, (row + 0.5) / Double(frame.rows)))
    }
    overlay = pointing
  }

  /// Why no mark can be placed; nil where one can.
  var whyNotPointed: String? {
    if !images.isTaught, images.source == .grading, !showsPictures {
      return "no picture is shown on this screen to point into; # on the grade names the image by its numbers"
    }
    if images.isTaught {
      let hasMarks = teaching.walk?.step?.image?.marks.isEmpty == false
      return !hasMarks
        ? "nothing is marked here" : teaching.walk?.isRevealed == true ? nil : "the marks come with the answer"
    }
    guard images.source == .grading else {
      return images.source == .consensus
        ? nil : "marks are placed where one grades: g, then I on a graded finding"
    }
    guard images.examination == grading.examination else { return "marks are on the examination that is being graded" }
    return noGrade(of: pointedFinding)
  }
}
