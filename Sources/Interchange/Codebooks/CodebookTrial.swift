// `endplate codebook try`: what a codebook says of some grades.

import Codebooks
import ReviewCore

package enum CodebookTrial {
  /// What is graded, as `rim_sign=present`, `lesions=T12,L1` or, per place, `collapse=T12:over_half,L1:none`.
  package struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
    package var description: String
  }

  /// What the rules, checks and criteria say, a line each.
  ///
  /// - Parameter notAcquired: series that were not acquired.
  package static func lines(
    _ scheme: Scheme, grades: [String], notAcquired: [String] = [], againstPrevious: Bool = false
  ) throws(Problem) -> [String] {
    var lacking: Set<Int> = []
    for name in notAcquired {
      guard let series = scheme.series(name) else {
        let known = scheme.file.series.map(\.id.text).joined(separator: ", ")
        throw Problem(description: "there is no series ‘\(PlainText.brief(name))’; allowed: \(known)")
      }
      lacking.insert(series)
    }
    let isFollowedUp = scheme.questions.contains { $0.at != .baseline && !$0.written.isGiven }
    var record = CaseRecord(examinations: [.init(lacking: lacking)])
    if isFollowedUp { record.examinations.append(.init(months: Exact(6), lacking: lacking)) }
    for grade in grades {
      for written in try parsed(grade, scheme) {
        do {
          try scheme.enter(
            written, at: record.examinations.count - 1, against: againstPrevious ? .previous : .baseline, into: &record
          ) { Spelling.nearest(to: $0, in: $1) }
        } catch { throw Problem(description: error.description) }
      }
    }
    let evaluation = Evaluation(scheme, record)
    let against: ComparedWith = againstPrevious ? .previous : .baseline
    return rules(evaluation, against) + criteria(evaluation)
      + evaluation.record.examinations.indices.flatMap { examination in
        (evaluation.warnings(at: examination, against: examination == 0 ? .baseline : against)
          + evaluation.gradedUnseen(at: examination)).map { "warning: \($0)" }
      }
      + (scheme.flags.filter { evaluation.holdsOfCase($0) }.map { "flag: \($0.title)" })
      + (scheme.atlas.filter { evaluation.holdsOfCase($0) }.map { "atlas: \($0.title)" })
  }

  private static func parsed(_ text: String, _ scheme: Scheme) throws(Problem) -> [WrittenGrade] {
    let halves = text.unicodeScalars.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
      String($0)
    }
    guard halves.count == 2, !halves[0].isEmpty, !halves[1].isEmpty else {
      throw Problem(
        description: "‘\(PlainText.brief(text))’ is not a grade; write finding=level, or finding=PLACE:level")
    }
    let value = halves[1]
    // `collapse.T12=none`, as a study has it; no id of a codebook holds a point.
    let named = halves[0].unicodeScalars.split(separator: ".", maxSplits: 1).map { String($0) }
    if named.count == 2 { return [WrittenGrade(Written(named[0]), place: Written(named[1]), Written(value))] }
    let finding = Written(halves[0])
    guard let index = scheme.question(halves[0]), scheme.questions[index].family != nil else {
      return [WrittenGrade(finding, Written(value))]
    }
    var cells: [WrittenGrade] = []
    for part in value.unicodeScalars.split(separator: ",") {
      let pair = part.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map { String($0) }
      if pair.count == 2 {
        cells.append(WrittenGrade(finding, place: Written(pair[0]), Written(pair[1])))
      } else if cells.isEmpty {
        return [WrittenGrade(finding, Written(value))]
      } else {
        // Several levels of the place before.
        cells[cells.count - 1].value.text += ",\(pair[0])"
      }
    }
    return cells
  }

  private static func rules(_ evaluation: Evaluation, _ against: ComparedWith) -> [String] {
    let scheme = evaluation.scheme
    return scheme.rules.indices.flatMap { index -> [String] in
      let rule = scheme.rules[index]
      let examination = rule.at == .baseline ? 0 : evaluation.record.examinations.count - 1
      let places = evaluation.places(ofRule: index, at: examination)
      return places.map { place in
        let name = place.map { "\(rule.id) at \(scheme.body.places[$0].title)" } ?? rule.id
        let answer = evaluation.answer(rule: index, at: examination, against: against, place: place)
        return "\(name): \(words(answer, index, scheme, examination, evaluation.record))"
      }
    }
  }

  private static func words(
    _ answer: RuleAnswer, _ rule: Int, _ scheme: Scheme, _ examination: Int, _ record: CaseRecord
  ) -> String {
    if let value = answer.value {
      let called = answer.called.isEmpty ? "" : " (\(answer.called.map(\.title).joined(separator: ", ")))"
      let reasons = answer.reasons.isEmpty ? "" : "; " + answer.reasons.joined(separator: "; ")
      return scheme.words(value, of: rule) + called + reasons
    }
    let between = answer.bounds.map { " from \($0.low) to \($0.high)" } ?? ""
    let verb = answer.isExact ? "can still change it" : "may change it"
    return "undecided\(between); \(verb): \(scheme.words(answer.missing, at: examination, in: record))"
  }

  private static func criteria(_ evaluation: Evaluation) -> [String] {
    evaluation.scheme.criteria.map { criterion in
      let parts = evaluation.record.examinations.indices.flatMap { evaluation.standings(of: criterion, at: $0) }
      let whole: Standing =
        parts.contains { $0.standing == .notMet }
        ? .notMet : parts.allSatisfy { $0.standing == .met } ? .met : .notStated
      return "\(criterion.title): \(whole.rawValue); "
        + parts.map { "\($0.title) \($0.standing.rawValue)" }.joined(separator: ", ")
    }
  }
}
