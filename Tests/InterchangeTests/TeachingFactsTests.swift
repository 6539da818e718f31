// Every statement of the seven scripts, held against the table of the places of the paper it rests on.
//
// `goldens/teaching-facts.tsv` has a row a statement: case, places, words. A place is a line of
// `goldens/teaching-places.tsv`: lines of the source paper's text, where that is, and the numbers that stand there.
// `-` marks what states nothing of the paper, `x` an answer offered as a wrong one, `count` what is counted from its
// tables. A text that is not in the table fails: whoever writes one says what it rests on.

import Foundation
import Interchange
import ReviewCore
import SampleCases
import Testing

struct TeachingFactsTests {
  private struct Statement {
    var caseID: CaseID
    var places: [String]
    var words: String
  }

  private struct Place {
    var lines: ClosedRange<Int>
    var numbers: Set<String>
  }

  private static let pathOfPaper = 1...671

  private static func rows(_ name: String) throws -> [[String]] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "goldens/\(name).tsv")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
      .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
  }

  private let statements: [Statement]
  private let places: [String: Place]
  private let scripts: [CaseID: TeachingScript]

  init() throws {
    statements = try Self.rows("teaching-facts").map { row in
      try #require(row.count == 3, "\(row)")
      return Statement(caseID: CaseID(row[0]), places: row[1].split(separator: " ").map(String.init), words: row[2])
    }
    places = try Self.rows("teaching-places").reduce(into: [:]) { places, row in
      let ends = row[1].split(separator: "-").compactMap { Int($0) }
      let (first, last) = (try #require(ends.first), try #require(ends.last))
      places[row[0]] = Place(lines: first...last, numbers: Set(row[3].split(separator: " ").map(String.init)))
    }
    scripts = try SampleStudies.scripts(SampleCases.files)
  }

  /// Everything a script says, each text for itself.
  private func texts(_ script: TeachingScript) -> [String] {
    var texts: [String] = []
    for step in script.steps {
      texts.append(step.title)
      for part in [step.text, step.reveal, step.quoted, step.notes] { texts += part }
      guard let question = step.question else { continue }
      texts.append(question.ask)
      texts += question.answers.map(\.because)
      if question.finding == nil { texts += question.answers.map(\.text) }
    }
    return texts
  }

  @Test(arguments: TeachingScriptsTests.ids) func everyTextIsInTheTable(id: CaseID) throws {
    let known = statements.filter { $0.caseID == id }.map(\.words).sorted { $0.count > $1.count }
    for text in texts(try #require(scripts[id])) {
      var rest = text
      // The longest first, so that a statement is not taken for a part of another.
      for statement in known {
        if let found = rest.range(of: statement) { rest.removeSubrange(found) }
      }
      #expect(rest.allSatisfy { $0.isWhitespace }, "case \(id): nothing says what this rests on: \(rest)")
    }
  }

  @Test func everyRowIsSaidByItsScriptAndNamesItsPlaces() throws {
    for statement in statements {
      let script = try #require(scripts[statement.caseID])
      #expect(texts(script).contains { $0.contains(statement.words) }, "nobody says: \(statement.words)")
      #expect(!statement.places.isEmpty)
      for place in statement.places where !["-", "x", "count"].contains(place) {
        let found = try #require(places[place], "\(place)")
        #expect(Self.pathOfPaper.contains(found.lines.lowerBound) && Self.pathOfPaper.contains(found.lines.upperBound))
      }
    }
  }

  /// A constructed case states nothing without its source, or without saying that it is constructed.
  @Test(arguments: ["C1", "C2", "C3", "C4"] as [CaseID]) func everyStatementOfAConstructedCaseNamesItsSource(id: CaseID)
    throws
  {
    let script = try #require(scripts[id])
    let named = script.sources.compactMap { $0.split(separator: ":").first.map(String.init) }
    #expect(named.first == "source paper" && script.reference == "no patient, made up for teaching")
    for step in script.steps {
      let answers = step.question?.answers.map(\.because) ?? []
      for text in step.text + step.reveal + answers {
        for sentence in text.split(separator: ". ").map(String.init) {
          let bare = sentence.trimmingCharacters(in: CharacterSet(charactersIn: "."))
          #expect((named + ["constructed"]).contains { bare.hasSuffix("(\($0))") }, "\(id): \(sentence)")
        }
      }
      #expect(step.quoted.isEmpty)
    }
    let paper = statements.filter { $0.caseID == id && $0.words.hasSuffix("(source paper).") }
    #expect(!paper.isEmpty && paper.allSatisfy { !$0.places.contains("-") })
  }

  private static let words = ["two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "eight": "8"]

  /// Numbers of a statement, in figures and words, without names of bones and pictures and without the group of seven.
  private func numbers(_ text: String) -> (figures: [String], words: [String]) {
    var bare = text.replacing(/\b[CTLS]\d+W?(-[CTLS]?\d+)?/, with: "")
    bare = bare.replacing(/[Ff]igure \d\w?|[Pp]atients? \d( (to|and) \d)?/, with: "")
    let figures = bare.matches(of: /\d+(?:\.\d+)?/).map { String($0.0) }.filter { $0 != "7" && $0 != "1" }
    let spelt = bare.lowercased().split { !$0.isLetter }.compactMap { Self.words[String($0)] }
    return (figures, spelt)
  }

  @Test func everyNumberStandsWhereTheTableSays() {
    for statement in statements where statement.places != ["-"] && statement.places != ["x"] {
      let here = statement.places.reduce(into: Set<String>()) { $0.formUnion(places[$1]?.numbers ?? []) }
      let (figures, words) = numbers(statement.words)
      for number in figures { #expect(here.contains(number), "\(number) in: \(statement.words)") }
      guard !statement.places.contains("count") else { continue }
      for number in words { #expect(here.contains(number), "\(number) in: \(statement.words)") }
    }
  }

  /// What a table says of one patient is cited for that patient's script, or the words name another.
  @Test func rowsOfTheTablesAreThoseOfTheCase() {
    for statement in statements {
      let rows = statement.places.filter { $0.wholeMatch(of: /T\d\.\d/) != nil }
      guard !statement.caseID.rawValue.hasPrefix("C"), !rows.isEmpty,
        !rows.contains(where: { $0.hasSuffix(".\(statement.caseID)") })
      else { continue }
      let other = /(other|another|anybody|seven|man|woman|one patient|patients? \d|without her)/
      #expect(
        statement.words.lowercased().contains(other), "case \(statement.caseID) cites \(rows): \(statement.words)")
    }
  }

  /// A sign is how often a disease shows it, and none is proof: said where the rim is taught.
  @Test func noScriptTakesASignForADisease() throws {
    for id in TeachingScriptsTests.ids {
      let script = try #require(scripts[id])
      let all = texts(script).joined(separator: " ").lowercased()
      for claim in ["most specific", "is the sign of", "the one sign", "says prostate", "proves osteomyelitis"] {
        #expect(!all.contains(claim), "case \(id): \(claim)")
      }
      #expect(
        !all.contains("keep height") && !all.contains("keeps its height"), "case \(id): disks are graded by three")
      #expect(script.reference == "PubMed 18356469")
      #expect(script.diagnosis == "osteomyelitis")
    }
    let all = scripts.values.flatMap(texts).joined(separator: " ")
    for needed in [
      "pathognomonic", "7.44 to 22.89 mg/dL", "69.4 %", "superparamagnetic iron oxide", "diffusion-weighted imaging",
      "why the latter is not stated", "chronic all the same",
    ] { #expect(all.contains(needed), "no script says ‘\(needed)’") }
  }
}
