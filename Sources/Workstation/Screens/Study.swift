// The study screen: title, protocol, readers, population, progress.

import Figures
import Grid
import ReviewCore

extension LongPage {
  /// The text, and below it, or on a wide screen beside it, the population as a diagram.
  fileprivate static let study = LongPage(
    height: { state, width in
      let population = state.session.study.population
      let text = studyFacts(state).reduce(0) { $0 + $1.rows(width: textWidth(state, width)) }
      if population.isEmpty { return text }
      let room = width - textWidth(state, width)
      return room > 0
        ? max(text, 1 + PopulationDiagram(population).height(width: room - 3))
        : text + 2 + PopulationDiagram(population).height(width: width)
    },
    draw: { state, canvas in
      let (left, beside) = canvas.bounds.splitLeft(textWidth(state, canvas.bounds.width))
      var y = 0
      for fact in studyFacts(state) { y += fact.draw(&canvas, left, y: y) }
      guard !state.session.study.population.isEmpty else { return }
      let area =
        beside.isEmpty
        ? left.splitTop(y + 1).rest
        : Rect(x: beside.x + 3, y: 0, width: beside.width - 3, height: beside.height)
      canvas.put("Study population", x: area.x, y: area.y, .role(.heading, .bold), clip: area)
      PopulationDiagram(state.session.study.population).draw(into: &canvas, rect: area.splitTop(1).rest)
    })

  /// Columns of the text: all, unless there is a diagram and room to set it beside.
  private static func textWidth(_ state: State, _ width: Int) -> Int {
    width < 110 || state.session.study.population.isEmpty ? width : width / 2
  }
}

private func studyFacts(_ state: State) -> [Fact] {
  let session = state.session
  let studyProtocol = session.study.studyProtocol
  func head(_ title: String) -> [Fact] { [.blank, Fact("", title, .role(.heading, .bold), indent: 0)] }
  var facts = [Fact("title", session.title, Style().with(.bold))]
  if let source = session.study.source, session.title == session.study.title { facts.append(Fact("source", source)) }
  if session.study.isIllustrative {
    facts.append(Fact("readings", "made up for practice; no reader of the source wrote them", .role(.warning)))
  }
  if session.study.isConstructed {
    facts.append(Fact("cases", "constructed for teaching; no patient and no publication", .role(.warning)))
  }
  facts.append(Fact("use", "research and teaching, not diagnosis"))

  facts += head("Protocol")
  facts.append(
    Fact("reading", studyProtocol.mode == .joint ? "joint: the readers read together" : "independent, then consensus"))
  if studyProtocol.mode == .independent {
    let rounds =
      studyProtocol.rounds == 1 ? "1 round" : "\(studyProtocol.rounds) rounds, \(studyProtocol.washoutDays) days apart"
    let readers = studyProtocol.readersWords(of: session.principals)
    facts.append(Fact("readers", "\(readers), \(rounds), each in their own order"))
    facts.append(
      Fact(
        "opening",
        studyProtocol.opening == .round
          ? "together, when the last round is signed" : "case by case, when all have signed"))
    facts.append(
      Fact(
        "withheld",
        studyProtocol.withheld.map { $0.rawValue.replacing("_", with: " ") }.sorted().joined(separator: ", ")))
  }
  facts += codebookFacts(state)
  if !studyProtocol.unreleased.isEmpty {
    let words = studyProtocol.unreleased.map { $0.rawValue.replacing("_", with: " ") }.sorted()
    facts.append(Fact("not released", words.joined(separator: ", ")))
  }
  if studyProtocol.keepsDates { facts.append(Fact("dates", "kept as case files state them; never shown to readers")) }
  facts += studyProtocol.ranges.map { Fact($0.sequence.title, range($0)) }
  facts += studyProtocol.sampleSize.map { [Fact("cases", $0)] } ?? []
  facts += studyProtocol.imaging.map { Fact("", $0, .role(.muted)) }

  facts += head("People")
  facts += session.principals.map { principal in
    let signed = state.overview?.signed[principal.id]
    let cases = state.overview?.assigned[principal.id] ?? state.overview?.counts.cases ?? 0
    let progress =
      (signed.map { "  \($0) of \(cases) cases signed" } ?? "")
      + (principal.withdrawn.map { "  left in round \($0)" } ?? "")
    return Fact(
      principal.id.rawValue, [("\(principal.name), \(principal.role.rawValue)", .plain), (progress, .role(.muted))])
  }

  if let overview = state.overview {
    facts += head("Progress")
    facts.append(
      Fact(
        "cases",
        "\(overview.counts.cases), \(overview.examinations) examination\(overview.examinations == 1 ? "" : "s")"))
    facts.append(Fact("consensus", "\(overview.counts.recorded) of \(overview.counts.cases)"))
    if overview.counts.elsewhere > 0 {
      facts.append(Fact("read elsewhere", "\(overview.counts.elsewhere) of \(overview.counts.cases)"))
    }
    facts.append(Fact("file", overview.file))
  }
  return facts
}

