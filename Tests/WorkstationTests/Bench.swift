// A workstation on the sample cases without a store: answers effects from values, as the runner would.

import Agreement
import Figures
import Foundation
import Grid
import Interchange
import KeyImages
import ReaderAgreement
import ReviewCore
import SampleCases
import TestSupport

@testable import Workstation

struct Bench: StudyReading {
  var state: State
  var sample: SampleStudy
  var readings: [CaseReading]
  /// Every effect asked for, in order.
  var asked: [Effect] = []
  var hasQuit = false
  /// What this seat wants of a presentation, until a `Hall` answers.
  var spoken: [PresentationEffect] = []
  /// What the learner answered, as the runner would keep it.
  var results = LearnerResults()
  /// The learner's clock.
  var now = Date(timeIntervalSince1970: 1_764_115_200)
  /// Cases that are open for consensus, and what the others at this screen have to show.
  var sessions: [CaseID: Deliberation] = [:]
  var passphrases: [PrincipalID: String] = [:]

  private static let scripts = (try? SampleStudies.scripts(SampleCases.files)) ?? [:]

  static func published(_ width: Int = 80, _ height: Int = 24) throws -> Bench {
    try Bench(SampleStudies.published(SampleCases.files), width, height)
  }

  static func practice(_ width: Int = 80, _ height: Int = 24) throws -> Bench {
    try Bench(SampleStudies.practice(SampleCases.files), width, height)
  }

  init(_ sample: SampleStudy, _ width: Int, _ height: Int, as given: Principal? = nil) {
    self.sample = sample
    readings = sample.readings
    let principal =
      given ?? sample.principals.first { $0.role == .reader } ?? sample.principals.first
      ?? Principal("you", role: .presenter)
    state = State(
      session: Session(study: sample.study, principal: principal, principals: sample.principals),
      size: Size(width: width, height: height),
      themes: [ThemeName(id: "a", title: "first"), ThemeName(id: "b", title: "second")], theme: "a")
    if principal.role == .learner { state.presentation.part = .audience }
    act(.started)
  }

  mutating func act(_ action: Action) {
    var actions = [action]
    while !actions.isEmpty {
      for effect in update(&state, actions.removeFirst()) {
        asked.append(effect)
        actions += answer(effect)
      }
    }
  }

  /// Presses keys: characters as they are, `⏎` Enter, `⎋` Esc, `⇥` Tab, `↓` `↑` `→` `←`.
  mutating func press(_ keys: String) {
    let named: [Character: Key] = [
      "⏎": .enter, "⎋": .escape, "⇥": .tab, "↓": .down, "↑": .up, "→": .right, "←": .left, "⌫": .backspace,
    ]
    for key in keys { act(.key(named[key] ?? .character(key))) }
  }

  func frame(_ look: Look = Look()) -> Grid { render(state, look: look, width: testWidth) }

  func view(_ id: CaseID) -> CaseView? {
    guard let patientCase = sample.cases.first(where: { $0.id == id }) else { return nil }
    let own = readings.filter { $0.caseID == id && $0.reading.reader == state.session.principal.id }.map(\.reading)
    let published = sample.published[id]
    return CaseView(
      patientCase: patientCase, stage: stage(of: id), readings: own,
      signatures: state.session.readers.map { reader in
        SignatureState(
          reader.id,
          isSigned: readings.contains {
            $0.caseID == id && $0.reading.reader == reader.id && $0.reading.state.isSigned
          })
      }, consensus: published)
  }

  private var rows: [WorklistRow] {
    sample.cases.enumerated().compactMap { index, patientCase in
      guard let view = view(patientCase.id) else { return nil }
      let values = view.values(for: state.session.principal.id, at: .baseline)
      return WorklistRow(
        id: patientCase.id, position: index + 1, sex: patientCase.sex, age: patientCase.age, title: patientCase.title,
        bones: values[Codebook.ID.involvedBones], lesions: values[Codebook.ID.lesionNumber],
        own: view.consensus == nil ? .draft(graded: values.count, of: 13) : .none,
        signed: view.signatures.filter(\.isSigned).count, required: view.signatures.count, stage: view.stage,
        followUps: patientCase.followUps.map(\.id.months),
        flags: CourseFlag.flags(
          sample.study.codebook, of: patientCase, outcome: patientCase.outcome,
          values: { view.values(for: state.session.principal.id, at: $0) }))
    }
  }

