// Writes a case as a case file: what is not stated is left out, and reading it back gives the same case.

import ReviewCore
import Yams

package enum CaseFileWriter {
  /// - Throws: what Yams says of a text it cannot write; none that a case file may hold.
  package static func yaml(_ patientCase: Case) throws -> String {
    try Yams.serialize(node: node(patientCase), indent: 2, width: -1, allowUnicode: true)
  }

  private static func node(_ patientCase: Case) -> Node {
    let followUps = patientCase.followUps
    return block([
      ("format", text(CaseSchema.format)),
      ("id", text(patientCase.id.rawValue)),
      ("title", patientCase.title.map(text)),
      ("sex", patientCase.sex.map(word)),
      ("age", patientCase.age.map { Node(String($0)) }),
      (
        "presentation",
        patientCase.presentation.map {
          block([("symptoms", $0.symptoms.isEmpty ? nil : texts($0.symptoms)), ("duration", $0.duration.map(text))])
        }
      ),
      (
        "original_report",
        patientCase.originalReport.map {
          block([("misread", yesNo($0.misread)), ("taken_for", $0.takenFor.map(text))])
        }
      ),
      ("biopsies", patientCase.biopsies.map { Node($0.map(biopsy)) }),
      ("cultures", patientCase.cultures.map { Node($0.map(culture)) }),
      ("basis_of_diagnosis", patientCase.basisOfDiagnosis.map(word)),
      ("therapy", patientCase.therapy.map(texts)),
      ("outcome", patientCase.outcome.map(word)),
      ("baseline", patientCase.examination(.baseline).flatMap { $0.isBare ? nil : block(examination($0)) }),
      (
        "follow_ups",
        followUps.isEmpty
          ? nil : Node(followUps.map { block([("months", Node($0.id.months.plain))] + examination($0)) })
      ),
      (
        "course",
        patientCase.course.isEmpty
          ? nil : block(patientCase.course.sorted { $0.key < $1.key }.map { ($0.key.rawValue, grade($0.value)) })
      ),
    ])
  }

  private static func examination(_ examination: Examination) -> [(String, Node?)] {
    [
      ("acquisitions", examination.acquisitions.isEmpty ? nil : Node(examination.acquisitions.map(acquisition))),
      ("remarks", examination.remarks.isEmpty ? nil : texts(examination.remarks)),
    ]
  }

  private static func acquisition(_ series: Acquisition) -> Node {
    block([
      ("sequence", word(series.sequence)),
      ("acquired", series.isAcquired ? nil : yesNo(false)),
      ("plane", series.plane.map(word)),
      ("tr", series.tr.map { Node($0.plain) }),
      ("te", series.te.map { Node($0.plain) }),
      ("ti", series.ti.map { Node($0.plain) }),
      ("fat_suppressed", series.fatSuppressed.map(yesNo)),
      ("figure", series.figure.map(text)),
      ("remark", series.remark.map(text)),
    ])
  }

  private static func biopsy(_ biopsy: Biopsy) -> Node {
    block([
      ("tissue", word(biopsy.tissue)),
      ("site", biopsy.site.map(text)),
      ("bone", biopsy.bone.map(word)),
      ("guidance", biopsy.guidance.map(text)),
      ("result", text(biopsy.result)),
      ("remark", biopsy.remark.map(text)),
    ])
  }

  private static func culture(_ culture: Culture) -> Node {
    block([
      ("specimen", word(culture.specimen)),
      ("result", word(culture.result)),
      ("organism", culture.organism.map(text)),
    ])
  }

  /// Several levels or bones as a list, changes as a block, everything else as one word.
  private static func grade(_ value: GradeValue) -> Node {
    switch value {
    case .levels(let levels): texts(levels.map(\.rawValue))
    case .sites(let sites): texts(sites.map(\.id))
    case .map(let changes): block(changes.sorted { $0.key < $1.key }.map { ($0.key.rawValue, text($0.value.rawValue)) })
    case .level, .notAssessable, .notAcquired: text(value.text)
    }
  }

  private static func block(_ pairs: [(String, Node?)]) -> Node {
    Node(pairs.compactMap { key, value in value.map { (Node(key), $0) } })
  }

  private static func word(_ value: some RawRepresentable<String>) -> Node { text(value.rawValue) }
  private static func yesNo(_ value: Bool) -> Node { Node(value ? "yes" : "no") }
  private static func texts(_ values: [String]) -> Node { Node(values.map(text), .implicit, .flow) }

  /// Quoted where the bare word would read as nothing.
  private static func text(_ value: String) -> Node {
    Node(value, .implicit, Node(value).isEmpty ? .doubleQuoted : .any)
  }
}

extension Examination {
  /// True where nothing is stated but that it took place.
  fileprivate var isBare: Bool { acquisitions.isEmpty && remarks.isEmpty }
}
