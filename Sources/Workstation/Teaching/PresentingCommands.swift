// Commands of a presentation: to present, to follow, to take the lead.

import Grid

extension Commands {
  /// Whoever presents shows all of a case, and so would see what they are still asked.
  private static func whyQuizzed(_ state: State) -> String? {
    if state.screen == .teaching, state.teaching.walk?.mode == .quiz {
      return "a quiz is yours alone; g goes back to the walk-through"
    }
    return state.teaching.quizzed.isEmpty ? nil : "your quiz is still open; press g in it to give it up"
  }

  static let presenting: [Command] = [
    Command(
      "present.end", "end the presentation, or no longer follow one", keys: [.character("E")],
      on: [.teaching, .teachingFile], hint: "end",
      whyNot: { $0.presentation.part == .presenter ? nil : "you are not presenting" }
    ) { $0.endPresentation() },
    Command(
      "present", "present the case: learners' seats follow you", keys: [.character("P")],
      on: [.teaching, .teachingFile], hint: "present",
      whyNot: { state in
        if state.presentation.part == .presenter { return "you are already presenting; E ends it" }
        if state.session.principal.role != .presenter { return "only a presenter leads; f follows one" }
        return whyQuizzed(state)
      }
    ) { $0.startPresentation() },
    Command(
      "follow", "follow the presenter, or return to them", keys: [.character("f")],
      on: [.teaching, .teachingFile, .score, .atlas],
      whyNot: { $0.isPresenting ? "you are presenting; the others follow you" : nil }
    ) { state in
      state.presentation.isFollowing = true
      guard state.presentation.part == .none else {
        if state.followed == nil {
          state.message = Message("nobody is presenting now; this seat follows as soon as somebody does")
        }
        return state.follow()
      }
      state.presentation.part = .audience
      return [.presentation(.join(mayLead: false))]
    },
    Command(
      "lead", "take the lead of the presentation", keys: [.character("H")], on: [.teaching, .teachingFile],
      whyNot: { state in
        if state.isPresenting { return "you lead already; E ends the presentation" }
        return state.presentation.part == .presenter ? whyQuizzed(state) : "P presents; only a presenter leads"
      }
    ) { _ in [.presentation(.lead)] },
  ]
}

extension State {
  fileprivate mutating func startPresentation() -> [Effect] {
    (presentation.part, presentation.isFresh, presentation.isFollowing) = (.presenter, true, true)
    presentation.lectern = nil
    // In the list it is the case under the cursor.
    let cases = teaching.cases
    let opening =
      screen == .teachingFile && cases.indices.contains(teaching.cursor) ? teach(cases[teaching.cursor].id) : []
    return opening + [.presentation(.join(mayLead: true))]
  }

  fileprivate mutating func endPresentation() -> [Effect] {
    let ending: [Effect] = isPresenting ? [.presentation(.share(nil))] : []
    let ended =
      presentation.report.isEmpty
      ? "the presentation has ended; the learners keep the case"
      : "the presentation has ended; the learners keep the case, R shows how they answered"
    message = Message(isPresenting ? ended : "you no longer follow")
    (presentation.part, presentation.lectern) = (.none, nil)
    return ending + [.presentation(.leave)]
  }

  /// Joins at the start, where a seat comes to present or to follow.
  var joining: [Effect] {
    switch presentation.part {
    case .none: []
    case .audience: [.presentation(.join(mayLead: false))]
    case .presenter:
      (stack.contains(where: \.isTeaching) ? [] : [.teaching(.load(nil))]) + [.presentation(.join(mayLead: true))]
    }
  }
}

/// At the right of the second line: whether this seat presents or follows, and how far the audience is.
func presentationMark(_ state: State) -> Line {
  let presentation = state.presentation
  guard presentation.part != .none, let lectern = presentation.lectern else { return [] }
  if state.isPresenting {
    let audience = lectern.members.count(where: \.isAudience)
    guard let walk = state.teaching.walk, !walk.isRevealed else {
      return [("presenting to \(audience)", .role(.accent, .bold))]
    }
    return [("presenting: \(presentation.answered) of \(audience) answered", .role(.accent, .bold))]
  }
  guard let focus = state.followed else {
    let isKept = lectern.focus != nil && state.teaching.walk?.subject.id == lectern.focus?.caseID
    return [(isKept ? "the presenter has gone" : "no presenter yet", .role(.warning))]
  }
  guard presentation.isFollowing else {
    let name = focus.isUnknown ? "a case" : "case \(focus.caseID)"
    return [("\(name) is presented: f returns", .role(.focus, .bold))]
  }
  return [
    (presentation.said == nil ? "" : "✓ answered  ", .role(.good)), ("with \(state.presenterName)", .role(.accent)),
  ]
}