  private func found(_ query: WorklistQuery) -> [WorklistRow] {
    let words = query.filter.words
    let matching = rows.filter { row in words.allSatisfy { (row.title ?? "").lowercased().contains($0) } }
    return query.descending ? matching.reversed() : matching
  }

  func count(_ query: WorklistQuery) -> Int { found(query).count }

  func index(of id: CaseID, in query: WorklistQuery) -> Int? { found(query).firstIndex { $0.id == id } }

  private mutating func answer(_ effect: Effect) -> [Action] {
    switch effect {
    case .loadPage(let query, let offset, let limit):
      let all = found(query)
      return [
        .pageLoaded(
          WorklistPage(offset: offset, rows: Array(all.dropFirst(offset).prefix(limit)), total: all.count), for: query)
      ]
    case .loadCounts:
      return [.countsLoaded(WorklistCounts(cases: sample.cases.count, recorded: sample.published.count))]
    case .openCase(let index, let query):
      let all = found(query)
      guard all.indices.contains(index), let view = view(all[index].id) else { return [] }
      return [.caseLoaded(view, index: index)]
    case .loadCase(let id, let query):
      return view(id).map { [.caseLoaded($0, index: found(query).firstIndex { $0.id == id })] } ?? []
    case .ask(let request): return (try? request.answer(self)).map { [.answered($0)] } ?? []
    case .grading(let effect): return answer(effect)
    case .teaching(let effect): return answer(effect)
    case .session(let effect): return answer(effect)
    case .presentation(let effect):
      spoken.append(effect)
      return []
    case .loadAgreement: return agreement()
    case .press(let key): return [.key(key)]
    case .quit:
      hasQuit = true
      return []
    case .choosePassphrase: return [.passphraseChosen]
    case .unlockReadings(let former): return former == "old horse" ? [.told("unlocked")] : [.failed("not it")]
    case .setAsideLocked: return [.told("set aside")]
    case .unlock(let passphrase):
      return passphrase == "correct horse" ? [.unlocked] : [.failed("that is not the passphrase")]
    case .rememberTheme, .keepOffset: return []
    }
  }

  private mutating func answer(_ effect: GradingEffect) -> [Action] {
    switch effect {
    case .record(let id, let examination, let changes):
      var reading =
        state.reading ?? Reading(reader: state.session.principal.id, examination: examination, state: .draft)
      for (key, grade) in changes { reading.grades[key] = grade }
      return keep(reading, id)
    case .note(let id, _, let note):
      guard var reading = state.reading else { return [] }
      reading.note = note
      return keep(reading, id)
    case .sign(let id, let examination, let seen):
      let me = state.session.principal.id
      guard let view = view(id), SigningSheet(view, examination, of: me, in: state.session.study) == seen else {
        return (view(id).map { [.caseLoaded($0, index: nil)] } ?? []) + [.grading(.changedBeforeSigning(seen))]
      }
      var reading = view.reading(of: me, examination) ?? Reading(reader: me, examination: examination)
      reading.state = .signed(Date(timeIntervalSince1970: 0))
      return keep(reading, id) + [.told("signed")]
    case .signAgain(let id, _, let changes, let seen):
      guard var reading = state.reading else { return [] }
      for (key, grade) in changes { reading.grades[key] = grade }
      (reading.version, reading.amendment) = (seen.version, seen.amendment)
      return keep(reading, id)
    case .findNextToDo: return [.grading(.nextToDo(rows.firstIndex { $0.own == .draft(graded: 0, of: 13) }))]
    case .undo, .redo, .amend, .keepDraft, .findDrafts: return []
    }
  }

  private mutating func answer(_ effect: TeachingEffect) -> [Action] {
    switch effect {
    case .load:
      let finished = sample.cases.compactMap { patientCase in
        view(patientCase.id).flatMap {
          TeachingCase(
            $0, script: Self.scripts[patientCase.id], codebook: state.session.codebook,
            isConstructed: state.session.study.isConstructed)
        }
      }
      return [.teaching(.loaded(TeachingFile(finished), results, at: now))]
    case .mixControls: return answer(.load(nil))
    case .keep(let kept):
      results = kept.dated(now)
      return [.teaching(.kept(results))]
    }
  }

  func overview() -> StudyOverview {
    StudyOverview(
      counts: WorklistCounts(cases: sample.cases.count, recorded: sample.published.count), signed: [:],
      examinations: sample.cases.reduce(0) { $0 + $1.examinations.count }, file: "sample.study")
  }

