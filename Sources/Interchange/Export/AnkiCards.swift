// Questions of finished cases as a file that Anki imports (File, Import): tab-separated, with its settings in the head.
//
// Anki's manual, "Importing: text files". The pictures lie in the cards themselves, so that there is one file.

import Figures
import Foundation
import ReviewCore
import TextSafety

package struct AnkiCards {
  let export: StudyExport

  package init(_ export: StudyExport) { self.export = export }

  package var text: String {
    let head = [
      "#separator:tab", "#html:true", "#notetype:Basic", "#deck:\(Self.line(export.study.title))",
      "#columns:Guid\tFront\tBack\tTags", "#guid column:1", "#tags column:4",
    ]
    return (head + export.teaching.cases.flatMap(cards)).joined(separator: "\n") + "\n"
  }

  private func cards(_ subject: TeachingCase) -> [String] {
    let drawn = LesionAppearance(export.codebook, grades: subject.values())
    let sequences = MRSequence.allCases.filter { drawn.core(on: $0) != .notGraded }
    let picture =
      sequences.isEmpty
      ? ""
      : Self.image(
        LesionPicture(drawn, sequences: sequences, unnamed: Set(sequences)).svg(
          id: "lesion", alternative: "A vertebra with the lesion, to be graded."))
    return export.codebook.findings(in: .baseline).compactMap { finding in
      guard let grade = subject.consensus.grades[GradeKey(.baseline, finding.id)]?.grade, grade.value.isAnswer else {
        return nil
      }
      let patient = "\(Escape.markup(subject.patientCase.patient)), case \(Escape.markup(subject.id.rawValue))"
      let options = finding.levels.map { Escape.markup($0.title) }.joined(separator: " · ")
      let front =
        "<p>\(patient)\(subject.isConstructed ? " (constructed, no patient)" : "")</p>\(picture)"
        + "<p><b>\(Escape.markup(finding.title))</b>?</p>" + (options.isEmpty ? "" : "<p>\(options)</p>")
      let back =
        "<p><b>\(Escape.markup(finding.words(grade.value)))</b></p><p>\(Escape.markup(finding.definition))</p>"
        + because(subject, finding)
      return [guid(subject.id, finding.id), front, back, "endplate case::\(subject.id) finding::\(finding.id)"]
        .map(Self.field).joined(separator: "\t")
    }
  }

  /// What the case's script says to the right answer.
  private func because(_ subject: TeachingCase, _ finding: Finding) -> String {
    let value = subject.values()[finding.id]
    let tasks = subject.script.steps.compactMap(\.question).filter { $0.finding == finding.id }
    let words = tasks.flatMap(\.answers).filter { value?.levelIDs.first == $0.level }.map(\.because)
    return words.map { "<p>\(Escape.markup($0))</p>" }.joined()
  }

  /// The same card each time, so that importing again updates it.
  private func guid(_ id: CaseID, _ finding: FindingID) -> String {
    String(ReleasePackage.hash("\(export.study.title)\u{0}\(id)\u{0}\(finding)").prefix(20))
  }

  private static func image(_ svg: String) -> String {
    "<img alt=\"lesion\" src=\"data:image/svg+xml;base64,\(Data(svg.utf8).base64EncodedString())\">"
  }

  /// A field in quotation marks, those in it doubled; on one line.
  private static func field(_ text: String) -> String {
    var result = "\""
    for scalar in line(text).unicodeScalars {
      if scalar == "\"" { result += "\"" }
      result.unicodeScalars.append(scalar)
    }
    return result + "\""
  }

  private static func line(_ text: String) -> String { FreeText(text).text }
}
