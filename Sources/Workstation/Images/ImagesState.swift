// The state of the image viewer: which case, which slice, and how it is looked at.

import KeyImages
import ReviewCore

package struct ImagesState: ScreenState {
  /// Of one examination, as far as they were asked for.
  struct Stack: Sendable {
    var slices: [Int: KeyImageSet] = [:]
    /// How many there are; nil before one was shown.
    var count: Int?
    /// Nothing can be shown of the examination.
    var isEmpty = false
  }

  package private(set) var patientCase: Case?
  /// Opened from a teaching step: with the examinations that were shown, and without what names the case.
  package private(set) var isTaught = false
  /// The screen that it was opened from: whose marks are shown, and what is marked.
  package var source = ScreenID.patientCase
  /// The picture of a teaching step whose marks were covered by a key.
  package var covered: TeachingImage?
  /// What grading was about when it was opened.
  package var finding: FindingID?
  /// Opened to point: a mark is placed once the first picture is there.
  var isToPoint = false
  /// The image whose slice is shown first, until it is there.
  var opening: KeyImageID?
  package var examination: ExaminationID = .baseline
  /// Shown in a second row, or beside a large series.
  package var compared: ExaminationID?
  /// Slices by which the second examination is set off, chosen by the reader and kept.
  package private(set) var offset: Int {
    get { compared.flatMap { second in place(of: second).flatMap { offsets[$0] } } ?? 0 }
    set { if let place = compared.flatMap(place) { offsets[place] = newValue == 0 ? nil : newValue } }
  }
  /// Of all cases of this sitting.
  private var offsets: [ImageOffset: Int] = [:]
  package var slice = 0
  /// False until the first picture has said which slice is in the middle.
  private var isPlaced = false
  package var crop = ImagesState.whole
  package var greys = GreyChoice()
  /// The one series that is shown large.
  package var large: MRSequence?
  private var stacks: [ExaminationID: Stack] = [:]

  private func place(of second: ExaminationID) -> ImageOffset? {
    patientCase.map { ImageOffset(caseID: $0.id, first: examination, second: second) }
  }

  /// Sets the second examination off by a slice more, as far as the two still meet.
  mutating func setOff(by step: Int) -> [Effect] {
    offset = max(-mostOffset, min(mostOffset, offset + step))
    return (compared.flatMap(place).map { [.keepOffset(offset, $0)] } ?? []) + needed
  }

  /// What was kept of earlier sittings; what was set in this one stands.
  mutating func take(_ kept: [ImageOffset: Int]) { offsets.merge(kept) { own, _ in own } }

  /// Shows what a teaching step is about.
  mutating func show(_ image: TeachingImage) {
    (large, covered) = (image.series, nil)
    if let number = image.slice { (slice, isPlaced) = (number - 1, true) } else { isPlaced = false }
    crop = ImageCrop(x: image.x / 100, y: image.y / 100, zoom: image.zoom)
    isCropped = true
    chosen = image.window.map { GreyWindow(center: $0.center, width: $0.width) }
  }

  /// Opened with a part to show.
  private var isCropped = false
  /// In place of the picture's own window.
  private(set) var chosen: GreyWindow?

  /// How far down the arrows went, in rows of what is said where no picture is shown.
  var wordRows: Int { max(0, Int(((crop.y - whole.y) * 10).rounded())) * 4 }

  /// The whole height; of a phantom, with the spine in the middle.
  static let whole = ImageCrop(x: 0.41, y: 0.5)
  var whole: ImageCrop {
    let isPhantom = stacks.values.contains { $0.slices.values.contains { $0.mark != nil } }
    return isPhantom || !isPlaced ? Self.whole : ImageCrop()
  }

  /// Slices of an examination; nil before one was shown.
  package func count(_ examination: ExaminationID) -> Int? { stacks[examination]?.count }

  /// Slices that one can go through: where an examination has none, those of another.
  var sliceCount: Int { count(examination) ?? stacks.values.compactMap(\.count).max() ?? 0 }

  /// What is shown of the first examination.
  package var shown: KeyImageSet? { images(at: examination, slice: slice) }

  package init() {}

  /// - Parameter before: what was looked at before: how its slices are set off is kept.
  package init(
    _ patientCase: Case, _ examination: ExaminationID, isTaught: Bool = false, after before: ImagesState = ImagesState()
  ) {
    offsets = before.offsets
    self.patientCase = patientCase
    self.isTaught = isTaught
    self.examination = examination
  }

  /// Asks for everything anew: images come and go while the viewer is closed.
  mutating func reload() { stacks = [:] }

  package func images(at examination: ExaminationID, slice: Int) -> KeyImageSet? {
    stacks[examination]?.slices[slice]
  }

  package func isEmpty(_ examination: ExaminationID) -> Bool { stacks[examination]?.isEmpty ?? false }

  package mutating func show(_ images: KeyImageSet?, at examination: ExaminationID) {
    guard let images else {
      stacks[examination, default: Stack()].isEmpty = true
      opening = nil
      return
    }
    stacks[examination, default: Stack()].count = images.slices
    stacks[examination]?.slices[images.slice] = images
    guard examination == self.examination else { return }
    let wasPlaced = isPlaced
    isPlaced = true
    // The first one, the one that was asked for, or one of an examination that has fewer.
    if opening != nil { slice = images.slice }
    opening = nil
    if !wasPlaced || !(0..<images.slices).contains(slice) { slice = images.slice }
    if !wasPlaced, !isCropped { crop = whole }
  }

  /// As far as two stacks of slices can be set off and still meet.
  var mostOffset: Int { max(count(examination) ?? 1, compared.flatMap(count) ?? 1) - 1 }

  /// The slice of the second examination.
  package var comparedSlice: Int { slice + offset }

  /// What is shown and not there yet.
  package var needed: [Effect] {
    guard let patientCase else { return [] }
    return [(examination, slice)].appending(compared.map { ($0, comparedSlice) })
      .filter { examination, slice in
        let isThere = count(examination).map { (0..<$0).contains(slice) } ?? true
        return isThere && !isEmpty(examination) && images(at: examination, slice: slice) == nil
      }
      .map { other, slice in
        .ask(
          .keyImages(
            of: patientCase, at: other, slice: isPlaced ? slice : nil, showing: other == examination ? opening : nil))
      }
  }
}

