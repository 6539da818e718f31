// The state of the image viewer: which case, which slice, and how it is looked at.

import KeyImages
import ReviewCore

package struct ImagesState: ScreenState {
  /// Of one examination, as far as they were asked for.
  struct Stack: Sendable {
    var slices: [Int: KeyImageSet] = [:]
    /// Nothing can be shown of the examination.
    var isEmpty = false
  }

  package private(set) var patientCase: Case?
  /// Opened from a teaching step: with the examinations that were shown, and without what names the case.
  package private(set) var isTaught = false
  package var examination: ExaminationID = .baseline
  /// Shown in a second row, or beside a large series.
  package var compared: ExaminationID?
  /// Slices by which the second examination is set off, chosen by the reader.
  package var offset = 0
  package var slice = ImagesState.middle
  package var crop = ImagesState.whole
  package var greys = GreyChoice()
  /// The one series that is shown large.
  package var large: MRSequence?
  private var stacks: [ExaminationID: Stack] = [:]

  package static let slices = Phantom.slices
  static let middle = Phantom.slices / 2
  /// The whole height, with the spine in the middle.
  static let whole = ImageCrop(x: 0.41, y: 0.5)

  package init() {}

  package init(_ patientCase: Case, _ examination: ExaminationID, isTaught: Bool = false) {
    self.patientCase = patientCase
    self.isTaught = isTaught
    self.examination = examination
  }

  package func images(at examination: ExaminationID, slice: Int) -> KeyImageSet? {
    stacks[examination]?.slices[slice]
  }

  package func isEmpty(_ examination: ExaminationID) -> Bool { stacks[examination]?.isEmpty ?? false }

  package mutating func show(_ images: KeyImageSet?, at examination: ExaminationID, slice: Int) {
    stacks[examination, default: Stack()].slices[slice] = images
    if images == nil { stacks[examination]?.isEmpty = true }
  }

  /// The slice of the second examination.
  package var comparedSlice: Int { slice + offset }

  /// What is shown and not there yet.
  package var needed: [Effect] {
    guard let patientCase else { return [] }
    return [(examination, slice)].appending(compared.map { ($0, comparedSlice) })
      .filter { examination, slice in
        (0..<Self.slices).contains(slice) && !isEmpty(examination) && images(at: examination, slice: slice) == nil
      }
      .map { .ask(.keyImages(of: patientCase, at: $0, slice: $1)) }
  }
}

extension Array {
  fileprivate func appending(_ element: Element?) -> [Element] { element.map { self + [$0] } ?? self }
}

extension State {
  package var images: ImagesState {
    get { self[ImagesState.self] }
    set { self[ImagesState.self] = newValue }
  }
}

extension Request {
  /// The pictures at one place of an examination that this principal may see.
  static func keyImages(of patientCase: Case, at examination: ExaminationID, slice: Int) -> Request {
    Request("images", of: [patientCase.id.rawValue, examination.rawValue, String(slice)]) { study in
      let images = try study.keyImages(of: patientCase, at: examination, slice: slice)
      return { state in
        if state.images.patientCase?.id == patientCase.id {
          state.images.show(images, at: examination, slice: slice)
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

  private var preset = 0
  private var center = 0.0
  private var width = 1.0

  package init() {}

  package mutating func next() { self = GreyChoice(preset: (preset + 1) % Self.presets.count) }

  private init(preset: Int) {
    self.preset = preset
    center = Self.presets[preset].center
    width = Self.presets[preset].width
  }

  package mutating func brighten(_ step: Double) { center = min(0.6, max(-0.6, center - step)) }
  package mutating func widen(_ factor: Double) { width = min(4, max(0.2, width * factor)) }

  package func window(_ own: GreyWindow) -> GreyWindow { own.moved(center: center, width: width) }

  /// `hard`, or how far it is from the picture's own; nil for that.
  package var title: String? {
    let own = Self.presets[preset]
    if center == own.center, width == own.width { return own.name.isEmpty ? nil : own.name }
    let (share, shift) = (Int((width * 100).rounded()), Int((center * 100).rounded()))
    return "width \(share) %" + (shift == 0 ? "" : ", center \(shift > 0 ? "+" : "−")\(abs(shift)) %")
  }
}
