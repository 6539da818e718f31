// Does what the workstation asks for: reads and writes the study, remembers choices.

import CaseStore
import Foundation
import ReviewCore
import Workstation

package final class EffectRunner {
  private let store: StudyStore
  private let places: Places
  private let file: String
  private let codebook: Codebook
  private var library: TeachingLibrary
  private let learner: LearnerFile
  /// What the file was when it was last looked at; from before anything is loaded, so that nothing falls in between.
  private var token: Int?
  private var spent: (place: GradingPlace, time: Duration)?
  private let sessions: SessionRunner
  private let presentations: PresentationRunner
  private let agreement: AgreementRunner
  private var lastKey: ContinuousClock.Instant?

  package init(
    store: StudyStore, library: TeachingLibrary, codebook: Codebook, file: String, places: Places,
    environment: StoreEnvironment
  ) {
    self.store = store
    self.library = library
    sessions = SessionRunner(store: store, path: file, environment: environment)
    agreement = AgreementRunner(store: store)
    self.codebook = codebook
    self.file = file
    self.places = places
    learner = LearnerFile(study: file, learner: store.principal.id, places: places)
    presentations = PresentationRunner(store: store, path: file, learner: learner, environment: environment)
    token = try? store.changeToken()
  }

  /// Counts the time spent on an examination: from key to key, what is longer than a minute being idle.
  /// It is written when the reader goes elsewhere, and every minute.
  package func noteKey(on place: GradingPlace?) {
    let now = ContinuousClock.now
    if let spent, let last = lastKey {
      let pause = now - last
      if pause < .seconds(60) { self.spent = (spent.place, spent.time + pause) }
    }
    lastKey = now
    guard let spent else { return self.spent = place.map { ($0, .zero) } }
    guard spent.place != place || spent.time > .seconds(60) else { return }
    keepTime()
    self.spent = place.map { ($0, .zero) }
  }

  /// Writes the time spent so far. A reading that is signed takes no more, so a signature comes after it.
  private func keepTime() {
    guard let spent else { return }
    let seconds = spent.time.components.seconds
    try? store.addSeconds(Int(seconds), spent.place.caseID, spent.place.examination)
    self.spent = (spent.place, spent.time - .seconds(seconds))
  }

  /// How long to wait before looking whether somebody else wrote: less while others talk to this seat, who should see
  /// each other's acts within 300 ms.
  package var watch: Duration? { .milliseconds(sessions.isShared ? 100 : 200) }

  /// True once after each write by another process.
  package func hasChangedElsewhere() -> Bool {
    guard let now = try? store.changeToken() else { return false }
    defer { token = now }
    return token != now
  }

  /// What was done to this seat, for whoever sits there; after somebody else wrote.
  package func news() -> Action? {
    let told = (try? store.newNews()) ?? []
    return told.isEmpty ? nil : .warned(told.joined(separator: "; "))
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
    case .record(let id, let examination, let grades):
      return recorded(try store.record(GradeChange(id, examination, grades: grades)))
    case .noteReading(let id, let examination, let note):
      return recorded(try store.record(GradeChange(id, examination, readingNote: note ?? "")))
    case .undo(let id, let examination):
      return undone(try store.undo(id, examination), "undone")
    case .redo(let id, let examination):
      return undone(try store.redo(id, examination), "done again")
    case .sign(let id, let examination, let seen):
      keepTime()
      return try signing(seen) {
        let receipt = try store.sign(id, examination, seen: seen)
        return reloaded(id) + [.told("signed; receipt \(receipt.receipt.head.rawValue.prefix(16))")]
      }
    case .signAgain(let id, let examination, let grades, let seen):
      return try signing(seen) {
        let receipt = try store.sign(
          id, examination, with: GradeChange(id, examination, grades: grades), seen: seen)
        let reading = try store.caseView(id).reading(of: store.principal.id, examination)
        return reading.map { [.recorded($0, savedAt: Self.clock(receipt.receipt.at))] } ?? []
      }
    case .amend(let id, let examination, let version, let reason):
      _ = try store.amend(id, examination, version: version, reason: reason)
      return reloaded(id) + [.told("a new version is open; sign it when it is right")]
    case .keepDraft(let id, let examination, let finding, let text):
      try store.keepDraft(DraftNote(finding, text ?? ""), id, examination)
      return []
    case .findDrafts(let id, let examination):
      return try store.draftNotes(id, examination).map { .draftFound($0.finding, $0.text) }
    case .findNextToDo(let query, let index):
      return [.nextToDo(try nextToDo(query, after: index))]
    case .loadStudy:
      return [.studyLoaded(try overview())]
    case .loadProgress:
      return [
        .progressLoaded(
          ProgressReport(
            progress: try store.progress(), waiting: try store.waitingCases(limit: 200),
            today: String(Date().utc.prefix(10))))
      ]
    case .loadHistory(let id):
      return [
        .historyLoaded(
          id, try store.history(id).map { HistoryLine(at: $0.isTimed ? String($0.at.utc.dropLast()) : "", event: $0) })
      ]
    case .loadCourses(let query, let offset, let limit):
      let (courses, total) = try store.courses(query, offset: offset, limit: limit)
      return [.coursesLoaded(courses, offset: offset, total: total)]
    case .loadAgreement:
      agreement.start()
      return []
    case .session(let effect):
      return try sessions.answer(effect).map(Action.session)
    case .presentation(let effect):
      return try presentations.answer(effect).map(Action.presentation)
    case .loadTeaching(let id):
      return [.teachingLoaded(try library.file(including: id), try learner.results(), at: Date())]
    case .mixControls(let isMixed):
      library.mixesControls = isMixed
      return [.teachingLoaded(try library.file(), try learner.results(), at: Date())]
    case .keepResults(let results):
      let dated = results.dated(Date())
      try learner.keep(dated)
      return [.resultsKept(dated)]
    case .rememberTheme(let theme):
      Places.remember(theme, in: places.chosenTheme)
      return []
    case .choosePassphrase(let new):
      let unlocked = try store.choosePassphrase(new)
      return [.changedElsewhere, .passphraseChosen]
        + (unlocked > 0 ? [.told("your passphrase is chosen; \(unlocked) readings are unlocked")] : [])
    case .unlockReadings(let former):
      let unlocked = try store.unlockReadings(former: former)
      return [.changedElsewhere, .told("\(unlocked) readings are unlocked")]
    case .setAsideLocked:
      let count = try store.setAsideLocked()
      return [.changedElsewhere, .told("\(count) drafts begin anew")]
    case .unlock(let passphrase):
      try store.checkPassphrase(passphrase)
      return [.unlocked]
    case .quit:
      return []
    }
  }

  /// Cases that each reader has signed in this round, as far as this principal may know.
  private func signed() throws -> [PrincipalID: Int] {
    try store.progress().readers.reduce(into: [:]) { $0[$1.reader] = $1.signed }
  }

  private func recorded(_ result: GradingResult) -> [Action] {
    [.recorded(result.reading, savedAt: Self.clock(result.at))]
  }

  /// What was shown is signed, or nothing: then the case is loaded again, and what changed is shown.
  private func signing(_ seen: SigningSheet, _ sign: () throws -> [Action]) throws -> [Action] {
    do { return try sign() } catch let error as StoreError {
      switch error {
      case .changedMeanwhile, .readingSigned, .caseOpened:
        return reloaded(seen.caseID) + [.changedBeforeSigning(seen)]
      default: throw error
      }
    }
  }

  private func undone(_ result: GradingResult, _ word: String) -> [Action] {
    let changes = result.changes.map { describe($0, codebook) }
    return recorded(result) + [.told("\(word): " + changes.joined(separator: "; "))]
  }

  private func reloaded(_ id: CaseID) -> [Action] {
    (try? store.caseView(id)).map { [.caseLoaded($0, index: nil)] } ?? []
  }

  /// The next case of the list that this reader has not signed, after an index and then from the top.
  private func nextToDo(_ query: WorklistQuery, after index: Int) throws -> Int? {
    for status in [WorklistFilter.Status.draft, .todo] {
      var open = WorklistQuery(filter: WorklistFilter(facts: [.status(status)]))
      open.filter.words = query.filter.words
      let rows = try store.worklist(open, offset: 0, limit: 2).rows
      for row in rows {
        if let found = try store.index(of: row.id, in: query), found != index || rows.count == 1 { return found }
      }
    }
    return nil
  }

  /// `14:02:11`, local time.
  private static func clock(_ date: Date) -> String {
    let parts = Calendar.current.dateComponents([.hour, .minute, .second], from: date)
    return [parts.hour, parts.minute, parts.second].map { part in
      let text = String(part ?? 0)
      return text.count < 2 ? "0" + text : text
    }.joined(separator: ":")
  }

  private func overview() throws -> StudyOverview {
    let info = try store.info()
    return StudyOverview(
      counts: try store.counts(), signed: try signed(), examinations: info.examinations, file: file)
  }
}
