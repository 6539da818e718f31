// What a presentation does to a seat: the presenter's shares where it is, the audience's follow and answer.

import Grid
import ReviewCore

func updatePresentation(_ state: inout State, _ action: PresentationAction) -> [Effect] {
  guard case .room(let lectern, let answered) = action, state.presentation.part != .none else { return [] }
  let before = state.presentation.lectern
  state.presentation.lectern = lectern
  state.presentation.answered = answered
  if state.isPresenting, let focus = lectern?.focus { state.presentation.report = focus.log }
  guard let lectern else {
    state.presentation.part = .none
    state.message = Message("the presentation is lost; P or f joins it again", .failure)
    return []
  }
  let news = state.news(before, lectern)
  if let news { state.message = news }
  guard !state.isPresenting, let focus = state.followed else { return [] }
  let isNew = before?.focus != focus || before?.host == nil || before?.isHost == true
  return isNew ? state.follow() : []
}

extension State {
  /// What people should know of a change among the seats.
  fileprivate func news(_ before: Lectern?, _ now: Lectern) -> Message? {
    let name = presenterName
    if presentation.part == .presenter {
      switch (before?.isHost, now.isHost) {
      case (nil, true):
        return presentation.resume == .never
          ? Message("you are presenting: learners' seats follow you; E ends it") : nil
      case (nil, false): return Message("\(name) is already presenting and you follow; H takes the lead", .warning)
      case (true, false): return Message("\(name) is presenting now and you follow; H takes the lead back", .warning)
      case (false, true): return Message("you are presenting now; learners' seats follow you", .warning)
      default: return nil
      }
    }
    if before?.focus != nil, now.focus == nil {
      return Message("the presentation has ended; the case stays here, Enter goes on alone")
    }
    if before?.host != nil, now.host == nil, now.focus != nil {
      return Message("the presenter has gone; nothing more is shown of the case until they are back", .warning)
    }
    let isOn = now.host != nil && now.focus != nil
    let wasOn = before?.host != nil && before?.focus != nil
    if isOn, !wasOn {
      return Message(
        presentation.isFollowing ? "\(name) is presenting; answer as you are asked" : "\(name) presents; f follows")
    }
    return before == nil && !isOn
      ? Message("nobody is presenting now; this seat follows as soon as somebody does") : nil
  }

  /// Goes where the presenter is, if this seat follows; the file is loaded first where it lacks the case.
  mutating func follow() -> [Effect] {
    guard presentation.isFollowing, let focus = presented else { return [] }
    guard let subject = teaching.file[focus.caseID] else { return [.teaching(.load(focus.caseID))] }
    show(focus, subject)
    return []
  }

  fileprivate mutating func show(_ focus: TeachingFocus, _ subject: TeachingCase) {
    var subject = subject
    if let script = focus.script, script != subject.script.withoutNotes { subject.script = script }
    let isThere = teaching.walk.map { $0.subject == subject && $0.mode == .walk && $0.only == nil } ?? false
    if !isThere {
      let kept = presentation.walk.flatMap { $0.subject == subject ? $0 : nil }
      teaching.begin(kept ?? TeachingWalk(subject, codebook: session.codebook))
    }
    let wasRevealed = teaching.walk?.isRevealed
    teaching.change { $0.follow(step: focus.step, reach: focus.reach, isRevealed: focus.isReachRevealed) }
    if teaching.walk?.isRevealed != wasRevealed { teaching.scroll = 0 }
    teaching.isUnknown = focus.isUnknown
    push(.teaching)
  }

  /// After everything that happens: shares where a presenter is, and says what a learner answers.
  mutating func settlePresentation(afterKey: Bool) -> [Effect] {
    guard presentation.part != .none, let lectern = presentation.lectern else { return [] }
    if isPresenting { return takeUp(lectern) + sharing(lectern) }
    let elsewhere: Set<ScreenID> = [.teaching, .study, .tooSmall]
    if afterKey, presentation.isFollowing, followed != nil, !elsewhere.contains(screen) {
      presentation.isFollowing = false
    }
    return saying(lectern)
  }

  /// Goes on where the presentation was left.
  private mutating func takeUp(_ lectern: Lectern) -> [Effect] {
    guard presentation.resume != .never, teaching.isLoaded || lectern.focus == nil else { return [] }
    let resume = presentation.resume
    presentation.resume = .never
    guard let focus = lectern.focus, let subject = teaching.file[focus.caseID],
      resume == .anyCase || teaching.walk == nil || teaching.walk?.subject.id == focus.caseID
    else {
      message = Message(
        teaching.walk == nil && teaching.wanted == nil
          ? "choose a case; learners' seats follow you" : "you are presenting: learners' seats follow you; E ends it")
      return []
    }
    show(focus, subject)
    message = Message("the presentation goes on where it was; E ends it, and the next starts again")
    return []
  }

