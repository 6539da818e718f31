// Does what the teaching screens ask for: the teaching file, and what a learner answered.

import Foundation
import ReviewCore
import Workstation

final class TeachingRunner {
  private var library: TeachingLibrary
  private let learner: LearnerFile

  init(library: TeachingLibrary, learner: LearnerFile) {
    self.library = library
    self.learner = learner
  }

  func answer(_ effect: TeachingEffect) throws -> TeachingAction {
    switch effect {
    case .load(let id): return .loaded(try library.file(including: id), try learner.results(), at: Date())
    case .mixControls(let isMixed):
      library.mixesControls = isMixed
      return .loaded(try library.file(), try learner.results(), at: Date())
    case .keep(let results):
      let dated = results.dated(Date())
      try learner.keep(dated)
      return .kept(dated)
    }
  }
}
