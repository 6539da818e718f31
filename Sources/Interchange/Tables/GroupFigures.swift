// Every figure of the group: how many of how many, and what is averaged.

import Agreement
import ReviewCore
import TextSafety

/// How many patients have something, of those of whom it is known.
package struct GroupShare: Hashable, Sendable, Identifiable {
  /// Names the figure in `verify-paper`, as `t2w.iso+hyper`.
  package var id: String
  package var label: String
  package var count: Int
  /// Patients of whom it is known.
  package var total: Int
  /// Patients of whom it is not stated, not assessable or unresolved.
  package var missing: Int

  package var proportion: Proportion { Proportion(count: count, total: total) }

  /// Whole per cent, as the source paper rounds; nil without patients.
  package var percent: Int? { proportion.value.map(\.percent) }
}

/// Values that are averaged.
package struct GroupMeasure: Hashable, Sendable, Identifiable {
  package var id: String
  package var label: String
  package var values: [Double]
  /// Patients of whom it is not stated.
  package var missing: Int

  package var mean: Double? { values.isEmpty ? nil : values.reduce(0, +) / Double(values.count) }
  package var range: ClosedRange<Double>? {
    values.min().flatMap { low in values.max().map { low...$0 } }
  }
}

package struct GroupFigures: Hashable, Sendable {
  package struct Section: Hashable, Sendable {
    package var title: String
    package var shares: [GroupShare]
  }

  package var sections: [Section]
  package var measures: [GroupMeasure]

  package func share(_ id: String) -> GroupShare? { sections.lazy.flatMap(\.shares).first { $0.id == id } }
  package func measure(_ id: String) -> GroupMeasure? { measures.first { $0.id == id } }
}
