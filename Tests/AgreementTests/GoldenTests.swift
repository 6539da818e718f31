// Every figure of every reference table.

import Foundation
import Testing

@testable import Agreement

@Suite("Golden figures")
struct GoldenTests {
  @Test("All reference tables are found")
  func allTables() {
    #expect(GoldenTable.names.count == 16)
  }

  @Test("Every key of a table, every member of a key", arguments: GoldenTable.names)
  func everyFigure(name: String) throws {
    // Given a table with its expected figures,
    let golden = try GoldenTable(name)
    // when all figures are computed, with enough resamples for a stable share of undefined ones,
    let report = try golden.ratings().agreement(resampling: Resampling(resamples: 1000, seed: 20_240_501))
    let hasTwins = golden.keys.contains { $0.hasSuffix(".observed_levels") }
    let twin = hasTwins ? try golden.ratings(observedLevelsOnly: true).agreement(resampling: nil) : nil
    // then none is missing and none differs.
    var faults: [String] = []
    for key in golden.keys {
      let suffix = ".observed_levels"
      let isTwin = key.hasSuffix(suffix)
      let statistic = isTwin ? twin?[String(key.dropLast(suffix.count))] : report[key]
      guard let statistic, let expected = golden.expected[key] else {
        faults.append("\(key): not computed")
        continue
      }
      faults += differences(statistic, expected).map { "\(key): \($0)" }
    }
    #expect(faults == [])
    #expect(golden.keys.count >= 20)
  }

  @Test("Proportions with exact and Wilson intervals")
  func proportions() throws {
    let golden = try GoldenTable("proportions")
    for key in golden.keys {
      let parts = key.split(separator: "/").compactMap { Int($0) }
      let statistic = Proportion(count: parts[0], total: parts[1]).statistic()
      #expect(differences(statistic, golden.expected[key] ?? [:]) == [], "\(key)")
    }
    #expect(golden.keys.count == 13)
  }

  @Test("A wrong figure is noticed")
  func comparisonNotices() {
    let statistic = Statistic(.number(0.5), casesUsed: 10, members: [.init("df", count: 9)])
    #expect(differences(statistic, ["value": 0.5, "se": NSNull(), "df": 9]) == [])
    #expect(differences(statistic, ["value": 0.50001]).count == 1)
    #expect(differences(statistic, ["value": 0.5, "df": 8]).count == 1)
    #expect(differences(statistic, ["value": 0.5, "p": 0.1]).count == 1)
    #expect(differences(statistic, ["value": 0.5, "se": 0.1]).count == 1)
    #expect(differences(statistic, ["value": NSNull(), "undefined": "no cases"]).count == 2)
  }
}

/// What differs between a computed statistic and the members of a golden entry.
private func differences(_ statistic: Statistic, _ expected: [String: Any]) -> [String] {
  expected.keys.sorted().compactMap { name -> String? in
    guard !["source", "se_source", "crosscheck", "note", "resamples"].contains(name), let wanted = expected[name]
    else { return nil }
    return isEqual(statistic, name, wanted, expected) ? nil : "\(name) is \(wanted), got \(statistic)"
  }
}

private func isEqual(_ statistic: Statistic, _ name: String, _ wanted: Any, _ expected: [String: Any]) -> Bool {
  switch name {
  case "value": return isEqual(statistic.content, wanted, expected)
  case "undefined": return statistic.undefined?.rawValue == wanted as? String
  case "se": return isClose(statistic.standardError, wanted)
  case "ci95": return isClose(statistic.interval, wanted, around: statistic.value)
  case "ci95_method": return statistic.interval?.method == wanted as? String
  case "n": return isClose(Double(statistic.casesUsed), wanted)
  case "accept_low", "accept_high":
    guard case .range(let low, let high) = statistic.content, let ends = wanted as? [Double] else { return false }
    let end = name == "accept_low" ? low : high
    return end >= ends[0] - 1e-9 && end <= ends[1] + 1e-9
  case "undefined_fraction":
    guard let fraction = statistic["undefined_fraction"], let wanted = wanted as? Double else { return false }
    // Five standard deviations of a share of 1000 resamples.
    return abs(fraction - wanted) <= 5 * (max(wanted * (1 - wanted), 1e-9) / 1000).squareRoot()
  case "p": return isClose(statistic["p"], wanted, relative: 1e-7)
  default:
    guard let member = statistic.members.first(where: { $0.name == name }) else { return false }
    if case .interval(let interval) = member.figure { return isClose(interval, wanted) }
    return isClose(statistic[name], wanted)
  }
}

private func isEqual(_ content: Statistic.Content, _ wanted: Any, _ expected: [String: Any]) -> Bool {
  switch content {
  case .undefined: return wanted is NSNull
  case .number(let value): return isClose(value, wanted)
  case .count(let count): return count == wanted as? Int
  case .table(let rows): return rows == wanted as? [[Int]]
  case .fourfold(let cells):
    return ["a": cells.a, "b": cells.b, "c": cells.c, "d": cells.d] == wanted as? [String: Int]
  // The ends are random; they are checked against accept_low and accept_high.
  case .range: return expected["accept_low"] != nil && (wanted as? [Double])?.count == 2
  }
}

/// An end of an interval is a difference, value − quantile × error, and is compared on the scale of the larger of the two:
/// the t quantiles behind the reference ends are off in the tenth digit (for 6 degrees of freedom 2.44691184879 in place
/// of 2.44691185114), which shows where an end lies near 0.
private func isClose(_ interval: Interval?, _ wanted: Any, around value: Double? = nil) -> Bool {
  guard let ends = wanted as? [Double] else { return wanted is NSNull && interval == nil }
  guard let interval else { return false }
  let scale = abs(value ?? 0)
  return isClose(interval.low, ends[0], scale: scale) && isClose(interval.high, ends[1], scale: scale)
}

private func isClose(_ value: Double?, _ wanted: Any, relative: Double = 1e-8, scale: Double = 0) -> Bool {
  guard let wanted = (wanted as? NSNumber)?.doubleValue else { return wanted is NSNull && value == nil }
  guard let value else { return false }
  return abs(value - wanted) <= max(1e-10, relative * max(abs(wanted), scale))
}