extension Array {
  fileprivate func appending(_ element: Element?) -> [Element] { element.map { self + [$0] } ?? self }
}

/// Two examinations of a case, the second shown beside the first.
package struct ImageOffset: Codable, Hashable, Sendable {
  package var caseID: CaseID
  package var first: ExaminationID
  package var second: ExaminationID

  package init(caseID: CaseID, first: ExaminationID, second: ExaminationID) {
    (self.caseID, self.first, self.second) = (caseID, first, second)
  }
}

extension State {
  package var images: ImagesState {
    get { self[ImagesState.self] }
    set { self[ImagesState.self] = newValue }
  }
}

extension Request {
  /// The pictures at one place of an examination that this principal may see; nil is the middle.
  static func keyImages(
    of patientCase: Case, at examination: ExaminationID, slice: Int?, showing image: KeyImageID?
  ) -> Request {
    let subject = [
      patientCase.id.rawValue, examination.rawValue, slice.map(String.init) ?? "", image?.rawValue ?? "",
    ]
    return Request("images", of: subject) { study in
      let images = try study.keyImages(of: patientCase, at: examination, slice: slice, showing: image)
      let offsets = study.imageOffsets().filter { $0.key.caseID == patientCase.id }
      return { state in
        if state.images.patientCase?.id == patientCase.id {
          state.images.take(offsets)
          state.images.show(images, at: examination)
          if state.images.isToPoint, state.screen == .images { state.pointOnceShown() }
        }
        return []
      }
    }
  }
}

/// How greys are shown: the window that came with the picture, a preset, or one's own.
package struct GreyChoice: Hashable, Sendable {
  /// Presets: name, middle in parts of the width, width against that of the picture.
  private static let presets: [(name: String, center: Double, width: Double)] = [
    ("", 0, 1), ("hard", -0.06, 0.6), ("soft", 0.1, 1.6), ("bright", -0.2, 0.8),
  ]

  /// Which of the picture's own windows, from 0; of a picture with fewer its last.
  private var own = 0
  private var preset = 0
  private var center = 0.0
  private var width = 1.0

  package init() {}

  /// - Parameter windows: how many windows the pictures bring with them.
  package mutating func next(of windows: Int) {
    if preset == 0, own + 1 < windows {
      let next = own + 1
      self = GreyChoice(preset: 0)
      own = next
    } else {
      self = GreyChoice(preset: (preset + 1) % Self.presets.count)
    }
  }

  private init(preset: Int) {
    self.preset = preset
    center = Self.presets[preset].center
    width = Self.presets[preset].width
  }

  package mutating func brighten(_ step: Double) { center = min(0.6, max(-0.6, center - step)) }
  package mutating func widen(_ factor: Double) { width = min(4, max(0.2, width * factor)) }

  /// - Parameter chosen: in place of the picture's first window.
  package func window(of frame: ImageFrame, chosen: GreyWindow? = nil) -> GreyWindow {
    let windows = [chosen ?? frame.window] + frame.otherWindows
    return windows[min(own, windows.count - 1)].moved(center: center, width: width)
  }

  /// `hard`, or how far it is from the picture's own; nil for that.
  package var title: String? {
    let own = Self.presets[preset]
    if center == own.center, width == own.width {
      return own.name.isEmpty ? (self.own == 0 ? nil : "window \(self.own + 1) of the file") : own.name
    }
    let (share, shift) = (Int((width * 100).rounded()), Int((center * 100).rounded()))
    return "width \(share) %" + (shift == 0 ? "" : ", center \(shift > 0 ? "+" : "−")\(abs(shift)) %")
  }
}
