// The data dictionary of a REDCap project: instruments with their fields, from the codebook.
//
// REDCap help, "Data Dictionary", and its template of 18 columns.

import ReviewCore
import TextSafety

/// A row of the dictionary.
struct RedcapField: Hashable {
  /// Lower-case letters, digits and `_`, at most 26, no two alike.
  var name: String
  var form: String
  var type: String
  var label: String
  /// Code and label of each choice.
  var choices: [[String]] = []
  var note = ""
  var validation = ""
  var limits = ("", "")

  static func == (a: RedcapField, b: RedcapField) -> Bool { a.name == b.name }
  func hash(into hasher: inout Hasher) { hasher.combine(name) }

  /// The columns of the field in a file of records: of check boxes one a choice.
  var columns: [String] { type == "checkbox" ? choices.map { "\(name)___\($0[0])" } : [name] }

  var row: [String] {
    [
      name, form, "", type, label, choices.map { "\($0[0]), \($0[1])" }.joined(separator: " | "), note, validation,
      limits.0, limits.1, "", "", "", "", "", "", "", "",
    ]
  }
}

/// The fields of one finding in one instrument.
struct RedcapFinding {
  var finding: Finding
  var comparator: Comparator
  var answer: RedcapField
  /// Beside check boxes: whether they were graded, for an empty box says nothing.
  var state: RedcapField?
  var bone: RedcapField?
  var confidence: RedcapField?
  var note: RedcapField?
  var all: [RedcapField] { [state, answer, bone, confidence, note].compactMap { $0 } }
}

struct RedcapDictionary {
  static let header = [
    "Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label",
    "Choices, Calculations, OR Slider Labels", "Field Note", "Text Validation Type OR Show Slider Number",
    "Text Validation Min", "Text Validation Max", "Identifier?", "Branching Logic (Show field only if...)",
    "Required Field?", "Custom Alignment", "Question Number (surveys only)", "Matrix Group Name", "Matrix Ranking?",
    "Field Annotation",
  ]

  static let recordID = RedcapField(name: "record_id", form: "case_info", type: "text", label: "Case")
  static let sex = RedcapField(
    name: "sex", form: "case_info", type: "radio", label: "Sex",
    choices: Sex.allCases.map { [$0.rawValue, $0.rawValue] })
  static let age = RedcapField(
    name: "age", form: "case_info", type: "text", label: "Age in years", validation: "integer", limits: ("0", "130"))
  static let months = RedcapField(
    name: "months", form: "examination", type: "text", label: "Months after the baseline", validation: "number")

  /// One for each phase and kind.
  struct Form {
    var name: String
    var label: String
    var phase: Phase
    var isConsensus: Bool
    /// Who, when, which version.
    var head: [RedcapField]
    var findings: [RedcapFinding]
    var fields: [RedcapField] { head + findings.flatMap(\.all) }
    func head(_ ending: String) -> RedcapField? { head.first { $0.name.hasSuffix("_" + ending) } }
  }

  let forms: [Form]

  init(_ export: StudyExport) {
    var names = Names()
    forms = [(Phase.baseline, false), (.followUp, false), (.baseline, true), (.followUp, true)].map {
      phase, isConsensus in
      Self.form(phase, isConsensus: isConsensus, export, &names)
    }
  }

  var fields: [RedcapField] { [Self.recordID, Self.sex, Self.age, Self.months] + forms.flatMap(\.fields) }

  var csv: String { Escape.csv([Self.header] + fields.map(\.row)) }

