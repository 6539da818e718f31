// The study screen: title, protocol, readers, population, progress.

import Figures
import Grid
import ReviewCore

extension Sheet {
  /// The text, and below it the population as a diagram.
  static let study = Sheet(
    .study,
    height: { state, width in
      let population = state.session.study.population
      return studyFacts(state).reduce(0) { $0 + $1.rows(width: width) }
        + (population.isEmpty ? 0 : 2 + PopulationDiagram(population).height(width: width))
    },
    draw: { state, canvas in
      var y = 0
      for fact in studyFacts(state) { y += fact.draw(&canvas, canvas.bounds, y: y) }
      guard !state.session.study.population.isEmpty else { return }
      canvas.put("Study population", x: 0, y: y + 1, .role(.heading, .bold))
      PopulationDiagram(state.session.study.population).draw(into: &canvas, rect: canvas.bounds.splitTop(y + 2).rest)
    })
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
  facts.append(Fact("use", "research and teaching, not diagnosis"))

  facts += head("Protocol")
  facts.append(
    Fact("reading", studyProtocol.mode == .joint ? "joint: the readers read together" : "independent, then consensus"))
  if studyProtocol.mode == .independent {
    let rounds =
      studyProtocol.rounds == 1 ? "1 round" : "\(studyProtocol.rounds) rounds, \(studyProtocol.washoutDays) days apart"
    facts.append(Fact("readers", "\(studyProtocol.readersPerCase) a case, \(rounds), each in an order of their own"))
    facts.append(
      Fact(
        "opening",
        studyProtocol.opening == .round ? "when the whole round is signed" : "case by case, when all have signed"))
    facts.append(
      Fact(
        "withheld",
        studyProtocol.withheld.map { $0.rawValue.replacing("_", with: " ") }.sorted().joined(separator: ", ")))
  }
  facts += studyProtocol.ranges.map { Fact($0.sequence.title, range($0)) }
  facts += studyProtocol.imaging.map { Fact("", $0, .role(.muted)) }

  facts += head("People")
  facts += session.principals.map { principal in
    let signed = state.overview?.signed[principal.id]
    let progress = signed.map { "  \($0) of \(state.overview?.counts.cases ?? 0) cases signed" } ?? ""
    return Fact(
      principal.id.rawValue, [("\(principal.name), \(principal.role.rawValue)", .plain), (progress, .role(.muted))])
  }

  if let overview = state.overview {
    facts += head("Progress")
    facts.append(Fact("cases", "\(overview.counts.cases), \(overview.examinations) examinations"))
    facts.append(Fact("consensus", "\(overview.counts.recorded) of \(overview.counts.cases)"))
    facts.append(Fact("file", overview.file))
  }
  return facts
}

private func range(_ range: SequenceRange) -> String {
  func words(_ range: ClosedRange<Double>) -> String { "\(Int(range.lowerBound))–\(Int(range.upperBound))" }
  return "TR \(words(range.tr))  TE \(words(range.te))" + (range.ti.map { "  TI \(words($0))" } ?? "") + " ms"
}
