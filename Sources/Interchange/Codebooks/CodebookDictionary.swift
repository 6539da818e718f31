// The data dictionary of a codebook: what is graded, with which codes, and what follows from it.

import Codebooks
import TextSafety

package enum CodebookDictionary {
  package enum Format: String, CaseIterable, Sendable { case text, markdown, csv }

  package static func text(_ scheme: Scheme, _ format: Format) -> String {
    switch format {
    case .text: plain(scheme)
    case .markdown: markdown(scheme)
    case .csv: Escape.csv([columns] + scheme.questions.flatMap { rows($0, scheme) })
    }
  }

  // MARK: CSV

  private static let columns = [
    "finding", "title", "given", "at", "per", "asked_when", "kind", "unit", "from", "to", "step", "code", "key",
    "level",
    "level_title", "points", "off_scale", "definition", "source",
  ]

  /// A row a level; what has no levels has one row.
  private static func rows(_ question: Question, _ scheme: Scheme) -> [[String]] {
    let (written, scale) = (question.written, question.scale)
    let head = [
      question.id, written.title, written.isGiven ? "yes" : "", written.isGiven ? "" : question.at.rawValue,
      per(written.per), written.when?.text ?? "", scale.kind.rawValue, scale.unit ?? "", scale.from?.description ?? "",
      scale.to?.description ?? "", scale.step?.description ?? "",
    ]
    let tail = [written.definition, written.source ?? scheme.file.source ?? ""]
    guard !scale.levels.isEmpty else { return [head + ["", "", "", "", "", ""] + tail] }
    return scale.levels.map { level in
      head + [
        String(level.code), level.key.map(String.init) ?? "", level.id.text, level.title,
        level.points?.description ?? "",
        level.isOffScale ? "yes" : "",
      ] + tail
    }
  }

  private static func per(_ words: [Written]?) -> String { (words ?? []).map(\.text).joined(separator: " ") }

  // MARK: Markdown

  private static func markdown(_ scheme: Scheme) -> String {
    var lines = ["# \(Escape.markdown(scheme.file.title))", "", Escape.markdown(heading(scheme)), ""]
    lines += table(["finding", "title", "graded", "answers", "definition", "source"]) {
      scheme.questions.map { question in
        [
          question.id, question.written.title, asked(question), answers(question.scale), question.written.definition,
          question.written.source ?? scheme.file.source ?? "",
        ]
      }
    }
    if !scheme.rules.isEmpty {
      lines += table(["rule", "title", "where", "how"]) {
        scheme.rules.map { [$0.id, $0.written.title, told($0), how($0.written.form)] }
      }
    }
    if !scheme.checks.isEmpty {
      lines += table(["check", "warns where"]) { scheme.file.checks.map { [$0.title, $0.when.text] } }
    }
    return lines.joined(separator: "\n")
  }

  private static func table(_ titles: [String], _ rows: () -> [[String]]) -> [String] {
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
    return [line(titles), line(titles.map { _ in "---" })] + rows().map { line($0.map(Escape.markdown)) } + [""]
  }

  // MARK: text

  private static func plain(_ scheme: Scheme) -> String {
    var lines = [scheme.file.title, heading(scheme), ""]
    for question in scheme.questions {
      lines.append("\(question.id): \(question.written.title) (\(asked(question)))")
      lines.append("  " + answers(question.scale))
      if !question.written.definition.isEmpty { lines.append("  " + question.written.definition) }
    }
    if !scheme.rules.isEmpty { lines += ["", "rules"] }
    for rule in scheme.rules {
      lines.append("\(rule.id): \(rule.written.title) (\(told(rule)))")
      lines.append("  " + how(rule.written.form))
    }
    if !scheme.file.checks.isEmpty { lines += ["", "checks"] }
    lines += scheme.file.checks.map { "\($0.title)\n  where \($0.when.text)" }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func heading(_ scheme: Scheme) -> String {
    let file = scheme.file
    let examples = file.examples.isEmpty ? "" : "; \(file.examples.count.counted("example holds", "examples hold"))"
    return "\(file.id), version \(file.version)" + (file.source.map { "; \($0)" } ?? "") + examples
  }

  private static func asked(_ question: Question) -> String {
    var words = question.written.isGiven ? "given" : at(question.at)
    if question.written.isWithheld { words += ", withheld" }
    if let places = question.written.per { words += ", per \(per(places))" }
    if let when = question.written.when { words += ", where \(when.text)" }
    return words
  }

  private static func told(_ rule: BoundRule) -> String {
    var words = at(rule.at)
    if let places = rule.written.per { words += ", per \(per(places))" }
    if let finding = rule.written.suggests { words += ", suggests \(finding.text)" }
    return words
  }

  private static func at(_ at: WrittenFinding.At) -> String {
    switch at {
    case .baseline: "at the baseline"
    case .followUp: "at follow-up"
    case .every: "at every examination"
    }
  }

  private static func answers(_ scale: AnswerScale) -> String {
    switch scale.kind {
    case .number:
      let range = [
        scale.from.map { "from \($0)" }, scale.to.map { "to \($0)" }, scale.step.map { "in steps of \($0)" },
      ]
      return (["a number"] + range.compactMap { $0 } + [scale.unit].compactMap { $0 }).joined(separator: " ")
    case .places:
      return (scale.only.map { "places among \(per($0))" } ?? "places") + (scale.takesExtents ? ", and extents" : "")
        + (scale.atMost.map { ", at most \($0)" } ?? "")
    case .choice, .set:
      let levels = scale.levels.map { level in
        let id = level.title == level.id.text ? "" : " (\(level.id.text))"
        let points = level.points.map { ", \($0) \($0 == Exact(1) ? "point" : "points")" } ?? ""
        return "\(level.code) \(level.title)\(id)\(points)\(level.isOffScale ? ", off the scale" : "")"
      }
      return (scale.kind == .set ? "one or more of: " : "one of: ") + levels.joined(separator: "; ")
    }
  }

  private static func how(_ form: WrittenRule.Form) -> String {
    switch form {
    case .firstOf(let rows):
      rows.map { row in
        let result =
          switch row.result {
          case .level(let level): level.text
          case .value(let number): number.description
          case .take(let item): "as \(item.text)"
          }
        return result + (row.when.map { " where \($0.text)" } ?? " otherwise")
      }.joined(separator: "; ")
    case .fold(let fold, let items):
      (fold == .sum ? "sum of " : fold == .mean ? "mean of " : "highest of ")
        + items.map(\.text).joined(separator: ", ")
    case .count(let when): "number of places where \(when.text)"
    case .change(let change, let item, let against):
      "\(change == .percent ? "per cent" : "difference") of \(item.text) against the \(against == .smallest ? "smallest so far" : against.rawValue)"
    case .pointsByPlace(let rows):
      rows.map { "\($0.points) at \($0.places.map(\.text).joined(separator: ", "))" }.joined(separator: "; ")
    }
  }
}
