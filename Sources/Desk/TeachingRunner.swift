// Does what the teaching screens ask for: the teaching file, and what a learner answered.

import Foundation
import ReviewCore
import Workstation

final class TeachingRunner {
  private var library: TeachingLibrary
  private let learner: LearnerFile
  private let images: ImageShelf

  init(library: TeachingLibrary, learner: LearnerFile, images: ImageShelf) {
    self.library = library
    self.learner = learner
    self.images = images
  }

  /// The study has another version of its codebook.
  func take(_ study: Study) { library.study = study }

  /// With the images into which recorded grades point.
  private func file(including id: CaseID? = nil) throws -> TeachingFile {
    var file = try library.file(including: id)
    for (index, subject) in file.cases.enumerated()
    where subject.consensus.grades.values.contains(where: { $0.grade?.mark != nil }) {
      file.cases[index] = try images.illustrated(subject, in: library.store)
    }
    return file
  }

  func answer(_ effect: TeachingEffect) throws -> TeachingAction {
    switch effect {
    case .load(let id): return .loaded(try file(including: id), try learner.results(), at: Date())
    case .mixControls(let isMixed):
      library.mixesControls = isMixed
      return .loaded(try file(), try learner.results(), at: Date())
    case .keep(let results):
      let dated = results.dated(Date())
      try learner.keep(dated)
      return .kept(dated)
    }
  }
}
