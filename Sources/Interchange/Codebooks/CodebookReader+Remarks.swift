// What shows where a condition holds, and golden rows.

import Codebooks
import Yams

extension CodebookReader {
  mutating func remarks(_ fields: Fields, _ file: inout CodebookFile) {
    file.checks = remarks(fields, "checks", title: "says")
    file.flags = remarks(fields, "flags", title: "title")
    file.atlas = remarks(fields, "atlas", title: "title")
    for criterion in fields.records("criteria") ?? [] {
      file.criteria.append(
        WrittenCriterion(title: criterion.text("title") ?? "", parts: remarks(criterion, "of", title: "title")))
    }
    file.columns = words(fields, "columns") ?? []
    file.panels = (fields.records("panels") ?? []).map { panel in
      WrittenPanel(
        written(panel, "id"), title: panel.text("title") ?? "", kind: panel.word("kind") ?? .list,
        findings: words(panel, "findings") ?? [], weight: panel.whole("weight") ?? 1)
    }
    file.evidence = (fields.records("evidence") ?? []).map { entry in
      WrittenEvidence(
        finding: written(entry, "finding"), level: written(entry, "level"), says: entry.text("says") ?? "",
        source: entry.text("source"))
    }
    for grouping in fields.records("analyse_as") ?? [] {
      guard let node = grouping.node("levels") else { continue }
      var levels: [WrittenGrouping.Group] = []
      for (key, value) in pairs(node, "levels") { levels.append(.init(title: key, of: list(value, "levels"))) }
      file.groupings.append(
        WrittenGrouping(finding: written(grouping, "finding"), id: written(grouping, "id"), levels: levels))
    }
    if let node = fields.node("pictures") {
      for (picture, roles) in pairs(node, "pictures") {
        var parts: [WrittenPicture.Part] = []
        for (role, value) in pairs(roles, picture.text) {
          if let finding = word(value, role.text) { parts.append(.init(role: role, finding: finding)) }
        }
        file.pictures = (file.pictures ?? []) + [WrittenPicture(picture, parts)]
      }
    }
  }

  private mutating func remarks(_ fields: Fields, _ key: String, title: String) -> [Remark] {
    (fields.records(key) ?? []).compactMap { entry in
      guard let when = condition(entry, "when") else { return nil }
      return Remark(id: optional(entry, "id"), title: entry.text(title) ?? "", when: when)
    }
  }

  // MARK: examples

  mutating func example(_ fields: Fields) -> WrittenExample {
    var examinations = (fields.records("examinations") ?? []).map { examination($0) }
    if fields.has("examinations") == (fields.has("grades") || fields.has("not_acquired")) {
      fault(fields.place, "an example has either ‘grades’, or ‘examinations’ with grades")
    } else if examinations.isEmpty {
      examinations = [examination(fields)]
    }
    var example = WrittenExample(Spot(fields.place.line, fields.place.column), examinations: examinations)
    example.isAgainstPrevious = fields.text("against") == "previous"
    example.withheld = words(fields, "withheld") ?? []
    if let node = fields.node("gives") { example.gives = grades(node, "gives") }
    if let node = fields.node("lacks") {
      for (rule, value) in pairs(node, "lacks") { example.lacks.append((rule, list(value, "lacks"))) }
    }
    example.called = words(fields, "called") ?? []
    example.warns = texts(fields, "warns")
    example.reasons = texts(fields, "reasons")
    example.asks = words(fields, "asks") ?? []
    example.omits = words(fields, "omits") ?? []
    let expects = ["gives", "lacks", "called", "warns", "reasons", "asks", "omits"]
    if !expects.contains(where: fields.has) {
      fault(fields.place, "an example says what must come of its grades: \(expects.joined(separator: ", "))")
    }
    return example
  }

  private func texts(_ fields: Fields, _ key: String) -> [Written]? {
    fields.list(key)?.compactMap { field in
      if case .text(let text) = field.value { Written(text, Spot(field.place.line, field.place.column)) } else { nil }
    }
  }

  private mutating func examination(_ fields: Fields) -> WrittenExample.Examination {
    WrittenExample.Examination(
      months: exact(fields, "months"), grades: fields.node("grades").map { grades($0, "grades") } ?? [],
      lacking: words(fields, "not_acquired") ?? [])
  }

  private mutating func grades(_ node: Node, _ name: String) -> [WrittenGrade] {
    var grades: [WrittenGrade] = []
    for (finding, value) in pairs(node, name) {
      if case .mapping = value {
        for (place, level) in pairs(value, finding.text) {
          if let answer = answer(level, finding.text) { grades.append(WrittenGrade(finding, place: place, answer)) }
        }
      } else if let answer = answer(value, finding.text) {
        grades.append(WrittenGrade(finding, answer))
      }
    }
    return grades
  }

  /// A word, or a list that is answered together.
  private mutating func answer(_ node: Node, _ name: String) -> Written? {
    guard case .sequence(let items) = node else { return word(node, name) }
    let words = items.compactMap { word($0, name) }
    guard let first = words.first else {
      fault(node.place, "\(name): the list is empty; write ‘none’ where there is none")
      return nil
    }
    return Written(words.map(\.text).joined(separator: ","), first.spot)
  }
}