  /// As far as the made-up readings go: of each reader the cases whose baseline is signed.
  func progressReport() -> ProgressReport {
    func hasSigned(_ reader: PrincipalID, _ id: CaseID) -> Bool {
      view(id)?.signatures.contains { $0.reader == reader && $0.isSigned } == true
    }
    let readers = state.session.readers.map { reader in
      let signed = sample.cases.count { hasSigned(reader.id, $0.id) }
      return ReaderProgress(
        reader: reader.id, name: reader.name, round: 1, signed: signed, draft: 1, todo: 30,
        signaturesByDay: [.init(day: "2026-11-25", count: signed)])
    }
    let waiting = sample.cases.compactMap { patientCase -> WaitingCase? in
      let late = state.session.readers.map(\.id).filter { !hasSigned($0, patientCase.id) }
      return late.isEmpty ? nil : WaitingCase(id: patientCase.id, readers: late)
    }
    return ProgressReport(
      progress: StudyProgress(round: 1, readers: readers, next: nil), waiting: waiting, today: "2026-11-26")
  }

  func caseView(of id: CaseID) throws -> CaseView {
    guard let view = view(id) else { throw ConsensusRefusal.votesAreSealed }
    return view
  }

  func history(of id: CaseID) -> [HistoryLine] { [] }

  func courses(_ query: WorklistQuery, offset: Int, limit: Int) -> (courses: [Course], total: Int) {
    let all = found(query)
    let courses = all.dropFirst(offset).prefix(limit).compactMap { view($0.id) }.map {
      PanelContext(session: state.session, view: $0, selected: .baseline).course
    }
    return (courses, all.count)
  }

  func keyImages(
    of patientCase: Case, at examination: ExaminationID, slice: Int?, showing image: KeyImageID?
  ) throws -> KeyImageSet? {
    guard let file = try SampleStudies.published(patientCase, in: sample.study, SampleCases.files) else { return nil }
    let consensus = Consensus(origin: .published, grades: file.published.mapValues { AgreedGrade($0) })
    return PhantomCase(file.patientCase, published: consensus, at: examination).flatMap {
      let phantom = Phantom($0)
      return phantom.images(slice: image.flatMap(phantom.slice) ?? slice ?? Phantom.slices / 2)
    }
  }

  // Of the practice study with all cases open that can be; computed once, for it takes seconds without optimization.
  private static let resampling = Resampling(resamples: 20)
  private static let opened: [OpenedCase] = {
    let sample = try? SampleStudies.practice(SampleCases.files)
    return ["1", "4", "6"].map { (id: CaseID) in
      OpenedCase(
        id: id, round: 1, readings: (sample?.readings ?? []).filter { $0.caseID == id }.map(\.reading), consensus: nil)
    }
  }()
  private static let usual: StudyAgreement? = {
    guard let sample = try? SampleStudies.practice(SampleCases.files) else { return nil }
    let readers = sample.principals.filter { $0.role == .reader }.map(\.id)
    return try? StudyAgreement(sample.study, readers: readers, opened: opened)
  }()
  private static let figures = usual?.figures(resampling: nil) ?? []
  private static let resampled = usual?.figures(resampling: resampling) ?? []

  /// What the runner tells of the cases that are open, one after the other.
  private func agreement() -> [Action] {
    let opened = sessions.keys.sorted().map { id in
      OpenedCase(
        id: id, round: 1, readings: readings.filter { $0.caseID == id }.map(\.reading), consensus: nil)
    }
    guard
      let agreement = try? StudyAgreement(
        state.session.study, readers: state.session.readers.map(\.id), opened: opened)
    else { return [.agreement(.absent("the readers' names cannot be told apart", cure: "rename one"))] }
    if let absence = agreement.absence { return [.agreement(.absent(absence.words, cure: absence.cure()))] }
    let isUsual = opened == Self.opened
    let figures = isUsual ? Self.figures : agreement.figures(resampling: nil)
    let whole = isUsual ? Self.resampled : figures
    return [.agreement(.found(agreement, figures))]
      + whole.enumerated().map { index, item in
        .agreement(.resampled([index: item], share: Double(index + 1) / Double(whole.count)))
      }
  }

  private mutating func keep(_ reading: Reading, _ id: CaseID) -> [Action] {
    readings.removeAll {
      $0.caseID == id && $0.reading.reader == reading.reader && $0.reading.examination == reading.examination
    }
    readings.append(CaseReading(caseID: id, reading: reading))
    return [.grading(.recorded(reading, savedAt: "14:02:11"))]
  }
}
