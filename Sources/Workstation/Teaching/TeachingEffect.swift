// What the teaching screens ask for, and what they are told.

import Foundation
import ReviewCore

package enum TeachingEffect: Hashable, Sendable {
  /// The finished cases with their scripts, a certain one among them; answered by `.loaded`.
  case load(CaseID?)
  /// Teaches the constructed control cases among the study's own, or no more; answered by `.loaded`.
  case mixControls(Bool)
  /// Keeps what the learner answered, with today's date; answered by `.kept`.
  case keep(LearnerResults)
}

package enum TeachingAction: Sendable {
  case loaded(TeachingFile, LearnerResults, at: Date)
  /// The answers as they were kept, with their dates.
  case kept(LearnerResults)
}

func updateTeaching(_ state: inout State, _ action: TeachingAction) -> [Effect] {
  switch action {
  case .loaded(let file, let results, let now): return state.showTeaching(file, results, at: now)
  case .kept(let results):
    state.teaching.results = results
    return []
  }
}
