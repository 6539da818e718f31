// An embedded study as a file.

import CaseStore
import Interchange
import ReviewCore

extension StudyStore {
  /// Makes a study file of a sample study, whole or not at all.
  package static func build(at path: String, _ sample: SampleStudy, environment: StoreEnvironment) throws {
    try build(
      at: path, study: sample.study, principals: sample.principals, letters: "\(sample.study.studyProtocol.seed)",
      environment: environment
    ) { builder in
      for patientCase in sample.cases {
        try builder.add(
          patientCase, published: sample.published[patientCase.id],
          readings: sample.readings.filter { $0.caseID == patientCase.id }.map(\.reading))
      }
    }
  }
}