  private mutating func sharing(_ lectern: Lectern) -> [Effect] {
    guard presentation.resume == .never else { return [] }
    guard let walk = teaching.walk, walk.mode == .walk, walk.only == nil else {
      // Until a case is open nobody is led to what was presented some other day.
      return presentation.isFresh && lectern.focus != nil ? [.presentation(.share(nil))] : []
    }
    let session = presentation.isFresh ? nil : lectern.focus
    let before = session.flatMap { $0.caseID == walk.subject.id ? $0 : nil }
    presentation.isFresh = false
    let reach = max(before?.reach ?? 0, walk.index)
    let isOwnScript = presentation.ownScript?.caseID == walk.subject.id
    let script = walk.subject.script.withoutNotes
    var focus = TeachingFocus(
      caseID: walk.subject.id, step: walk.index, reach: reach,
      isReachRevealed: reach == walk.index && walk.isRevealed
        || before?.reach == reach && before?.isReachRevealed == true,
      isUnknown: teaching.isUnknown, tallies: before?.tallies ?? [:],
      script: isOwnScript || before?.script == script ? script : nil)
    focus.asked = walk.currentTasks.first.map { TeachingSession.Question($0, of: walk, at: walk.index) }
    focus.passed = before?.step == walk.index ? before?.passed : before.flatMap { passedOver($0, walk) }
    (focus.log, focus.began, focus.sharedAt) = (session?.log ?? [], session?.began, session?.sharedAt)
    return focus == lectern.focus ? [] : [.presentation(.share(focus))]
  }

  /// The question that was still open as the presenter went on, with what is right.
  private func passedOver(_ before: TeachingFocus, _ walk: TeachingWalk) -> TeachingSession.Question? {
    guard !before.isRevealed(before.step), walk.tasks.indices.contains(before.step) else { return nil }
    return walk.tasks[before.step].first.map { TeachingSession.Question($0, of: walk, at: before.step) }
  }

  /// Answers belong to the question that is still open; nothing of them is left once it is closed.
  private mutating func saying(_ lectern: Lectern) -> [Effect] {
    guard let focus = lectern.focus else { return [] }
    if let walk = teaching.walk, walk.mode == .walk, walk.only == nil, walk.subject.id == focus.caseID {
      presentation.walk = walk
    }
    // While the presenter is gone the question stays open.
    guard presentation.part == .audience, lectern.host != nil else { return [] }
    let walk = presentation.walk.flatMap { $0.subject.id == focus.caseID ? $0 : nil }
    let said = focus.isRevealed(focus.step) ? nil : walk?.answer(at: focus.step)
    let answer = said.map { SaidAnswer(caseID: focus.caseID, step: focus.step, answer: $0) }
    guard answer != presentation.said else { return [] }
    presentation.said = answer
    return [.presentation(.say(answer))]
  }

  /// Why this seat does not go on by itself.
  var isLed: String? {
    guard presentation.isFollowing, let focus = presented, isCovered(focus.caseID) else { return nil }
    return followed == nil
      ? "the presenter is away; nothing is shown until they are back" : "the presenter goes on; ← looks back"
  }

  /// Enter and → in a case that is presented to this seat: not further than the presenter is. Nil where nobody holds
  /// the seat back.
  mutating func advanceBehindPresenter() -> [Effect]? {
    guard let focus = presented, let walk = teaching.walk, walk.subject.id == focus.caseID, isCovered(focus.caseID)
    else {
      if presentation.part == .audience { presentation.isFollowing = false }
      return nil
    }
    if let next = walk.next, next <= focus.reach, focus.isRevealed(walk.index) {
      teaching.change { $0.go(to: next) }
      if next == focus.step {
        presentation.isFollowing = true
        message = Message("with the presenter again")
      }
    } else {
      message = Message("the presenter has not shown more yet; f returns to them")
    }
    return []
  }
}

extension TeachingWalk {
  /// What was answered to a step's question, from 0.
  fileprivate func answer(at step: Int) -> TeachingAnswer? {
    guard tasks.indices.contains(step) else { return nil }
    return tasks[step].first.flatMap { answers[$0.id] }
  }
}
