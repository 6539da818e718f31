// What published reports state in forms of their own: texts or none, some numbers, sizes, values named by their keys.

import Foundation
import ReviewCore
import TextSafety
import Yams

extension SchemaReader {
  /// A list of texts, one of them, or `none`.
  mutating func texts(_ node: Node, _ name: String) -> Field.Value? {
    guard let text = node.text else { return list(node, .text, name) }
    guard text != "none" else { return .list([]) }
    return plain(text, node, name).map { .list([Field(value: .text($0), place: node.place)]) }
  }

  mutating func numbers(_ node: Node, _ limits: ClosedRange<Double>, _ name: String) -> Field.Value? {
    let items: [Node]
    if case .sequence(let sequence) = node { items = Array(sequence) } else { items = [node] }
    var found: [Double] = []
    for item in items {
      guard let text = item.text else {
        faults.add(item.place, "\(name): expected a number, found \(item.kind)")
        continue
      }
      switch number(PlainText.brief(text), limits) {
      case .success(let number): found.append(number)
      case .failure(let problem): faults.add(item.place, "\(name): \(problem.words)")
      }
    }
    return found.isEmpty ? nil : .numbers(found)
  }

  /// `5 x 20 mm`, `2.5 cm`: in millimetres.
  func size(_ text: String) -> Result<[Double], Problem> {
    let cure = Problem("‘\(text)’ is not a size; write it as 5 x 20 mm, with one to three lengths")
    let isCentimetres = text.hasSuffix("cm")
    guard isCentimetres || text.hasSuffix("mm") else { return .failure(cure) }
    let lengths = text.dropLast(2).split(omittingEmptySubsequences: false) { "x×X*".contains($0) }.map {
      String($0.filter { $0 != " " })
    }
    guard (1...3).contains(lengths.count) else { return .failure(cure) }
    var found: [Double] = []
    for length in lengths {
      guard let number = length.plainNumber else { return .failure(cure) }
      let millimetres = isCentimetres ? number * 10 : number
      guard (0.1...2000).contains(millimetres) else {
        return .failure(Problem("\(length) lies outside 0.1 to 2000 mm"))
      }
      found.append((millimetres * 1000).rounded() / 1000)
    }
    return .success(found)
  }

  // MARK: named values

  /// Keys of a block that say what is stated; the others say when.
  private static let named: Set<String> = ["name", "value", "unit"]

  /// Blocks as the schema has them, and short ones, `{day: 0, crp: 64, esr: 70}`, of which each value makes one.
  mutating func facts(_ node: Node, _ schema: FileSchema, _ name: String) -> Field.Value? {
    guard case .sequence(let items) = node else {
      faults.add(node.place, "\(name): expected a list (lines that begin with ‘- ’), found \(node.kind)")
      return nil
    }
    var records: [Field] = []
    for item in items {
      guard case .mapping(let mapping) = item, mapping["name"] == nil else {
        if let fields = fields(item, schema) { records.append(Field(value: .record(fields), place: item.place)) }
        continue
      }
      records += shortFacts(mapping, item.place, schema, name)
    }
    return .list(records)
  }

  private mutating func shortFacts(
    _ mapping: Node.Mapping, _ place: FilePosition, _ schema: FileSchema, _ name: String
  ) -> [Field] {
    let times = schema.keys.filter { !Self.named.contains($0.name) }
    var common = Fields(place: place)
    var found: [Field] = []
    for (keyNode, value) in mapping {
      let key = keyNode.text ?? ""
      if let time = times.first(where: { $0.name == key }) {
        if let field = field(value, time.type, key) { common.byKey[key] = field }
        continue
      }
      guard let title = plain(key, keyNode, name) else { continue }
      if Self.named.contains(key) {
        faults.add(
          keyNode.place, "\(name): ‘\(key)’ stands with ‘name’; say ‘name’ too, or write {\(times[0].name): 0, crp: 64}"
        )
        continue
      }
      if let near = Spelling.nearest(to: key, in: times.map(\.name)) {
        faults.add(keyNode.place, "\(name): there is no key ‘\(PlainText.brief(key))’; did you mean ‘\(near)’?")
        continue
      }
      guard !value.isEmpty else {
        faults.add(keyNode.place, "‘\(PlainText.brief(key))’ is empty; leave it out where it is not stated")
        continue
      }
      guard let written = value.text else {
        faults.add(value.place, "\(name), \(PlainText.brief(key)): expected one value, found \(value.kind)")
        continue
      }
      guard let text = plain(written, value, PlainText.brief(key)) else { continue }
      var fields = Fields(place: keyNode.place)
      fields.byKey["name"] = Field(value: .text(title), place: keyNode.place)
      fields.byKey["value"] = Field(value: .text(text), place: value.place)
      found.append(Field(value: .record(fields), place: keyNode.place))
    }
    if found.isEmpty { faults.add(place, "\(name): nothing is named here; write it as {\(times[0].name): 0, crp: 64}") }
    return found.map { field in
      guard case .record(var fields) = field.value else { return field }
      fields.byKey.merge(common.byKey) { own, _ in own }
      return Field(value: .record(fields), place: field.place)
    }
  }
}

/// A day of the calendar, counted so that two can be subtracted.
struct Day: Hashable, Sendable {
  let number: Int

  /// `2020-01-02`; nil for what is none.
  init?(_ text: String) {
    guard text.utf8.count == 10, let date = try? Date("\(text)T00:00:00Z", strategy: .iso8601),
      date.formatted(.iso8601).hasPrefix(text)
    else { return nil }
    number = Int((date.timeIntervalSince1970 / 86_400).rounded())
  }
}