  private static func form(_ phase: Phase, isConsensus: Bool, _ export: StudyExport, _ names: inout Names) -> Form {
    let ending = phase == .baseline ? "baseline" : "follow_up"
    let name = (isConsensus ? "consensus_" : "read_") + ending
    let prefix = (isConsensus ? "c" : "r") + (phase == .baseline ? "b" : "f")
    func text(_ ending: String, _ label: String, _ validation: String = "") -> RedcapField {
      RedcapField(
        name: names.unique("\(prefix)_\(ending)"), form: name, type: "text", label: label, validation: validation)
    }
    let head =
      (isConsensus ? [] : [text("reader", "Reader")])
      + [text("round", "Round", "integer"), text("version", "Version", "integer")]
      + (isConsensus ? [] : [text("signed", "Signed, UTC"), text("seconds", "Seconds spent", "integer")])
      + [text("made_in", "Study in which it was made")]
      + (export.hasNotes && !isConsensus ? [text("reading_note", "Note on the whole reading")] : [])
    let comparators: [Comparator] = phase == .baseline ? [.baseline] : [.baseline, .previous]
    let findings = comparators.flatMap { comparator in
      export.codebook.findings(in: phase).filter { comparator == .baseline || $0.isComparison }.map { finding in
        Self.fields(finding, comparator, prefix + (comparator == .previous ? "p" : ""), name, export, &names)
      }
    }
    let label = (isConsensus ? "Consensus" : "Reading") + (phase == .baseline ? ", baseline" : ", follow-up")
    return Form(name: name, label: label, phase: phase, isConsensus: isConsensus, head: head, findings: findings)
  }

  private static func fields(
    _ finding: Finding, _ comparator: Comparator, _ prefix: String, _ form: String, _ export: StudyExport,
    _ names: inout Names
  ) -> RedcapFinding {
    let title = finding.title + (comparator == .previous ? ", against the examination before" : "")
    func field(_ ending: String, _ type: String, _ label: String, choices: [[String]] = [], note: String = "")
      -> RedcapField
    {
      RedcapField(
        name: names.unique("\(prefix)_\(finding.id)", ending: ending), form: form, type: type, label: label,
        choices: choices,
        note: note)
    }
    let levels = finding.levels.map { [finding.code($0.id), choice($0.title)] }
    var fields: RedcapFinding
    switch finding.scale {
    case .choice:
      fields = RedcapFinding(
        finding: finding, comparator: comparator, answer: field("", "radio", title, choices: levels))
    case .set:
      fields = RedcapFinding(
        finding: finding, comparator: comparator, answer: field("", "checkbox", title, choices: levels))
      fields.state = field(
        "_st", "radio", "\(title): graded", choices: [["1", "graded"]] + NoAnswer.allCases.map { [$0.code, $0.title] })
    case .number:
      var answer = field("", "text", title, note: finding.number?.unit ?? "")
      answer.validation = "number"
      answer.limits = (finding.number?.from?.plain ?? "", finding.number?.to?.plain ?? "")
      fields = RedcapFinding(finding: finding, comparator: comparator, answer: answer)
    case .sites, .map:
      fields = RedcapFinding(
        finding: finding, comparator: comparator,
        answer: field(
          "", "text", title,
          note: (finding.scale == .sites ? "as T10,L1,upper_sacrum" : "as T11:increased,L2:decreased")
            + "; none where no bone is")
      )
    }
    if finding.takesBone { fields.bone = field("_bone", "text", "\(title): bone where it was seen") }
    if export.study.studyProtocol.asksConfidence {
      fields.confidence = field("_conf", "radio", "\(title): confidence", choices: (1...5).map { ["\($0)", "\($0)"] })
    }
    if export.hasNotes { fields.note = field("_note", "notes", "\(title): note") }
    return fields
  }

  /// A bar ends a choice, and a line break a row.
  private static func choice(_ title: String) -> String {
    String(String.UnicodeScalarView(title.unicodeScalars.map { $0 == "|" ? "/" : $0 }))
  }

  /// Names as REDCap takes them, no two alike.
  private struct Names {
    private var taken: Set<String> = ["record_id", "sex", "age", "months"]

    mutating func unique(_ wanted: String, ending: String = "") -> String {
      let plain = String(
        String.UnicodeScalarView(
          wanted.lowercased().unicodeScalars.map { scalar in
            ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) ? scalar : "_"
          }))
      var number = 1
      while true {
        let tail = (number == 1 ? "" : "\(number)") + ending
        let name = plain.prefix(26 - tail.count) + tail
        if taken.insert(String(name)).inserted { return String(name) }
        number += 1
      }
    }
  }
}
