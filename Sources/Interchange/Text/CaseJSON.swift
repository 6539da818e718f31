// `show --json`: a case as the one who asks may see it. Keys are those of a case file where it has them.

import ReviewCore

package enum CaseJSON {
  package static func text(_ view: CaseView, study: Study) -> String {
    JSONText.of(Shown(view, study))
  }

  private struct Shown: Encodable {
    let format = "endplate-case-view/1"
    let study: String
    let stage: String
    let withheld: [String]
    /// Given facts of the codebook as `given` of a case file has them; null is not stated, or withheld.
    let given: [String: String?]
    let patientCase: Case
    let grades: [Shown.Grade]

    enum CodingKeys: String, CodingKey {
      case format, study, stage, withheld, given, grades
      case patientCase = "case"
    }

    struct Grade: Encodable {
      let examination, by, finding, comparator, value, words: String
      let note, bone: String?
    }

    init(_ view: CaseView, _ study: Study) {
      self.study = view.withheld.contains(.title) ? study.neutralTitle : study.title
      stage = view.stage.rawValue
      withheld = view.withheld.map(\.rawValue).sorted() + view.withheldFacts.map { "given.\($0)" }.sorted()
      given = study.codebook.given(of: view).reduce(into: [:]) { $0[$1.id.rawValue] = .some($1.text) }
      var bare = view.patientCase
      bare.given = nil
      patientCase = bare
      let agreed = view.consensus?.grades.compactMapValues(\.grade) ?? [:]
      let own = view.readings.filter { $0.round == view.round }.flatMap { reading in
        Self.rows(reading.grades, by: reading.reader.rawValue, study.codebook)
      }
      grades =
        Self.rows(agreed, by: view.consensus.map { "consensus, \($0.origin.rawValue)" } ?? "", study.codebook) + own
    }

    private static func rows(_ grades: [GradeKey: ReviewCore.Grade], by: String, _ codebook: Codebook) -> [Grade] {
      let places = Dictionary(codebook.findings.enumerated().map { ($1.id, $0) }) { first, _ in first }
      return grades.sorted {
        ($0.key.examination.months, places[$0.key.finding] ?? .max, $0.key.comparator.rawValue)
          < ($1.key.examination.months, places[$1.key.finding] ?? .max, $1.key.comparator.rawValue)
      }.map { key, grade in
        Grade(
          examination: key.examination.rawValue, by: by, finding: key.finding.rawValue,
          comparator: key.comparator.rawValue, value: grade.value.text,
          words: codebook[key.finding]?.words(grade.value) ?? grade.value.text, note: grade.note,
          bone: grade.bone?.rawValue)
      }
    }
  }
}
