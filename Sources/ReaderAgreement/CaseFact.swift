// What is stated of a case and its examinations, as words that divide cases or that readers are held against.

import Agreement
import ReviewCore

package struct CaseFact: Sendable {
  /// As on the command line.
  package let name: String
  package let about: String
  /// Numbers are divided by a bound.
  package var isNumber = false
  /// Empty where it is not stated.
  package let value: @Sendable (Case, ExaminationID) -> String

  package static let all: [CaseFact] = [
    CaseFact(name: "sex", about: "male or female") { patient, _ in patient.sex?.rawValue ?? "" },
    CaseFact(name: "age", about: "years", isNumber: true) { patient, _ in patient.age.map(String.init) ?? "" },
    CaseFact(name: "histology", about: "result of the bone biopsy") { patient, _ in
      let results = (patient.biopsies ?? []).filter { $0.tissue == .bone }.map(\.result)
      return Set(results).sorted().joined(separator: " and ")
    },
    CaseFact(name: "bone-culture", about: "positive or negative") { patient, _ in culture(patient, .bone) },
    CaseFact(name: "blood-culture", about: "positive or negative") { patient, _ in culture(patient, .blood) },
    CaseFact(name: "basis", about: "basis of the diagnosis") { patient, _ in patient.basisOfDiagnosis?.rawValue ?? "" },
    CaseFact(name: "misread", about: "whether the original report misread the images, yes or no") { patient, _ in
      patient.originalReport.map { $0.misread ? "yes" : "no" } ?? ""
    },
    CaseFact(name: "outcome", about: "clinical outcome") { patient, _ in patient.outcome?.rawValue ?? "" },
    CaseFact(name: "follow-up", about: "months to the last follow-up", isNumber: true) { patient, _ in
      patient.followUps.last?.id.rawValue ?? ""
    },
    CaseFact(name: "follow-ups", about: "how many", isNumber: true) { patient, _ in "\(patient.followUps.count)" },
    CaseFact(name: "months", about: "of the examination itself, the baseline 0", isNumber: true) { _, examination in
      examination.isBaseline ? "0" : examination.rawValue
    },
  ]

  /// Positive where any was.
  private static func culture(_ patient: Case, _ specimen: Culture.Specimen) -> String {
    let results = (patient.cultures ?? []).filter { $0.specimen == specimen }.map(\.result)
    return results.isEmpty ? "" : results.contains(.positive) ? "positive" : "negative"
  }

  /// The fact a person means.
  ///
  /// - Throws: `StudyQuestionError` naming the facts that there are.
  package static func named(_ name: String) throws(StudyQuestionError) -> CaseFact {
    guard let fact = all.first(where: { $0.name == name.lowercased().replacing("_", with: "-") }) else {
      let near = Spelling.nearest(to: name, in: all.map(\.name)).map { "did you mean ‘\($0)’?" }
      throw StudyQuestionError(
        "there is no fact ‘\(name)’ of cases; \(near ?? "there are \(all.map(\.name).joined(separator: ", "))")")
    }
    return fact
  }
}

/// Why a question cannot be asked of a study, with the cure.
package struct StudyQuestionError: Error, Hashable, Sendable {
  package let message: String
  /// The question is right, and what the study holds cannot answer it yet.
  package let isOfData: Bool

  package init(_ message: String, isOfData: Bool = false) { (self.message, self.isOfData) = (message, isOfData) }
}
