// `list --json`: the worklist for programs, with keys that stay.

import Foundation
import ReviewCore
import TextSafety

/// The keys, all always present; `null` stands for what is not stated, not graded or withheld.
///
/// `format` (`endplate-worklist/1`), `study`, `constructed` (its cases are made up for teaching, and what is `published`
/// of them stands in no publication), `total` (cases that match), `cases`: for each `id`, `position` (from 1),
/// `sex`, `age` (years), `title`, `bones` (site ids), `lesions`, `state` (`none`, `todo`, `draft`, `signed`: of the
/// principal), `graded` and `of` (findings, of a draft), `signed` and `required` (readers), `stage`, `follow_ups`
/// (months), `flags`, `damaged` (what was imported of the case cannot be read any more).
package struct WorklistJSON {
  private var isFirst = true

  private init() {}

  /// Writes the list piece by piece, so that one of any length takes little memory.
  ///
  /// - Parameter page: the rows from an index on, an empty page where there are no more.
  package static func write(
    study: String, isConstructed: Bool = false, page: (_ offset: Int) throws -> WorklistPage,
    to output: (String) -> Void
  ) throws {
    var json = WorklistJSON()
    var (offset, total) = (0, 0)
    output("{\n  \"cases\" : [\n")
    repeat {
      let page = try page(offset)
      output(try json.text(page.rows))
      (offset, total) = (offset + page.rows.count, page.total)
      if page.rows.isEmpty { break }
    } while offset < total
    output(try json.end(Rest(format: "endplate-worklist/1", study: study, constructed: isConstructed, total: total)))
  }

  package static func text(_ page: WorklistPage, study: String) throws -> String {
    var text = ""
    try write(study: study, page: { $0 == 0 ? page : WorklistPage(offset: $0, total: page.total) }) { text += $0 }
    return text
  }

  private mutating func text(_ rows: [WorklistRow]) throws -> String {
    var text = ""
    for row in rows {
      let lines = try Self.json(Entry(row)).split(separator: "\n", omittingEmptySubsequences: false)
      text += (isFirst ? "" : ",\n") + lines.map { $0.isEmpty ? "" : "    " + $0 }.joined(separator: "\n")
      isFirst = false
    }
    return text
  }

  /// Behind the cases: the list closed, and the other keys in the order of the alphabet.
  private func end(_ rest: Rest) throws -> String { "\n  ],\n" + (try Self.json(rest)).dropFirst(2) + "\n" }

  private static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return Escape.json(String(decoding: try encoder.encode(value), as: UTF8.self))
  }

  private struct Rest: Encodable {
    var format: String
    var study: String
    var constructed: Bool
    var total: Int
  }

  private struct Entry: Encodable {
    let row: WorklistRow

    init(_ row: WorklistRow) { self.row = row }

    enum Key: String, CodingKey {
      case id, position, sex, age, title, bones, lesions, state, graded, of, signed, required, stage, flags, damaged
      case followUps = "follow_ups"
    }

    func encode(to encoder: any Encoder) throws {
      var keys = encoder.container(keyedBy: Key.self)
      let (state, graded, of) = standing
      try keys.encode(row.id, forKey: .id)
      try keys.encode(row.position, forKey: .position)
      try keys.encode(row.sex, forKey: .sex)
      try keys.encode(row.age, forKey: .age)
      try keys.encode(row.title, forKey: .title)
      try keys.encode(row.bones.map { $0.isAnswer && !$0.isNone ? $0.siteList.map(\.id) : [$0.text] }, forKey: .bones)
      try keys.encode(row.lesions?.text, forKey: .lesions)
      try keys.encode(state, forKey: .state)
      try keys.encode(graded, forKey: .graded)
      try keys.encode(of, forKey: .of)
      try keys.encode(row.signed, forKey: .signed)
      try keys.encode(row.required, forKey: .required)
      try keys.encode(row.stage, forKey: .stage)
      try keys.encode(row.followUps, forKey: .followUps)
      try keys.encode(row.flags.map(\.rawValue).sorted(), forKey: .flags)
      try keys.encode(row.isDamaged, forKey: .damaged)
    }

    private var standing: (state: String, graded: Int?, of: Int?) {
      switch row.own {
      case .none: ("none", nil, nil)
      case .todo: ("todo", nil, nil)
      case .draft(let graded, let of): ("draft", graded, of)
      case .signed: ("signed", nil, nil)
      }
    }
  }
}
