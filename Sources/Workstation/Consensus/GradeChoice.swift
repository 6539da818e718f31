// A grade chosen for a vote or for the record: levels by digit, bones and places one by one.

import Grid
import ReviewCore

package struct GradeChoice: Hashable, Sendable {
  package enum Purpose: Hashable, Sendable {
    /// By the principal of this seat, or by a guest.
    case vote(as: PrincipalID?)
    case agree
  }

  package let purpose: Purpose
  package let key: GradeKey
  package let finding: Finding
  /// Which vote on the finding it is for, counted from 1; nil for the record.
  let ballot: Int?
  /// What the readers said of each bone or place.
  package let tally: BoneTally
  /// The bones or places to decide on, those whose marks differ first. A vote is on them alone.
  package let items: [BoneTally.Item]
  /// What a vote takes as agreed, and asks nobody about.
  package let agreed: [BoneTally.Item]
  package var levels: [LevelID] = []
  /// What is chosen for each bone or place; one without a mark is still to be decided.
  package var marks: [BoneTally.Place: BoneTally.Mark]
  /// How the bones are named where readers do it differently; nil is still to be decided.
  package private(set) var form: BoneTally.Form?
  /// Whether that is decided here.
  package let asksForm: Bool
  /// Whose joints the bones keep: what the voter signed, until they vote; for the record what is agreed.
  private let own: GradeValue?
  /// Esc was typed, and what is chosen would be lost.
  private var isLeaving = false
  package var cursor = 0
  /// Where there are more levels than digits: the list of the grading screen, with what else can be said below them.
  var list: LevelList?
  /// What was chosen before each step, for undo.
  private var before: [Chosen] = []

  private struct Chosen: Hashable, Sendable {
    var levels: [LevelID]
    var marks: [BoneTally.Place: BoneTally.Mark]
    var form: BoneTally.Form?
  }

  /// - Parameter own: what the voter signed, whose way to name the bones theirs is unless they say otherwise.
  package init(_ purpose: Purpose, _ row: ConsensusRow, _ finding: Finding, own: GradeValue? = nil) {
    self.purpose = purpose
    key = row.key
    self.finding = finding
    self.own = purpose == .agree ? row.decision?.grade?.value : (row.vote?.count ?? 0) > 1 ? nil : own
    ballot = purpose == .agree ? nil : row.vote?.count
    let tally = row.tally(finding)
    self.tally = tally
    let asked = purpose == .agree ? nil : row.vote?.question.map { Set($0.places) }
    items = (tally.disputed + tally.agreed).filter { asked?.contains($0.place) ?? true }
    agreed = asked.map { asked in tally.items.filter { !asked.contains($0.place) } } ?? []
    // What all agree on is in from the start. For the record the rest is as the majority has it; a vote is the voter's own,
    // and nothing is said for them.
    marks = tally.items.reduce(into: [:]) { marks, item in
      if item.isAgreed || purpose == .agree || asked?.contains(item.place) == false {
        marks[item.place] = item.majority
      }
    }
    asksForm = !tally.forms.isEmpty
    // A vote on the same bones is on that alone, and after a vote what was signed is no longer the voter's.
    form = purpose == .agree ? tally.form : asked == nil ? nil : BoneTally.Form(self.own)
    // What there is to decide has the cursor.
    if asksForm, tally.disputed.isEmpty { cursor = items.count }
    // What is agreed already is where another grade begins: Enter without a change changes nothing.
    if purpose == .agree, let agreed = row.decision?.grade?.value {
      levels = agreed.levelIDs
      marks = tally.marks(of: agreed) ?? [:]
      form = BoneTally.Form(agreed)
    }
    // Places of a set are voted on one by one; for the record they are chosen from the list, others among them.
    isOfBones =
      finding.scale == .sites || finding.scale == .map
      || finding.isOfPlaces && purpose != .agree && !tally.disputed.isEmpty
    let start = purpose == .agree ? row.decision?.grade?.value ?? row.suggestion?.grade?.value : own
    if !isOfBones, let index = finding.levels.firstIndex(where: { $0.id == start?.levelIDs.first }) { cursor = index }
    if !isOfBones, finding.levels.count > 9 {
      let abstaining = isVote ? [LevelList.Other(title: "abstain", value: nil)] : []
      list = LevelList(
        finding,
        others: [GradeValue.notAssessable, .notAcquired].map { LevelList.Other(title: finding.words($0), value: $0) }
          + abstaining)
    }
  }

  /// Abstaining is 0, but where that is a level's key.
  package var abstaining: Character { finding.level(forKey: 0) == nil ? "0" : "a" }

  /// Whether it is chosen bone by bone, or place by place.
  package let isOfBones: Bool
  package var isVote: Bool { purpose != .agree }

  package enum Answer: Hashable, Sendable {
    case open(GradeChoice)
    /// Nil abstains.
    case value(GradeValue?)
    /// The value is typed as text.
    case typing
    case left
    /// Still open, with something to be said.
    case told(GradeChoice, String)
    case refused(String)
  }

  package func answer(to key: Key) -> Answer {
    var choice = self
    choice.isLeaving = false
    if let step = choice.list?.take(key, page: 10) {
      switch step {
      case .open: return .open(choice)
      case .left: return .left
      case .value(let value): return .value(value)
      case .refused(let words), .invalid(let words): return .refused(words)
      }
    }
    switch key {
    case .escape, .control("c"):
      guard isBegun, !isLeaving else { return .left }
      choice.isLeaving = true
      let words = "what you chose is not \(isVote ? "voted" : "agreed") yet"
      return .told(choice, "\(words): Enter takes it, Esc again gives it up")
    case .character("x"): return .value(.notAssessable)
    case .character("z"): return .value(.notAcquired)
    case .character("n") where isOfBones && !agreed.isEmpty:
      return .refused("the vote takes \(agreedWords) as agreed; Space says no of the rest, t types another grade")
    case .character("n") where isOfBones:
      let named = items.filter { ![nil, .notNamed, .noAnswer].contains(marks[$0.place]) }.map(\.place.title)
      guard named.isEmpty else {
        return .refused("\(named.joined(separator: ", ")): in; Space takes them out, then n says that none is meant")
      }
      return .value(none)
    case .character(abstaining) where isVote: return .value(nil)
    case .character("t"): return .typing
    case .down, .character("j"): choice.cursor = min(cursor + 1, max(0, rows - 1))
    case .up, .character("k"): choice.cursor = max(0, cursor - 1)
    case .enter:
      if let open = items.firstIndex(where: { marks[$0.place] == nil }) {
        choice.cursor = open
        return .told(choice, "decide on \(items[open].place.title) first")
      }
      if asksForm, form == nil {
        choice.cursor = items.count
        return .told(choice, "decide on one run, or each vertebra, first")
      }
      return chosen
    case .character(" "): choice.change { $0.toggle(cursor) }
    case .character("r") where isOfBones:
      if items.indices.contains(cursor), marks[items[cursor].place] == nil {
        return .told(self, "decide on \(items[cursor].place.title) first")
      }
      choice.change { $0.decideRest() }
    case .character("e") where asksForm: choice.change { $0.toggleForm() }
    case .character("u"):
      guard let last = choice.before.popLast() else { return .refused("nothing has been chosen here yet") }
      (choice.levels, choice.marks, choice.form) = (last.levels, last.marks, last.form)
    default:
      if finding.scale == .number, case .character(let digit) = key, digit.isASCII, digit.isNumber { return .typing }
      guard let level = level(of: key, finding) else { return .open(self) }
      if finding.scale == .choice { return .value(.level(level)) }
      choice.change { choice in
        if finding.scale == .map {
          choice.set(.level(level))
        } else if finding.scale == .set, !isOfBones {
          choice.toggle(level)
        }
      }
    }
    return .open(choice)
  }

  private mutating func change(_ body: (inout GradeChoice) -> Void) {
    let old = chosenNow
    body(&self)
    if old != chosenNow { before.append(old) }
  }

  private var chosenNow: Chosen { Chosen(levels: levels, marks: marks, form: form) }

  /// Something was chosen and not taken yet.
  package var isBegun: Bool { !before.isEmpty }

  /// `T11, L2`; of changes per bone `T11 decreased, L2 resolved`.
  package var agreedWords: String {
    agreed.map { item in
      guard finding.scale == .map, let mark = marks[item.place] else { return item.place.title }
      return "\(item.place.title) \(VoteQuestion.words(mark, finding))"
    }.joined(separator: ", ")
  }

  /// Of what a vote takes as agreed, the bones that a typed one leaves out; nil where there are none.
  func agreedButNotIn(_ value: GradeValue, _ anatomy: Anatomy) -> String? {
    guard isVote, finding.scale == .sites, value.isAnswer else { return nil }
    let named = Set(value.siteList.flatMap { $0.shaded(in: anatomy) })
    let left = agreed.filter { item in
      guard case .site(let site) = item.place, item.marks.first == .named else { return false }
      return !named.isSuperset(of: site.shaded(in: anatomy))
    }
    return left.isEmpty ? nil : left.map(\.place.title).joined(separator: ", ")
  }

  /// The answer that no place is meant.
  private var none: GradeValue {
    if let alone = finding.alone { return .levels([alone]) }
    return finding.scale == .map ? .map([:]) : .sites([])
  }

  /// The bones, and below them how they are named where that is asked.
  package var rows: Int { isOfBones ? items.count + (asksForm ? 1 : 0) : finding.levels.count }

  private var chosen: Answer {
    if isOfBones {
      guard let value = tally.value(as: form, own: own, { marks[$0.place] }) else {
        return .refused("no bone is chosen; n says that none is involved, t types others, x is not assessable")
      }
      return .value(value)
    }
    switch finding.scale {
    case .choice: return finding.levels.indices.contains(cursor) ? .value(.level(finding.levels[cursor].id)) : .left
    case .number: return .typing
    case .set:
      return levels.isEmpty
        ? .refused("choose one or more levels with their digits, then Enter")
        : .value(.levels(finding.inCodeOrder(levels)))
    case .sites, .map: return .left
    }
  }

  private mutating func toggle(_ level: LevelID) {
    // What stands alone takes the place of the others, and they of it.
    if let alone = finding.alone { levels.removeAll { ($0 == alone) != (level == alone) } }
    if let index = levels.firstIndex(of: level) { levels.remove(at: index) } else { levels.append(level) }
  }

  /// The next mark that readers gave a bone; a level of a set.
  private mutating func toggle(_ row: Int) {
    if !isOfBones {
      if finding.levels.indices.contains(row) { toggle(finding.levels[row].id) }
      return
    }
    guard items.indices.contains(row) else { return asksForm ? toggleForm() : () }
    let item = items[row]
    let possible =
      [.notNamed]
      + item.marks.filter { $0 != .notNamed && $0 != .noAnswer }.reduce(into: [BoneTally.Mark]()) {
        if !$0.contains($1) { $0.append($1) }
      }
    let now = possible.firstIndex(of: marks[item.place] ?? .notNamed) ?? 0
    marks[item.place] = possible[(now + 1) % possible.count]
  }

  /// The next way to name the bones; partly as a run only where that is known of somebody whose word it is.
  private mutating func toggleForm() {
    let isMixed = BoneTally.Form(own) == .mixed || !isVote && tally.forms.contains(.mixed)
    let ways: [BoneTally.Form] = [.extent, .each] + (isMixed ? [.mixed] : [])
    form = form.flatMap(ways.firstIndex).map { ways[($0 + 1) % ways.count] } ?? .extent
  }

  private mutating func set(_ mark: BoneTally.Mark) {
    if items.indices.contains(cursor) { marks[items[cursor].place] = mark }
  }

  /// What is still to be decided, as what is under the cursor: of the runs that one reader names and another does not.
  private mutating func decideRest() {
    guard items.indices.contains(cursor), let mark = marks[items[cursor].place] else { return }
    for item in items where marks[item.place] == nil { marks[item.place] = mark }
  }

  /// All keys of the choice, in words.
  package var keys: [(key: String, words: String)] {
    if let list { return list.keys }
    let levels = finding.levels.compactMap { level in finding.key(of: level.id).map { (String($0), level.title) } }
    let how: [(String, String)] =
      switch finding.scale {
      case .choice: levels + [("Enter", "the level under the cursor")]
      case .set where isOfBones: [("Space", "yes, no"), ("r", "the rest like this one"), ("Enter", "take them all")]
      case .set: levels + [("Enter", "take the levels that are marked ✓")]
      case .number: [("Enter", "take the number as typed")]
      case .sites:
        [
          ("Space", "take the bone in or out"), ("r", "the rest like this one: what is still to decide"),
          ("Enter", "take all that are in"),
        ] + (asksForm ? [("e", "as one run, or each vertebra")] : [])
      case .map:
        levels + [("Space", "what the readers said of the bone, one after another"), ("Enter", "take them all")]
      }
    let abstaining = isVote ? [(String(abstaining), "abstain: your vote counts for no grade")] : []
    let none = isOfBones && agreed.isEmpty ? [("n", "none: no bone is involved")] : []
    return how + none + [("↑ ↓", "move"), ("x", "not assessable"), ("z", "not acquired")] + abstaining
      + [("t", "type the grade"), ("u", "undo the last step"), ("Esc", "leave it as it was")]
  }
}
