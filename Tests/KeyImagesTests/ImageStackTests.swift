// Images side by side where they show the same place of the patient.

import KeyImages
import ReviewCore
import Testing

private func image(
  _ sequence: MRSequence, at place: Double?, plane: Plane = .sagittal, frame: String = "f", id: String = "x"
) -> KeyImage {
  let orientation: [Double] = plane == .sagittal ? [0, 1, 0, 0, 0, -1] : [1, 0, 0, 0, 1, 0]
  let position: [Double] = place.map { at -> [Double] in plane == .sagittal ? [at, -10, 20] : [-10, -10, at] } ?? []
  return KeyImage(
    id: KeyImageID(id), sequence: sequence, plane: plane, columns: 2, rows: 2, rowSpacing: 0.5, columnSpacing: 0.5,
    position: position, orientation: place == nil ? [] : orientation, frameOfReference: frame)
}

@Suite struct ImageStackTests {
  /// Files come in any order, and one series lies a little off the other.
  @Test func seriesMeetAtTheSamePlace() {
    let t2 = [9.0, -3, 1, 5].map { image(.t2w, at: $0) }
    let t1 = [1.4, 5.4, 13.4].map { image(.t1w, at: $0) }
    let stack = ImageStack(t2 + t1)
    #expect(stack.series == [.t1w, .t2w])
    let places = stack.slices.map { slice in
      [MRSequence.t1w, .t2w].map { slice.images[$0]?.position.first }
    }
    #expect(places == [[nil, -3], [1.4, 1], [5.4, 5], [nil, 9], [13.4, nil]])
    #expect(stack.middle == 2)
    // Whatever other planes follow.
    #expect(ImageStack(t2 + t1 + [image(.t2w, at: 4, plane: .axial)]).middle == 2)
  }

  @Test func planesAndFramesOfReferenceStayApart() {
    let stack = ImageStack([
      image(.t2w, at: 4, plane: .axial), image(.t2w, at: 1), image(.t1w, at: 1, frame: "other"), image(.t1w, at: 1),
      image(.stir, at: nil), image(.stir, at: nil),
    ])
    #expect(stack.slices.map { Set($0.images.keys) } == [[.t2w, .t1w], [.t1w], [.t2w], [.stir], [.stir]])
    #expect(stack.series == [.t1w, .t2w, .stir])
  }

  /// A list of them: whatever the order in which they were added.
  @Test func theyAreListedSeriesBySeries() {
    var later = image(.t1w, at: 2, id: "later")
    later.examination = "5"
    let images = [
      image(.t2w, at: 9, id: "d"), image(.t1w, at: 3, id: "b"), later, image(.t2w, at: 1, id: "c"),
      image(.t1w, at: 1, id: "a"),
    ]
    #expect(ImageStack.inOrder(images).map(\.id.rawValue) == ["a", "b", "c", "d", "later"])
  }

  /// Two images of one series at one place are two slices: neither hides the other.
  @Test func noImageIsHidden() {
    let stack = ImageStack([image(.t2w, at: 1, id: "a"), image(.t2w, at: 1, id: "b"), image(.ceCT, at: 1)])
    #expect(stack.slices.flatMap { $0.images.values.map(\.id.rawValue) }.sorted() == ["a", "b", "x"])
    #expect(stack.series == [.t2w, .ceCT])
  }

  @Test func aPointHasAPlaceOnThePicture() throws {
    let geometry = try #require(image(.t2w, at: 7).geometry)
    let point = geometry.point(column: 12, row: 30)
    #expect(point == PatientPoint(7, -4, 5))
    #expect(geometry.pixel(point) == (12, 30))
    // A little to the side of the slice, at a right angle.
    #expect(geometry.pixel(PatientPoint(8.5, -4, 5)) == (12, 30))
    #expect(image(.t2w, at: nil).geometry == nil)
  }

  @Test func directionsThatAreNoneHaveNoPlane() {
    var odd = image(.t2w, at: 1)
    odd.orientation = [0, 1, 0, 0, 1, 0]
    #expect(odd.geometry == nil)
    #expect(ImageStack([odd]).slices.count == 1)
  }

  @Test func theMiddleIsShownWithItsPixels() throws {
    let stack = ImageStack([image(.t2w, at: 1), image(.t1w, at: 1)])
    let set = try #require(stack.images(at: .baseline, slice: 0) { $0.sequence == .t2w ? [0, 1, 2, 3] : nil })
    #expect(set.frames.keys.sorted { $0.rawValue < $1.rawValue } == [.t2w])
    #expect(set.place == "sagittal, at 1 mm" && set.mark == nil)
    #expect(set.words == ["T1W, sagittal, 2 × 2", "T2W, sagittal, 2 × 2"])
    #expect(stack.images(at: .baseline, slice: 1) { _ in nil } == nil)
  }
}

extension MRSequence { fileprivate static let ceCT = MRSequence(rawValue: "ct") }
