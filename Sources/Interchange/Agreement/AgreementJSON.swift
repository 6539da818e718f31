// The agreement of a study as JSON with keys that stay.

import ReaderAgreement

/// `format` (`endplate-study-agreement/1`), `program`, `study`, `illustrative`, `imported_readings` (how many of those compared), `readers`, `rounds`, `primary` (metric
/// key of the protocol), `comparisons`: for each `title`, `round` or `reader`, and `items`: for each its id with
/// `finding`, `title`, `primary` (metric key), where there are any `not_asked` (readings that were signed before the codebook had the
/// finding) and `report`, the object that `endplate agreement --ratings --json`
/// prints.
package enum AgreementJSON {
  package static func text(_ agreement: StudyAgreement, _ figures: [ItemAgreement], program: String) -> String {
    let study = agreement.study
    let comparisons = figures.map(\.comparison).reduce(into: [Comparison]()) { if !$0.contains($1) { $0.append($1) } }
    let head = [
      "\"format\": \"endplate-study-agreement/1\"", "\"program\": \(quoted(program))",
      "\"study\": \(quoted(study.title))",
      "\"illustrative\": \(study.isIllustrative)",
      "\"imported_readings\": \(agreement.importedReadings)",
      "\"readers\": \(list(agreement.readers.map(\.rawValue).map(quoted)))",
      "\"rounds\": \(list(agreement.rounds.map(String.init)))",
      "\"primary\": \(quoted(study.studyProtocol.primaryStatistic))",
    ]
    let parts = comparisons.map { comparison in
      let items = figures.filter { $0.comparison == comparison }.map { item($0, agreement) }
      return
        "{\"title\": \(quoted(comparison.title)), \(key(comparison)), \"items\": {\n\(items.joined(separator: ",\n"))\n}}"
    }
    return "{\n" + (head + ["\"comparisons\": [\n\(parts.joined(separator: ",\n"))\n]"]).joined(separator: ",\n")
      + "\n}\n"
  }

  private static func item(_ figures: ItemAgreement, _ agreement: StudyAgreement) -> String {
    let report = figures.report.json.dropLast()
    let ratings = agreement.findings.first {
      $0.finding.id == figures.item.finding && $0.comparison == figures.comparison
    }
    let notAsked = ratings.map(\.exclusions.notAsked).flatMap { $0 > 0 ? "\"not_asked\": \($0), " : nil } ?? ""
    return "\(quoted(figures.item.id)): {\"finding\": \(quoted(figures.item.finding.rawValue)), "
      + "\"title\": \(quoted(figures.item.title)), \"primary\": \(quoted(figures.primaryKey)), \(notAsked)\"report\": \(report)}"
  }

  private static func key(_ comparison: Comparison) -> String {
    switch comparison {
    case .readers(let round): "\"round\": \(round)"
    case .rounds(let reader): "\"reader\": \(quoted(reader.rawValue))"
    }
  }

  private static func list(_ items: [String]) -> String { "[" + items.joined(separator: ", ") + "]" }

  private static func quoted(_ text: String) -> String { JSONText.of(text, isPretty: false) }
}
