// Answers as codes: levels by their codes in the codebook, and what is no answer by codes of its own.

import ReviewCore
import TextSafety

/// Why there is no answer. The codes are the same in every format, and those of no level.
package enum NoAnswer: String, CaseIterable, Sendable {
  case unresolved
  case notAssessable = "not_assessable"
  case notAcquired = "not_acquired"
  case notAsked = "not_asked"
  case notGraded = "not_graded"

  package var code: String {
    switch self {
    case .unresolved: "-5"
    case .notAssessable: "-6"
    case .notAcquired: "-7"
    case .notAsked: "-8"
    case .notGraded: "-9"
    }
  }

  package var title: String { rawValue.replacing("_", with: " ") }

  package var meaning: String {
    switch self {
    case .unresolved: "the readers did not agree; counts as missing"
    case .notAssessable: "the reader looked and could not tell"
    case .notAcquired: "the images that show it were not acquired"
    case .notAsked:
      "nobody asked: it is asked after the clinical data, the reading was signed before the codebook had it, or the table from "
        + "elsewhere has nothing of it"
    case .notGraded: "it was asked, and there is no grade"
    }
  }
}

/// One row of an answer: the whole, or of bones and of changes per bone one of them.
package struct Answer: Hashable, Sendable {
  /// `graded`, or a `NoAnswer`.
  package var status: String
  /// The bone or extent it is about; where a sign was seen.
  package var place = ""
  /// Level ids with `+` between them; `named` for a bone.
  package var value = ""
  package var code: String
  package var label: String

  package static let graded = "graded"
  /// What is said of a bone that is named.
  package static let named = "named"

  init(_ none: NoAnswer) { (status, code, label) = (none.rawValue, none.code, none.title) }

  init(place: String, value: String, code: String, label: String) {
    (status, self.place, self.value, self.code, self.label) = (Self.graded, place, value, code, label)
  }
}

extension Finding {
  /// The level's code: the one that the codebook gives it, else its place there, from 1.
  package func code(_ level: LevelID) -> String { code(of: level).map { "\($0)" } ?? level.rawValue }

  /// A grade as rows, in the order of bones.
  package func answers(_ grade: Grade?, missing: NoAnswer? = nil) -> [Answer] {
    let without = missing ?? (isAskedAfterwards ? .notAsked : .notGraded)
    guard let grade else { return [Answer(without)] }
    switch grade.value {
    case .notAssessable: return [Answer(.notAssessable)]
    case .notAcquired: return [Answer(.notAcquired)]
    case .level, .levels:
      let levels = grade.value.levelIDs
      return [
        Answer(
          place: grade.bone?.rawValue ?? "", value: levels.map(\.rawValue).joined(separator: "+"),
          code: levels.map(code).joined(separator: "+"), label: words(grade.value))
      ]
    case .number(let number):
      return [Answer(place: "", value: number.plain, code: number.plain, label: words(grade.value))]
    case .sites([]), .map([:]):
      return [Answer(place: "", value: grade.value.text, code: codeOfNone, label: words(grade.value))]
    case .sites(let sites):
      return sites.map { Answer(place: $0.id, value: Answer.named, code: "1", label: $0.title) }
    case .map(let changes):
      return changes.sorted { $0.key < $1.key }.map { bone, level in
        Answer(
          place: bone.rawValue, value: level.rawValue, code: code(level),
          label: self.level(level)?.title ?? level.rawValue)
      }
    }
  }

  /// Every code that an answer may have, with its value, its label and what kind it is. Of a set with many levels not
  /// every combination, which would be thousands, but those of up to six.
  package var codes: [(kind: String, value: String, code: String, label: String)] {
    let plain = levels.map { (kind: "level", value: $0.id.rawValue, code: code($0.id), label: $0.title) }
    let none = NoAnswer.allCases.map { (kind: "no answer", value: "", code: $0.code, label: $0.title) }
    switch scale {
    case .choice: return plain + none
    case .map: return plain + [noBone] + none
    case .number: return [(kind: "number", value: "", code: "number", label: number?.words ?? "a number")] + none
    case .sites:
      return [(kind: "place", value: Answer.named, code: "1", label: "bone or extent named"), noBone] + none
    case .set: return plain + combinations + none
    }
  }

  /// The code of *none*, of bones: 0, where that is not a level's.
  package var codeOfNone: String { levels.contains { code($0.id) == "0" } ? "none" : "0" }

  private var noBone: (kind: String, value: String, code: String, label: String) {
    (kind: "place", value: GradeValue.sites([]).text, code: codeOfNone, label: words(.sites([])))
  }

  /// Whether `codes` has every answer that there can be.
  var listsEveryCode: Bool {
    switch scale {
    case .choice, .map, .sites: true
    case .set: levels.count <= 6
    case .number: false
    }
  }

  private var combinations: [(kind: String, value: String, code: String, label: String)] {
    guard (2...6).contains(levels.count) else { return [] }
    return (1..<(1 << levels.count)).filter { $0.nonzeroBitCount > 1 }.map { bits in
      let chosen = levels.indices.filter { bits & (1 << $0) != 0 }.map { levels[$0].id }
      return (
        kind: "combination", value: chosen.map(\.rawValue).joined(separator: "+"),
        code: chosen.map(code).joined(separator: "+"), label: words(.levels(chosen))
      )
    }.sorted { ($0.code.utf8.count, $0.code) < ($1.code.utf8.count, $1.code) }
  }
}
