// Agreement within subgroups of a study's cases, by a fact that is stated of them.

import Agreement
import ReviewCore

/// The cases, or examinations, with one value of a fact.
package struct StudySubgroup: Sendable {
  package let name: String
  package let agreement: StudyAgreement

  /// The subgroups in their order; examinations of a case may fall into several where the fact is one of theirs.
  ///
  /// - Parameter patients: the opened cases.
  /// - Throws: `StudyQuestionError`, or `RatingTableError` as the agreement of all does.
  package static func all(
    _ study: Study, readers: [PrincipalID], opened: [OpenedCase], patients: [CaseID: Case], by: Subgrouping
  ) throws -> [StudySubgroup] {
    let fact = try CaseFact.named(by.name)
    guard fact.isNumber == by.hasBound else {
      throw StudyQuestionError(
        fact.isNumber
          ? "‘\(fact.name)’ is a number; divide it by a bound, as --by '\(fact.name)<6'"
          : "‘\(fact.name)’ is not a number (\(fact.about)); leave out the bound")
    }
    func group(_ id: CaseID, _ examination: ExaminationID) -> String {
      patients[id].flatMap { by.group(of: fact.value($0, examination)) } ?? Subgrouping.notStated
    }
    let names = Set(opened.flatMap { entry in entry.readings.map { group(entry.id, $0.examination) } })
    return try by.sorted(names).map { name in
      let own = opened.map { entry in
        var part = entry
        part.readings.removeAll { group(entry.id, $0.examination) != name }
        return part
      }
      return StudySubgroup(name: name, agreement: try StudyAgreement(study, readers: readers, opened: own))
    }
  }
}
