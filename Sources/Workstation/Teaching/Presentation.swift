// A presentation: what the presenter's seat shows the learners' seats, what these answer, and who follows.

import Foundation
import ReviewCore

/// Where a presentation is. It is what is shared: of the audience's answers only counts, and only once they are shown.
package struct TeachingFocus: Codable, Hashable, Sendable {
  package var caseID: CaseID
  /// The step on the presenter's screen, from 0.
  package var step: Int
  /// The furthest step shown so far, and whether its answers were shown too.
  package var reach: Int
  package var isReachRevealed: Bool
  package var isUnknown: Bool
  /// How the audience answered, by step.
  package var tallies: [Int: AnswerTally]
  /// The steps, where the presenter's are not those that every seat has; without notes.
  package var script: TeachingScript?
  /// What is asked at the step on the presenter's screen.
  package var asked: TeachingSession.Question?
  /// What was asked at the step that was left without showing its answers first, with what is right.
  package var passed: TeachingSession.Question?
  /// What was asked in this session so far, over all cases.
  package var log: [TeachingSession.Question] = []
  /// When the session began, and when it was shared last; told by who leads.
  package var began: Date?
  package var sharedAt: Date?

  package init(
    caseID: CaseID, step: Int, reach: Int, isReachRevealed: Bool, isUnknown: Bool = false,
    tallies: [Int: AnswerTally] = [:], script: TeachingScript? = nil
  ) {
    self.caseID = caseID
    self.step = step
    self.reach = reach
    self.isReachRevealed = isReachRevealed
    self.isUnknown = isUnknown
    self.tallies = tallies
    self.script = script
  }

  package func isRevealed(_ step: Int) -> Bool { step < reach || step == reach && isReachRevealed }

  /// True where what was still asked before is no longer asked.
  package func closes(_ before: TeachingFocus) -> Bool {
    caseID == before.caseID && !before.isRevealed(before.step) && isRevealed(before.step)
  }
}

/// What one seat of the audience answers to the step that is asked.
package struct SaidAnswer: Codable, Hashable, Sendable {
  package var caseID: CaseID
  package var step: Int
  package var answer: TeachingAnswer

  package init(caseID: CaseID, step: Int, answer: TeachingAnswer) {
    self.caseID = caseID
    self.step = step
    self.answer = answer
  }
}

package enum PresentationEffect: Hashable, Sendable {
  /// Answered by `.room`, now and whenever it changes.
  case join(mayLead: Bool)
  case leave
  /// Shows everybody where the presentation is; nil ends it. Only who leads can.
  case share(TeachingFocus?)
  /// This seat's answer; nil takes it back.
  case say(SaidAnswer?)
  case lead
}

/// The seats of a presentation.
package typealias Lectern = LiveSeats<TeachingFocus>

package enum PresentationAction: Sendable {
  /// Nil where it cannot be followed any more. How many have answered is known to who leads alone.
  case room(Lectern?, answered: Int)
}

package struct PresentationState: Sendable {
  package enum Part: Hashable, Sendable { case none, presenter, audience }
  /// What a presenter who comes takes up of a presentation that was left without being ended.
  package enum Resume: Hashable, Sendable { case never, sameCase, anyCase }

  package var part: Part = .none
  package var resume: Resume = .never
  package var lectern: Lectern?
  package var answered = 0
  /// False while this seat looks around alone.
  package var isFollowing = true
  /// The presenter's own script, which the other seats do not have.
  package var ownScript: TeachingScript?
  /// A presentation begins where the presenter is, whatever was presented before.
  var isFresh = false
  /// What this seat has said last.
  var said: SaidAnswer?
  /// This seat's walk through the presented case, with its answers, while it looks at something else.
  var walk: TeachingWalk?
  /// What was asked in the session that this seat led last.
  package var report: [TeachingSession.Question] = []

  package init() {}
}

extension State {
  package var isPresenting: Bool { presentation.part == .presenter && presentation.lectern?.isHost == true }

  /// What is presented to this seat, while somebody presents.
  package var followed: TeachingFocus? {
    guard presentation.part != .none, !isPresenting, presentation.lectern?.host != nil else { return nil }
    return presentation.lectern?.focus
  }

  /// The same, and what was presented last while the presenter is away: they may come back to it.
  package var presented: TeachingFocus? {
    presentation.part == .none || isPresenting ? nil : presentation.lectern?.focus
  }

  /// True while a case is presented to this seat and its end has not been shown: until then nothing else may tell it,
  /// also while the presenter is away.
  package func isCovered(_ id: CaseID) -> Bool {
    guard let focus = presented, focus.caseID == id else { return false }
    let steps = focus.script?.steps.count ?? teaching.file[id]?.script.steps.count ?? .max
    return !focus.isRevealed(steps - 1)
  }

  /// How the audience answered a step of the walk on the screen, once that is shown.
  func tally(_ walk: TeachingWalk) -> AnswerTally? {
    guard presentation.part != .none, walk.isRevealed, walk.mode == .walk, let focus = presentation.lectern?.focus,
      focus.caseID == walk.subject.id
    else { return nil }
    return focus.tallies[walk.index]
  }

  /// The presenter as people call them.
  var presenterName: String {
    guard let id = presentation.lectern?.hostName else { return "the presenter" }
    let name = session.principals.first { $0.id == id }?.name ?? id.rawValue
    return name.lowercased() == PrincipalRole.presenter.rawValue ? "the presenter" : name
  }
}
