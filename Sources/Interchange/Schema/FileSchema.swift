// What a file may hold: one table from which the reader, its messages and the description of the format are made.

import ReviewCore
import TextSafety

/// What stands behind a key.
indirect enum FieldType: Sendable {
  /// One line of text.
  case text
  /// Letters, digits, `-`, `_` and `.`: safe in a file name and on a command line.
  case identifier
  case word([String])
  /// One of some usual words, or another.
  case openWord([String])
  case whole(ClosedRange<Int>)
  case number(ClosedRange<Double>)
  /// Two numbers, as `500-700`.
  case range(ClosedRange<Double>)
  case yesNo
  /// A moment in UTC, as `2025-03-04 09:12`.
  case moment
  case list(FieldType)
  /// Texts, one text, or `none`.
  case texts
  /// A number, or a list of some.
  case numbers(ClosedRange<Double>)
  /// One to three lengths, as `5 x 20 mm`.
  case size
  /// A day of the calendar, as `2020-01-02`.
  case date
  /// Blocks of named values; several names of one time may stand in one block.
  case facts(FileSchema)
  case record(FileSchema)
  /// Words of a file with what they stand for, as `A: R1`.
  case pairs
  /// Findings of the codebook, each with its grade.
  case grades(Phase)
  /// Facts that the study's codebook declares and nobody grades.
  case given
  /// One of the codebook's bones.
  case bone
  /// Series and slice, as `4/12`.
  case image
  /// A grade of the finding; of any where the format is described.
  case grade(Finding?)
  /// What takes several forms, in words; who asks for it reads the node.
  case node(String)

  /// In words, for messages and for the description.
  var words: String {
    switch self {
    case .text: "text"
    case .identifier: "id"
    case .word(let allowed): allowed.map { "`\($0)`" }.joined(separator: ", ")
    case .openWord(let usual): usual.map { "`\($0)`" }.joined(separator: ", ") + ", or another word"
    case .texts: "list: text; one text; or `none`"
    case .numbers(let range): FieldType.number(range).words + ", or a list of them"
    case .size: "lengths, as `5 x 20 mm`, `2.5 cm`"
    case .date: "day, as `2020-01-02`"
    case .facts(let schema):
      "list of [\(schema.name)](#\(schema.anchor)); shorter: `{day: 0, crp: 64, esr: 70}`"
    case .whole(let range): "whole number \(range.lowerBound) to \(range.upperBound)"
    case .number(let range): "number \(range.lowerBound.plain) to \(range.upperBound.plain)"
    case .range: "range, as `500-700`"
    case .yesNo: "`yes`, `no`"
    case .moment: "date and time in UTC, as `2025-03-04 09:12`"
    case .list(.record(let schema)): "list of [\(schema.name)](#\(schema.anchor))"
    case .list(let type): "list: \(type.words)"
    case .record(let schema): "[\(schema.name)](#\(schema.anchor))"
    case .grades(.baseline): "baseline findings with their grades"
    case .grades(.followUp), .grades(.every): "follow-up findings with their grades"
    case .given: "given facts of the codebook with their levels"
    case .pairs: "block of words, as `A: R1`"
    case .bone: "bone, as `L5`, `ribs_left`"
    case .image: "series/slice, as `4/12`"
    case .node(let words): words
    case .grade: "level, list of levels, bones, or changes per bone"
    }
  }
}

/// A key of a block.
struct SchemaKey: Sendable {
  let name: String
  let type: FieldType
  let isRequired: Bool
  /// What it means, one line.
  let meaning: String
  /// Set where the key is known but not taken here: why, and the cure.
  let refusal: String?
  /// True where what is not taken is left out with a warning, and the rest of the file holds.
  let isLeftOut: Bool

  init(
    _ name: String, _ type: FieldType, required: Bool = false, refusal: String? = nil, leftOut: Bool = false,
    _ meaning: String
  ) {
    self.name = name
    self.type = type
    self.isRequired = required
    self.meaning = meaning
    self.refusal = refusal
    isLeftOut = leftOut
  }
}

/// The keys of one kind of block.
struct FileSchema: Sendable {
  /// As in `a biopsy`: singular.
  let name: String
  let keys: [SchemaKey]

  init(_ name: String, _ keys: [SchemaKey]) {
    self.name = name
    self.keys = keys
  }

  var anchor: String { name.replacing(" ", with: "-") }

  /// Itself and every block below it, each once, in the order of the keys.
  var all: [FileSchema] {
    var found: [FileSchema] = [self]
    for key in keys {
      var type = key.type
      while case .list(let inner) = type { type = inner }
      let inner: FileSchema? =
        switch type {
        case .record(let schema), .facts(let schema): schema
        default: nil
        }
      guard let inner else { continue }
      for schema in inner.all where !found.contains(where: { $0.name == schema.name }) { found.append(schema) }
    }
    return found
  }
}
