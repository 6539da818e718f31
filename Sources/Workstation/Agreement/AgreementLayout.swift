// The columns of the agreement screen, and where they and the lists are.

import Agreement
import Figures
import Grid
import ReaderAgreement
import ReviewCore
import TextSafety

/// A column of the screen is a row: its title, columns of text, from which width on it is shown, and its cell.
struct AgreementColumn: Sendable {
  let title: String
  let width: Int
  var from = 0
  /// The statistic it shows, where that can be drawn as well.
  var statistic: AgreementStatistic.ID?
  let cell: @Sendable (ItemAgreement, AgreementState) -> Line

  /// Right of the axis.
  static let right: [AgreementColumn] = [
    AgreementColumn(title: "pat.", width: 4, from: 100) { figures, agreement in
      guard figures.report.isClustered else { return [] }
      return [("\(figures.report.unitsUsed(figures.item.key(nearest: agreement.key)))", .plain)]
    },
    AgreementColumn(title: "95 % interval", width: 15, from: 100) { figures, agreement in
      let key = figures.item.key(nearest: agreement.key)
      if let interval = figures.interval(of: key) { return [(ends(interval), .plain)] }
      return figures.report.noInterval(of: key) == nil ? [] : [("none", .role(.muted))]
    },
    AgreementColumn(title: "agree", width: 6, from: 72) { figures, _ in
      guard let share = figures.percent?.value else { return [("–", .role(.muted))] }
      return [("\(share.percent) %", .plain)]
    },
  ]

  /// Other coefficients, as many as there is room for.
  static let others: [AgreementColumn] = [
    "gwet_ac", "fleiss_kappa", "krippendorff_alpha", "conger_kappa", "light_kappa",
  ]
  .compactMap { id in AgreementStatistic.all.first { $0.id == id } }
  .map { statistic in
    AgreementColumn(title: statistic.short, width: 7, from: 120, statistic: statistic.id) { figures, agreement in
      // Of sets the nearest is another coefficient, which has no place under this title.
      let key = figures.item.key(nearest: statistic.key(agreement.weighting))
      let figure = key.hasPrefix(statistic.id) ? figures.report[key] : nil
      if let value = figure?.value { return [(decimal(value), .plain)] }
      return [(figure == nil ? "–" : "n.d.", .role(.muted))]
    }
  }
}

/// Where the columns and the lists are.
struct AgreementLayout {
  let list: Rect
  let words: Rect
  let legend: Int
  let name: Int
  let value: Int
  /// What the value is.
  let coefficient: Int
  let used: Int
  let axis: Rect
  let columns: [(column: AgreementColumn, x: Int)]

  init(_ state: State) {
    let body = state.body
    name = max(22, min(30, body.width * 5 / 16))
    value = 2 + name + 1
    // The value with its marks, what it is, and how many it rests on.
    coefficient = value + 9
    used = coefficient + 10
    let start = used + 10
    var right = body.width - 1
    var shown = AgreementColumn.right.filter { body.width >= $0.from }
    let room = right - start - shown.reduce(0) { $0 + $1.width + 1 } - 20
    let drawn = AgreementStatistic.of(state.agreement.key)?.id
    shown += AgreementColumn.others.filter { body.width >= $0.from && $0.statistic != drawn }.prefix(max(0, room / 8))
    var columns: [(AgreementColumn, Int)] = []
    for column in shown.reversed() {
      right -= column.width
      columns.append((column, right))
      right -= 1
    }
    self.columns = columns
    let words = body.height >= 16 ? 3 : 2
    legend = body.height >= 18 ? 1 : 0
    let rows = max(1, body.height - 1 - words - legend)
    // A bar of a few columns says nothing.
    axis = Rect(x: start, y: body.y, width: right - start < 9 ? 0 : right - start, height: 1)
    list = Rect(x: 0, y: body.y + 1, width: body.width, height: rows)
    self.words = Rect(x: 2, y: body.maxY - words, width: body.width - 3, height: words)
  }
}

extension State {
  /// Lines of the list that fit on the screen.
  package var agreementRows: Int { AgreementLayout(self).list.height }

  mutating func keepAgreementInView() {
    let entries = agreement.entries
    guard let index = entries.firstIndex(of: .item(agreement.cursor)) else { return agreement.top = 0 }
    let rows = agreementRows
    // The heading above the first item is seen with it.
    let above = index == 1 ? 0 : index
    agreement.top = max(0, min(agreement.top, above, entries.count - rows))
    if index >= agreement.top + rows { agreement.top = index - rows + 1 }
  }
}
