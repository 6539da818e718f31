// Commands on one finding's agreement: cells of the table of counts, pairs of readers, and the cases in a cell.

import Grid
import ReviewCore

extension Commands {
  private static func command(
    _ id: String, _ title: String, _ keys: [Key], hint: String? = nil,
    whyNot: @escaping @Sendable (State) -> String? = noTable, run: @escaping @Sendable (inout State) -> Void
  ) -> Command {
    Command("agreementDetail.\(id)", title, keys: keys, on: [.agreementDetail], hint: hint, whyNot: whyNot) { state in
      run(&state)
      return []
    }
  }

  @Sendable private static func noTable(_ state: State) -> String? {
    guard state.agreement.detail.table == nil else { return nil }
    return state.agreement.detail.isInLetters
      ? "readers are letters until the consensus is recorded, so no pair is shown" : "there are no counts here"
  }

  @Sendable private static func emptyCell(_ state: State) -> String? {
    noTable(state) ?? (state.agreement.detail.units.isEmpty ? "no case is in this cell" : nil)
  }

  private static func cell(_ id: String, _ title: String, _ keys: [Key], rows: Int = 0, columns: Int = 0) -> Command {
    command(id, title, keys) { $0.agreement.detail.move(rows: rows, columns: columns) }
  }

  private static func pair(_ id: String, _ title: String, _ key: Key, hint: String?, by step: Int) -> Command {
    command(id, title, [key], hint: hint) { state in
      let detail = state.agreement.detail
      let count = max(1, detail.pairs.count)
      state.agreement.detail.show(pair: (detail.pair + step + count) % count, keepsCell: true)
    }
  }

  private static func finding(_ id: String, _ title: String, _ key: Key, hint: String?, by step: Int) -> Command {
    command(id, title, [key], hint: hint, whyNot: { $0.agreement.item == nil ? "there are no figures here" : nil }) {
      state in
      state.agreement.move(by: step)
      state.keepAgreementInView()
      state.agreement.detail.show(state.agreement.item?.item)
    }
  }

  private static func scroll(_ id: String, _ title: String, _ keys: [Key], by step: @escaping @Sendable (State) -> Int)
    -> Command
  {
    command(id, title, keys) { state in
      let last = max(0, agreementFigures(state).count - AgreementDetailLayout(state).figures.height)
      state.agreement.detail.scroll = max(0, min(last, state.agreement.detail.scroll + step(state)))
    }
  }

  private static func page(_ state: State) -> Int { max(1, AgreementDetailLayout(state).figures.height - 1) }

  static let agreementDetail: [Command] = [
    Command(
      "agreementDetail.cases", "list the cases in the cell", keys: [.enter], on: [.agreementDetail], hint: "cases",
      whyNot: emptyCell
    ) { state in
      state.agreement.detail.selected = 0
      state.push(.agreementCases)
      return []
    },
    cell("down", "cell below", [.down, .character("j")], rows: 1),
    cell("up", "cell above", [.up, .character("k")], rows: -1),
    cell("right", "cell to the right", [.right, .character("l")], columns: 1),
    cell("left", "cell to the left", [.left, .character("h")], columns: -1),
    pair("pair.next", "next pair of readers", .tab, hint: "pair", by: 1),
    pair("pair.before", "previous pair of readers", .backTab, hint: nil, by: -1),
    finding("next", "next finding", .character("]"), hint: "next finding", by: 1),
    finding("before", "previous finding", .character("["), hint: nil, by: -1),
    scroll("pageDown", "scroll the figures down", [.pageDown, .character(" ")], by: page),
    scroll("pageUp", "scroll the figures up", [.pageUp]) { -page($0) },
  ]

  // MARK: The cases in a cell

  private static func select(_ id: String, _ title: String, _ keys: [Key], by step: @escaping @Sendable (State) -> Int)
    -> Command
  {
    Command("agreementCases.\(id)", title, keys: keys, on: [.agreementCases]) { state in
      let last = max(0, state.agreement.detail.units.count - 1)
      state.agreement.detail.selected = max(0, min(last, state.agreement.detail.selected + step(state)))
      return []
    }
  }

  static let agreementCases: [Command] = [
    Command(
      "agreementCases.open", "open the case at the examination", keys: [.enter, .right], on: [.agreementCases],
      hint: "open", whyNot: { $0.agreement.detail.unit == nil ? "there is no case here" : nil }
    ) { state in
      guard let unit = state.agreement.detail.unit else { return [] }
      state.caseScreen.focus = unit.examination.isBaseline ? .readers : .followUp
      state.caseScreen.wanted = unit.examination
      state.push(.patientCase)
      return [.loadCase(unit.caseID, in: state.worklist.query)]
    },
    select("down", "next case", [.down, .character("j")]) { _ in 1 },
    select("up", "previous case", [.up, .character("k")]) { _ in -1 },
    select("pageDown", "a screen down", [.pageDown, .character(" ")]) { $0.body.height },
    select("pageUp", "a screen up", [.pageUp]) { -$0.body.height },
    select("first", "first case", [.home, .character("<")]) { -$0.agreement.detail.selected },
    select("last", "last case", [.end, .character(">"), .character("G")]) { $0.agreement.detail.units.count },
  ]
}
