// Conditions with a name, and rules.

import Codebooks
import Yams

extension CodebookReader {
  mutating func namedCondition(_ fields: Fields) -> WrittenCondition {
    var parts: [WrittenCondition.Part] = []
    if let when = condition(fields, "when") { parts.append(.init(when: when, says: nil)) }
    for part in fields.records("any") ?? [] {
      if let when = condition(part, "when") { parts.append(.init(when: when, says: part.text("says"))) }
    }
    if fields.has("when") == fields.has("any") {
      fault(fields.place, "a condition has either ‘when’, or ‘any’ with parts")
    }
    return WrittenCondition(written(fields, "id"), parts)
  }

  mutating func rule(_ fields: Fields) -> WrittenRule? {
    let forms = ["first_of", "sum", "mean", "most", "count", "difference", "percent", "points_by_place"]
    let stated = forms.filter(fields.has)
    guard stated.count == 1, let form = stated.first else {
      let words = stated.isEmpty ? "says nothing" : "says \(stated.joined(separator: " and "))"
      fault(
        fields.place, "rule ‘\(fields.text("id") ?? "")’ \(words); it takes one of \(forms.joined(separator: ", "))")
      return nil
    }
    guard fields.has("id"), let read = self.form(form, fields) else { return nil }
    let id = written(fields, "id")
    var rule = WrittenRule(id, title: fields.text("title") ?? id.text.replacing("_", with: " "), form: read)
    rule.per = words(fields, "per")
    rule.at = fields.word("at")
    if fields.has("scale") { rule.scale = scale(fields) }
    rule.suggests = optional(fields, "suggests")
    rule.leavesOutUnassessed = fields.has("leave_out")
    rule.ofNone = optional(fields, "of_none")
    let looksBack = form == "difference" || form == "percent"
    if fields.has("against") != looksBack {
      fault(
        looksBack ? fields.place : fields.place(of: "against"),
        looksBack
          ? "‘\(form)’ needs ‘against’: baseline, previous or smallest" : "‘\(form)’ takes no ‘against’; delete it")
    }
    return rule
  }

  private mutating func form(_ form: String, _ fields: Fields) -> WrittenRule.Form? {
    switch form {
    case "first_of": return .firstOf((fields.records("first_of") ?? []).compactMap { row($0) })
    case "count": return condition(fields, "count").map { .count($0) }
    case "difference", "percent":
      guard let change = WrittenRule.Change(rawValue: form), let against: WrittenRule.Against = fields.word("against")
      else { return fields.has("against") ? nil : .change(.difference, written(fields, form), against: .baseline) }
      return .change(change, written(fields, form), against: against)
    case "points_by_place":
      guard let node = fields.node(form) else { return nil }
      var rows: [WrittenRule.Points] = []
      for (key, value) in pairs(node, form) {
        guard let points = Exact(key.text) else {
          fault(
            FilePosition(key.spot.line, key.spot.column),
            "points_by_place: ‘\(PlainText.brief(key.text))’ is not a number of points")
          continue
        }
        rows.append(.init(points, list(value, form)))
      }
      return .pointsByPlace(rows)
    default:
      guard let fold = WrittenRule.Fold(rawValue: form) else { return nil }
      return words(fields, form).map { .fold(fold, $0) }
    }
  }

  private mutating func row(_ fields: Fields) -> WrittenRule.Row? {
    let result: WrittenRule.Result
    switch (optional(fields, "level"), exact(fields, "value"), optional(fields, "take")) {
    case (let level?, nil, nil): result = .level(level)
    case (nil, let value?, nil): result = .value(value)
    case (nil, nil, let item?): result = .take(item)
    default:
      fault(fields.place, "a row of a rule gives one of ‘level’, ‘value’ or ‘take’")
      return nil
    }
    var row = WrittenRule.Row(result, when: condition(fields, "when"))
    row.tells = words(fields, "tells") ?? []
    row.but = words(fields, "but") ?? []
    row.says = fields.text("says")
    if let called = fields.record("called"), let when = condition(called, "when") {
      row.called = WrittenRule.Called(
        written(called, "id"), title: called.text("title") ?? "", when: when, definition: called.text("definition"))
    }
    return row
  }
}
