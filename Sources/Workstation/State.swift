// Everything the screen is drawn from.

import Grid
import ReviewCore

/// A line for the person at the foot of the screen, until the next key.
package struct Message: Hashable, Sendable {
  package enum Tone: Hashable, Sendable { case information, warning, failure }
  package var text: String
  package var tone: Tone

  package init(_ text: String, _ tone: Tone = .information) {
    self.text = text
    self.tone = tone
  }
}

/// A theme as the picker lists it; what it looks like is the terminal's business.
package struct ThemeName: Hashable, Sendable {
  package var id: String
  package var title: String

  package init(id: String, title: String) {
    self.id = id
    self.title = title
  }
}

package struct State: Sendable {
  package var session: Session
  package var size: Size
  /// Whether the terminal shows pictures, or says in words what is on them.
  package var showsPictures = true
  package var themes: [ThemeName]
  package var theme: String
  /// The screens opened on top of each other; the last is seen.
  package var stack: [ScreenID]
  /// What lies over the screen and has the keys.
  package var overlay: (any Layer)?
  package var message: Message?
  /// Lies over everything while nobody has touched a key for long.
  package var lock: LockState?
  /// Something was written here since the screens below this one were loaded.
  var isBehind = false
  /// Keys wait behind the one that is shown: a picture may be coarser.
  package var isHurried = false
  /// A passphrase was checked, and what came of it is not on the screen yet: what is typed is not for it.
  package var isDeaf = false
  /// Where one was when the link dropped, until one is there again.
  var returning: Place?
  package var worklist = WorklistState()
  package var caseScreen = CaseScreenState()
  package var grading = GradingState()
  /// What other screens keep for themselves, by its type.
  private var kept: [ObjectIdentifier: any ScreenState] = [:]
  package var teaching = TeachingState()
  package var presentation = PresentationState()
  package var consensus = ConsensusState()
  package var agreement = AgreementState()

  package init(session: Session, size: Size, themes: [ThemeName] = [], theme: String = "") {
    self.session = session
    self.size = size
    self.themes = themes
    self.theme = theme
    stack = [Self.home(session)]
  }

  /// The screen below all others: a learner's seat is the teaching file, and knows of no worklist.
  private static func home(_ session: Session) -> ScreenID {
    session.principal.role == .learner ? .teachingFile : .worklist
  }
  package var home: ScreenID { Self.home(session) }

  package static let smallest = Size(width: 60, height: 16)

  package var isTooSmall: Bool { size.width < Self.smallest.width || size.height < Self.smallest.height }

  package var screen: ScreenID { isTooSmall ? .tooSmall : stack.last ?? .worklist }

  /// Rows between the two head lines and the footer.
  package var body: Rect { Rect(x: 0, y: 2, width: size.width, height: size.height - 3) }

  package mutating func push(_ screen: ScreenID) {
    if screen == home { stack = [] }
    stack.removeAll { $0 == screen }
    stack.append(screen)
  }

  package mutating func pop() {
    if stack.count > 1 { stack.removeLast() }
  }

  /// What a screen keeps for itself: as it is at first, until it is changed.
  package subscript<Kept: ScreenState>(_ type: Kept.Type) -> Kept {
    get { kept[ObjectIdentifier(type)] as? Kept ?? Kept() }
    set { kept[ObjectIdentifier(type)] = newValue }
  }
}

/// What a screen keeps for itself. Its file declares it, and a name for it in `State`; nobody else need know of it.
package protocol ScreenState: Sendable {
  init()
}
