// A time axis: months to columns, and marks that never share one.

package struct TimeAxis: Hashable, Sendable {
  /// Where month 0 lies, and the last month.
  package let start: Int
  package let end: Int
  /// In months; at least a small part of one, so that an axis without follow-up has a scale.
  package let months: Double

  package init(from start: Int, to end: Int, months: Double) {
    self.start = start
    self.end = max(start, end)
    self.months = max(months, 0.1)
  }

  package func position(_ month: Double) -> Int {
    start + Int((min(max(month / months, 0), 1) * Double(end - start)).rounded())
  }

  /// Where a month stands among marks that were moved apart: between those before it and those after it. Nil where no
  /// place is left between them, or a mark stands at that month itself.
  package func position(_ month: Double, among marks: [(month: Double, place: Int?)]) -> Int? {
    guard !marks.contains(where: { $0.month == month }) else { return nil }
    let lowest = marks.filter { $0.month < month }.compactMap(\.place).max().map { $0 + 1 } ?? start
    let highest = marks.filter { $0.month > month }.compactMap(\.place).min().map { $0 - 1 } ?? end
    return lowest <= highest ? min(max(position(month), lowest), highest) : nil
  }

  /// Positions of marks in ascending order of months, at least `distance` apart where there is room, never on the same
  /// one. Nil for those for which there is no room at all (more marks than columns): the middle ones.
  package func positions(_ marks: [Double], distance: Int) -> [Int?] {
    let room = end - start + 1
    if marks.count > room {
      let shown = positions(Array(marks.prefix(1)) + Array(marks.suffix(max(0, room - 1))), distance: 1)
      return shown.prefix(1) + Array(repeating: nil, count: marks.count - shown.count) + shown.dropFirst()
    }
    let step = (marks.count - 1) * distance < room ? distance : 1
    var places = marks.map(position)
    for index in places.indices.dropFirst() { places[index] = max(places[index], places[index - 1] + step) }
    for index in places.indices.reversed() {
      let limit = index == places.count - 1 ? end : places[index + 1] - step
      places[index] = min(places[index], limit)
    }
    return places
  }
}