/// The codebook with its version, and those before it with how many readings are signed under them.
private func codebookFacts(_ state: State) -> [Fact] {
  let codebook = state.session.codebook
  func signed(_ version: Int) -> String {
    guard let under = state.overview?.signedUnder else { return "" }
    let count = under[version] ?? 0
    return ", \(count) \(count == 1 ? "reading" : "readings") signed under it"
  }
  let now = Fact(
    "codebook",
    [codebook.id, codebook.title].compactMap { $0 }.joined(separator: ", ") + ", version \(codebook.version)"
      + (codebook.former.isEmpty ? "" : signed(codebook.version)))
  return [now]
    + codebook.former.reversed().map { former in
      let version = former.codebook.version
      let added = codebook.added(since: version)
      return Fact(
        "",
        "version \(version) until \(former.until.utc.prefix(10))\(signed(version))"
          + (added.isEmpty ? "" : "; not asked of these: \(added.words)"), .role(.muted))
    }
}

private func range(_ range: SequenceRange) -> String {
  func words(_ range: ClosedRange<Double>) -> String { "\(Int(range.lowerBound))–\(Int(range.upperBound))" }
  return "TR \(words(range.tr))  TE \(words(range.te))" + (range.ti.map { "  TI \(words($0))" } ?? "") + " ms"
}

/// What the study screen shows beside the study itself.
package struct StudyOverview: Hashable, Sendable {
  package var counts: WorklistCounts
  /// Per reader, how many cases are signed in the round.
  package var signed: [PrincipalID: Int]
  /// Per reader, how many cases they read in the round.
  package var assigned: [PrincipalID: Int] = [:]
  /// How many signed readings are under which version of the codebook, as far as one may know; nil where there is one.
  package var signedUnder: [Int: Int]?
  package var examinations: Int
  /// Path of the study file.
  package var file: String

  package init(counts: WorklistCounts, signed: [PrincipalID: Int], examinations: Int, file: String) {
    self.counts = counts
    self.signed = signed
    self.examinations = examinations
    self.file = file
  }
}

/// What the study screen keeps; nil until it is loaded.
package struct StudyScreenState: ScreenState {
  package var overview: StudyOverview?
  package init() {}
}

extension State {
  package var overview: StudyOverview? {
    get { self[StudyScreenState.self].overview }
    set { self[StudyScreenState.self].overview = newValue }
  }
}

extension Request {
  package static let study = Request("study") { study in
    let overview = try study.overview()
    return { state in
      state.overview = overview
      return []
    }
  }
}

extension Commands {
  /// From everywhere.
  static let openStudy = Command(
    "study", "show the study: protocol, readers, population", keys: [.character("i")], hint: "study"
  ) { state in
    state.push(.study)
    return [.ask(.study)]
  }
}

extension ScreenID {
  package static let study = ScreenID("study")
}

extension Screen {
  static let study = Screen(.study, "Study", page: .study, load: { _ in [.ask(.study)] })
}
