// Codebooks as texts, and grades in one line.

import Codebooks
import Interchange
import SampleCases
import Testing

let head = "format: endplate-codebook/1\nid: mine\nversion: 1\ntitle: Mine\n"

func read(_ text: String) -> Outcome<Scheme> {
  CodebookReader.read(InputFile(name: "c.yaml", bytes: Array(text.utf8)))
}

/// Faults of a text behind the usual head, as `line:column message`.
func faults(_ text: String, head: String = head) -> [String] {
  read(head + text).faults.map { "\($0.line):\($0.column) \($0.message)" }
}

func scheme(_ text: String) throws -> Scheme {
  let outcome = read(head + text)
  return try #require(outcome.value, "\(outcome.faults.map(\.description).joined(separator: "\n"))")
}

func sample(_ name: String) throws -> Scheme {
  let file = try #require(SampleCases.codebooks.first { $0.name == name + ".yaml" })
  let outcome = CodebookReader.read(InputFile(name: file.name, bytes: file.bytes))
  return try #require(outcome.value, "\(outcome.faults.map(\.description).joined(separator: "\n"))")
}

func lines(_ scheme: Scheme, _ grades: String...) throws -> [String] {
  try CodebookTrial.lines(scheme, grades: grades)
}
