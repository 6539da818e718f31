// Labels along an axis, in any number and of any width.

import Figures
import Testing

@Suite struct LabelPlacementTests {
  /// Numbers that look random and are the same in every run.
  private struct Numbers {
    var state: UInt64
    mutating func next(_ range: ClosedRange<Int>) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return range.lowerBound + Int(state >> 33) % (range.upperBound - range.lowerBound + 1)
    }
  }

  @Test(arguments: 0..<300)
  func labelsAndLeadersAreApart(seed: Int) {
    var numbers = Numbers(state: UInt64(seed))
    let width = numbers.next(20...200)
    let labels = (0..<numbers.next(0...14)).map { _ in
      let length = numbers.next(1...30)
      return AxisLabel(
        anchor: numbers.next(0...width - 1), width: length, detachedWidth: length + 6, isFlush: numbers.next(0...4) == 0
      )
    }
    // Marks never share a column; neither do the anchors of their labels.
    let apart = Dictionary(labels.map { ($0.anchor, $0) }) { first, _ in first }.values.sorted { $0.anchor < $1.anchor }
    let placed = LabelPlacement.place(apart, in: 0..<width)
    #expect(placed.count == apart.count)
    var cells: [[Int]] = []
    for (label, place) in zip(apart, placed) {
      cells += (place.x..<place.x + place.width).map { [place.row, $0] }
      if place.isDetached {
        #expect(place.width == min(label.detachedWidth, width))
      } else {
        #expect(place.width == min(label.width, width))
        #expect((place.x..<place.x + place.width).contains(label.anchor))
        cells += (0..<place.row).map { [$0, label.anchor] }
      }
    }
    #expect(Set(cells).count == cells.count)
    #expect(cells.allSatisfy { (0..<width).contains($0[1]) })
  }

  @Test func marksKeepTheirOrderAndNeverMeet() {
    let axis = TimeAxis(from: 0, to: 19, months: 10)
    #expect(axis.positions([0, 5, 10], distance: 2) == [0, 10, 19])
    #expect(axis.positions([0, 9.8, 9.9, 10], distance: 2) == [0, 15, 17, 19])
    #expect(axis.positions([0, 0.1, 0.2, 10], distance: 2) == [0, 2, 4, 19])
    let many = axis.positions((0..<25).map { Double($0) / 2.4 }, distance: 2)
    #expect(many.compactMap { $0 } == Array(0...19))
    #expect(many.first == 0)
    #expect(many.last == 19)
  }
}
