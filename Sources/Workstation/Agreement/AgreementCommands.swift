// Commands of the agreement screen.

import Agreement
import Grid
import ReviewCore

extension Commands {
  private static func command(
    _ id: String, _ title: String, _ keys: [Key], hint: String? = nil,
    whyNot: @escaping @Sendable (State) -> String? = nothingFound, run: @escaping @Sendable (inout State) -> Void
  ) -> Command {
    Command("agreement.\(id)", title, keys: keys, on: [.agreement], hint: hint, whyNot: whyNot) { state in
      run(&state)
      state.keepAgreementInView()
      return []
    }
  }

  @Sendable private static func nothingFound(_ state: State) -> String? {
    guard state.agreement.item == nil else { return nil }
    if case .awaited = state.agreement.content { return "the figures are not ready yet" }
    return "there are no figures here"
  }

  private static func move(_ id: String, _ title: String, _ keys: [Key], by step: @escaping @Sendable (State) -> Int)
    -> Command
  {
    command(id, title, keys) { $0.agreement.move(by: step($0)) }
  }

  /// The protocol's statistic, and the others.
  private static var choices: [AgreementStatistic.ID?] { [nil] + AgreementStatistic.all.map(\.id) }

  private static func choose(_ state: inout State, _ statistic: AgreementStatistic.ID?) {
    state.agreement.statistic = statistic
    let title = state.agreement.title
    state.message = Message(statistic == nil ? "\(title), as the protocol names it" : title)
  }

  private static func turn(_ state: inout State, by step: Int) {
    // The protocol's own comes once, however it is called.
    let own = AgreementStatistic.of(state.agreement.primaryKey)
    let shown = choices.filter {
      $0 == nil || $0 != own?.id || own?.key(state.agreement.weighting) != state.agreement.primaryKey
    }
    let here = shown.firstIndex(of: state.agreement.statistic) ?? 0
    choose(&state, shown[(here + step + shown.count) % shown.count])
  }

  private static func turnWeights(_ state: inout State) {
    let all = Weighting.allCases
    let here = all.firstIndex(of: state.agreement.weighting) ?? 0
    let next = all[(here + 1) % all.count]
    let own = AgreementStatistic.of(state.agreement.key)
    state.agreement.weighting = next
    // The protocol's statistic with other weights is no longer the protocol's.
    state.agreement.statistic = own?.key(next) == state.agreement.primaryKey ? nil : own?.id
    state.message = Message(
      "\(next.rawValue): \(state.agreement.title); weights are for findings whose levels have an order")
  }

  /// From wherever the study's readers are looked at.
  static let openAgreement = Command(
    "agreement", "show how well the readers agreed: agreement, kappa, intervals", keys: [.character("K")],
    on: [.worklist, .patientCase, .study, .progress, .courses, .consensus, .consensusFigures], hint: "agreement"
  ) { state in
    state.push(.agreement)
    return [.loadAgreement]
  }

  static let agreement: [Command] =
    [
      Command(
        "agreement.open", "open the finding: counts of each pair of readers, all figures", keys: [.enter],
        on: [.agreement], hint: "open", whyNot: nothingFound
      ) { state in
        state.agreement.detail.show(state.agreement.item?.item)
        state.push(.agreementDetail)
        return []
      },
      move("down", "next finding", [.down, .character("j")]) { _ in 1 },
      move("up", "previous finding", [.up, .character("k")]) { _ in -1 },
      move("pageDown", "a screen down", [.pageDown, .character(" ")]) { $0.agreementRows },
      move("pageUp", "a screen up", [.pageUp]) { -$0.agreementRows },
      move("first", "first finding", [.home, .character("<")]) { _ in -.max },
      move("last", "last finding", [.end, .character(">"), .character("G")]) { _ in .max },
      command("next", "draw the next statistic", [.right, .character("l")], hint: "statistic") { turn(&$0, by: 1) },
      command("before", "draw the previous statistic", [.left, .character("h")]) { turn(&$0, by: -1) },
      command("weights", "other weights: unweighted, linear, quadratic, ordinal", [.character("w")], hint: "weights") {
        turnWeights(&$0)
      },
      command("parts", "list the parts of findings, or not: levels, regions, bones", [.character("p")], hint: "parts") {
        state in
        state.agreement.showsParts.toggle()
        if !state.agreement.showsParts { state.agreement.move(by: 0) }
      },
      command("draw.primary", "draw the protocol's statistic", []) { choose(&$0, nil) },
    ]
    + AgreementStatistic.all.map { statistic in
      command("draw.\(statistic.id)", "draw \(statistic.title)", []) { choose(&$0, statistic.id) }
    }
}
