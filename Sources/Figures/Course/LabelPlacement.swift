// Places labels along an axis so that none overlaps another and none leaves the figure.

/// A label to place. Lengths are cells of a terminal or pixels of a picture.
package struct AxisLabel: Hashable, Sendable {
  /// Where its mark stands.
  package var anchor: Int
  package var width: Int
  /// Its width with a prefix that says which mark it belongs to, used where it cannot be tied to its mark.
  package var detachedWidth: Int
  /// True where its first or last column must stand at its mark.
  package var isFlush: Bool

  package init(anchor: Int, width: Int, detachedWidth: Int? = nil, isFlush: Bool = false) {
    self.anchor = anchor
    self.width = width
    self.detachedWidth = detachedWidth ?? width
    self.isFlush = isFlush
  }
}

package struct PlacedLabel: Hashable, Sendable {
  package var x: Int
  package var width: Int
  /// Rows away from the axis, from 0. Rows before it hold a leader at the anchor unless it is detached.
  package var row: Int
  package var isDetached: Bool
}

package enum LabelPlacement {
  /// The places of `labels`, in their order; tries three orders of placing and takes the one with fewest rows.
  /// - Parameters:
  ///   - range: where labels may lie; anchors outside it are moved in.
  ///   - gap: what must stay free between two labels of a row.
  package static func place(_ labels: [AxisLabel], in range: Range<Int>, gap: Int = 1) -> [PlacedLabel] {
    guard !labels.isEmpty, !range.isEmpty else { return [] }
    let byAnchor = labels.indices.sorted { labels[$0].anchor < labels[$1].anchor }
    let middle = (range.lowerBound + range.upperBound) / 2
    let left = byAnchor.filter { labels[$0].anchor < middle }
    let right = byAnchor.filter { labels[$0].anchor >= middle }
    let attempts = [byAnchor, byAnchor.reversed(), left.reversed() + right].map { order in
      var table = PlacementTable(labels: labels, range: range, gap: gap)
      return table.place(order)
    }
    return attempts.min { cost($0) < cost($1) } ?? []
  }

  private static func cost(_ placed: [PlacedLabel]) -> (Int, Int) {
    (placed.filter(\.isDetached).count, placed.reduce(0) { $0 + $1.row })
  }
}

/// Rows being filled with labels and leaders.
private struct PlacementTable {
  let labels: [AxisLabel]
  let range: Range<Int>
  let gap: Int
  private var taken: [[(box: Range<Int>, isLeader: Bool)]] = []

  init(labels: [AxisLabel], range: Range<Int>, gap: Int) {
    self.labels = labels
    self.range = range
    self.gap = gap
  }

  mutating func place(_ order: [Int]) -> [PlacedLabel] {
    var places: [Int: PlacedLabel] = [:]
    for (done, index) in order.enumerated() {
      let waiting = order[(done + 1)...].map { anchor(labels[$0]) }
      places[index] = tied(labels[index], keepingFree: waiting)
    }
    // What cannot be tied to its mark is written like text, in the order of the marks.
    var after = (row: 0, x: range.lowerBound)
    for index in labels.indices.sorted(by: { labels[$0].anchor < labels[$1].anchor }) where places[index] == nil {
      let place = detached(labels[index], after: after)
      after = (place.row, place.x + place.width)
      places[index] = place
    }
    return labels.indices.compactMap { places[$0] }
  }

  private func anchor(_ label: AxisLabel) -> Int { min(max(label.anchor, range.lowerBound), range.upperBound - 1) }

  /// Above or below its mark, with a free way between them; never over a mark whose label is still to come.
  private mutating func tied(_ label: AxisLabel, keepingFree waiting: [Int]) -> PlacedLabel? {
    let mark = anchor(label)
    let width = min(label.width, range.count)
    let starts = (label.isFlush ? [] : [mark - (width - 1) / 2]) + [mark, mark - width + 1]
    for row in 0...labels.count {
      for start in starts {
        let x = min(max(start, range.lowerBound), range.upperBound - width)
        if label.isFlush, x != start { continue }
        let box = x..<x + width
        guard isFree(box, row), !waiting.contains(where: { $0 != mark && box.contains($0) }),
          (0..<row).allSatisfy({ isFree(mark..<mark + 1, $0, isLeader: true) })
        else { continue }
        take(box, row)
        for above in 0..<row { take(mark..<mark + 1, above, isLeader: true) }
        return PlacedLabel(x: x, width: width, row: row, isDetached: false)
      }
    }
    return nil
  }

  private mutating func detached(_ label: AxisLabel, after: (row: Int, x: Int)) -> PlacedLabel {
    let width = min(label.detachedWidth, range.count)
    var (row, start) = after
    while true {
      let starts = start...max(start, range.upperBound - width)
      if let x = starts.first(where: { $0 + width <= range.upperBound && isFree($0..<$0 + width, row) }) {
        take(x..<x + width, row)
        return PlacedLabel(x: x, width: width, row: row, isDetached: true)
      }
      (row, start) = (row + 1, range.lowerBound)
    }
  }

  /// Two labels keep a gap between them; a leader may stand close to both.
  private func isFree(_ box: Range<Int>, _ row: Int, isLeader: Bool = false) -> Bool {
    guard taken.indices.contains(row) else { return true }
    return taken[row].allSatisfy { other in
      let gap = isLeader || other.isLeader ? 0 : gap
      return other.box.upperBound + gap <= box.lowerBound || box.upperBound + gap <= other.box.lowerBound
    }
  }

  private mutating func take(_ box: Range<Int>, _ row: Int, isLeader: Bool = false) {
    while taken.count <= row { taken.append([]) }
    taken[row].append((box, isLeader))
  }
}
