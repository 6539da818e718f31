// Does what the workstation asks for: reads and writes the study, remembers choices.

import CaseStore
import Foundation
import ReviewCore
import Workstation
import TextSafety

package final class EffectRunner {
  private let store: StudyStore
  private let places: Places
  private let file: String
  /// What the file was when it was last looked at; from before anything is loaded, so that nothing falls in between.
  private var token: Int?
  private let grading: GradingRunner
  private let teaching: TeachingRunner
  private let sessions: SessionRunner
  private let presentations: PresentationRunner
  private let agreement: AgreementRunner
  private let images: ImageShelf
  private let learner: LearnerFile
  /// The last assignment of readers to cases that was looked at; nil where there is none to look for.
  private var lastAssignment: Int?
  /// Why nothing can be done at this seat any more; nil while something can.
  package private(set) var ended: StoreError?

  package init(
    store: StudyStore, library: TeachingLibrary, codebook: Codebook, file: String, places: Places,
    environment: StoreEnvironment
  ) {
    self.store = store
    grading = GradingRunner(store: store, codebook: codebook)
    sessions = SessionRunner(store: store, path: file, environment: environment)
    agreement = AgreementRunner(store: store)
    self.file = file
    self.places = places
    learner = LearnerFile(study: file, learner: store.principal.id, places: places)
    images = ImageShelf(study: library.study)
    teaching = TeachingRunner(library: library, learner: learner, images: images)
    presentations = PresentationRunner(store: store, path: file, learner: learner, environment: environment)
    token = try? store.changeToken()
    lastAssignment = try? store.casesMoved(since: nil).last
  }

  /// Counts the time spent on an examination.
  package func noteKey(on place: GradingPlace?) { grading.noteKey(on: place) }

  /// How long to wait before looking whether somebody else wrote: less while others talk to this seat, who should see
  /// each other's acts within 300 ms.
  package var watch: Duration? { .milliseconds(sessions.isShared ? 100 : 200) }

  /// True once after each write by another process.
  package func hasChangedElsewhere() -> Bool {
    guard let now = try? store.changeToken() else { return false }
    defer { token = now }
    return token != now
  }

  /// The study with another version of its codebook, once after the coordinator gave it one.
  package func otherStudy() -> Action? {
    guard let version = try? store.codebookVersion(), version != grading.codebook.version,
      let study = try? store.study()
    else { return nil }
    grading.codebook = study.codebook
    teaching.take(study)
    return .studyChanged(study)
  }

  /// What was done to this seat, for whoever sits there; after somebody else wrote.
  package func news() -> Action? {
    let told = ((try? store.newNews()) ?? []) + casesMoved()
    return told.isEmpty ? nil : .warned(told.joined(separator: "; "))
  }

  /// Who is given a case is told, and who loses one, with the reason.
  private func casesMoved() -> [String] {
    guard let last = lastAssignment, let moved = try? store.casesMoved(since: last) else { return [] }
    lastAssignment = moved.last
    func told(_ cases: [CaseID], _ one: String, _ many: String) -> String? {
      cases.first.map { cases.count == 1 ? "case \($0) \(one)" : "\(cases.count) \(many)" }
    }
    var words = [
      told(moved.given, "is yours to read now", "more cases are yours to read now"),
      told(moved.taken, "is no longer yours to read", "cases are no longer yours to read"),
    ].compactMap { $0 }
    if let end = words.indices.last, !moved.reasons.isEmpty {
      words[end] += " (\(moved.reasons.joined(separator: "; ")))"
    }
    return words
  }

  /// What other live seats have done since the last time, and what was computed beside the loop.
  package func poll() -> [Action] {
    sessions.poll().map(Action.session) + presentations.poll().map(Action.presentation) + agreement.news()
  }

  /// Readable as soon as there is something to poll that was computed beside the loop.
  package var descriptors: [Int32] { agreement.descriptors }

  /// Whether something is computed beside the loop.
  package var isBusy: Bool { agreement.isBusy }

  /// Gives up what others see of this seat.
  package func leave() {
    sessions.leave()
    presentations.leave()
  }

  /// Answers an effect with what happened.
  package func perform(_ effect: Effect) -> [Action] {
    do {
      return try answer(effect)
    } catch StoreError.notAssigned(let id) {
      // Whatever was asked of it: others read it by now.
      return [.caseGone(id)]
    } catch let error as StoreError where error.endsTheSeat(of: store.principal.id) {
      ended = error
      return []
    } catch {
      return [.failed(words(of: error))]
    }
  }

  private func answer(_ effect: Effect) throws -> [Action] {
    switch effect {
    case .loadPage(let query, let offset, let limit):
      return [.pageLoaded(try store.worklist(query, offset: offset, limit: limit), for: query)]
    case .loadCounts:
      return [.countsLoaded(try store.counts())]
    case .openCase(let index, let query):
      guard let row = try store.worklist(query, offset: index, limit: 1).rows.first else { return [] }
      return [.caseLoaded(try store.caseView(row.id), index: index)]
    case .loadCase(let id, let query):
      return [.caseLoaded(try store.caseView(id), index: try store.index(of: id, in: query))]
    case .grading(let effect):
      return try grading.answer(effect)
    case .ask(let request):
      return [.answered(try request.answer(StudyReader(store: store, file: file, images: images, own: learner)))]
    case .loadAgreement:
      agreement.start()
      return []
    case .session(let effect):
      return try sessions.answer(effect).map(Action.session)
    case .presentation(let effect):
      return try presentations.answer(effect).map(Action.presentation)
    case .teaching(let effect):
      return [.teaching(try teaching.answer(effect))]
    case .rememberTheme(let theme):
      Places.remember(theme, in: places.chosenTheme)
      return []
    case .keepOffset(let offset, let place):
      try learner.keep(offset, of: place)
      return []
    case .choosePassphrase(let new):
      let unlocked = try store.choosePassphrase(new)
      return [.changedElsewhere, .passphraseChosen]
        + (unlocked > 0
          ? [.told("your passphrase is chosen; \(unlocked.counted("reading is", "readings are")) unlocked")] : [])
    case .unlockReadings(let former):
      let unlocked = try store.unlockReadings(former: former)
      return [.changedElsewhere, .told("\(unlocked.counted("reading is", "readings are")) unlocked")]
    case .setAsideLocked:
      let count = try store.setAsideLocked()
      return [.changedElsewhere, .told("\(count.counted("draft starts", "drafts start")) again")]
    case .unlock(let passphrase):
      try store.checkPassphrase(passphrase)
      return [.unlocked]
    case .press(let key): return [.key(key)]
    case .quit:
      return []
    }
  }
}
