// The report as JSON in its documented, stable form.

import TextSafety

extension AgreementReport {
  /// The report as JSON text with a line feed at its end.
  ///
  /// `{"readers": […], "levels": […], "scale": …, "range": [least, greatest], "positive": …, "n": {…}, "bootstrap": {"resamples": …, "seed": …},
  /// "origin": …, "rarer": {"level": …, "units": …}, "warnings": […], "undefined_elsewhere": …, "metrics": {KEY: {"value": …, "se": …,
  /// "ci95": [low, high], …}}}`. The order of keys is fixed. `value` is null where `undefined` gives the reason; of a
  /// `jackknife_cases` or `bootstrap_cases` entry it is the interval. `n` of a figure is the cases it rests on, `patients`
  /// their patients. `ci95_informative` is false of an interval without width, `ci95_cut` marks an upper end cut at 1,
  /// `ci95_absent` says why there is none.
  public var json: String {
    var lines = [
      member("readers", jsonArray(readers.map(jsonText))), member("levels", jsonArray(levels.map(jsonText))),
      member("scale", jsonText(scale.rawValue)),
      member("range", range.map { jsonArray([jsonNumber($0.lowerBound), jsonNumber($0.upperBound)]) } ?? "null"),
      member("positive", positive.map(jsonText) ?? "null"),
      member("n", jsonObject(counts.members.map { ($0.name, "\($0.count)") })),
      member("bootstrap", resampling.map(bootstrap) ?? "null"),
      member("origin", origin.map(jsonText) ?? "null"), member("rarer", units.rarer.map(rarer) ?? "null"),
      member("warnings", jsonArray(warnings.map(jsonText))),
      member("undefined_elsewhere", elsewhere.map(jsonText) ?? "null"),
    ]
    let figures = metrics.map { "    \(jsonText($0.key)): \(jsonObject($0.statistic.jsonMembers))" }
    lines.append("  \"metrics\": {\n\(figures.joined(separator: ",\n"))\n  }")
    return Escape.json("{\n\(lines.joined(separator: ",\n"))\n}\n")
  }

  private func member(_ name: String, _ value: String) -> String { "  \(jsonText(name)): \(value)" }

  private func rarer(_ rarer: IndependentUnits.Rarer) -> String {
    jsonObject([
      ("commonest", jsonText(rarer.commonest)), ("level", rarer.level.map(jsonText) ?? "null"),
      ("units", "\(rarer.units)"),
    ])
  }

  private func bootstrap(_ resampling: Resampling) -> String {
    jsonObject([("resamples", "\(resampling.resamples)"), ("seed", "\(resampling.seed)")])
  }
}

extension Statistic {
  /// The members of the JSON object in their order, each value as JSON.
  fileprivate var jsonMembers: [(name: String, json: String)] {
    var members: [(name: String, json: String)] = [("value", content.json)]
    switch content {
    case .count, .table, .fourfold: return members
    case .number, .range, .undefined: break
    }
    members.append(("se", standardError.map(jsonNumber) ?? "null"))
    members.append(("ci95", interval.map(jsonEnds) ?? "null"))
    if let undefined { members.append(("undefined", jsonText(undefined.rawValue))) }
    if let interval {
      members.append(("ci95_method", jsonText(interval.method)))
      if interval.isCut { members.append(("ci95_cut", "true")) }
    }
    if let interval = interval ?? rangeInterval {
      members.append(("ci95_informative", "\(interval.isInformative)"))
    }
    if let noInterval { members.append(("ci95_absent", jsonText(noInterval.words))) }
    members.append(("n", "\(casesUsed)"))
    members += self.members.map { ($0.name, $0.figure.json) }
    if let note { members.append(("note", jsonText(note))) }
    return members
  }
}

extension Statistic.Content {
  fileprivate var json: String {
    switch self {
    case .number(let value): return jsonNumber(value)
    case .count(let count): return "\(count)"
    case .range(let low, let high): return jsonArray([jsonNumber(low), jsonNumber(high)])
    case .table(let rows): return jsonArray(rows.map { jsonArray($0.map { "\($0)" }) })
    case .fourfold(let cells):
      return jsonObject([("a", "\(cells.a)"), ("b", "\(cells.b)"), ("c", "\(cells.c)"), ("d", "\(cells.d)")])
    case .undefined: return "null"
    }
  }
}

extension Statistic.Member.Figure {
  fileprivate var json: String {
    switch self {
    case .number(let value): return jsonNumber(value)
    case .count(let count): return "\(count)"
    case .interval(let interval): return jsonEnds(interval)
    case .absent: return "null"
    }
  }
}

private func jsonEnds(_ interval: Interval) -> String {
  jsonArray([jsonNumber(interval.low), jsonNumber(interval.high)])
}

private func jsonArray(_ items: [String]) -> String { "[\(items.joined(separator: ", "))]" }

private func jsonObject(_ members: [(name: String, json: String)]) -> String {
  "{\(members.map { "\(jsonText($0.name)): \($0.json)" }.joined(separator: ", "))}"
}

/// The shortest digits that read back as the same number; JSON knows no infinity and no NaN.
private func jsonNumber(_ value: Double) -> String {
  guard value.isFinite else { return "null" }
  return value == 0 ? "0.0" : "\(value)"
}

/// A JSON string (RFC 8259, 7).
private func jsonText(_ value: String) -> String {
  var result = "\""
  for scalar in value.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    case _ where scalar.value < 0x20 || scalar.value == 0x7F:
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
