// Bones chosen on a spine map: single ones, ranges, sides, extents; or a change for each. By arrows, or by their names.

import Figures
import Grid
import ReviewCore

package struct BonePicker: Hashable, Sendable {
  package let finding: FindingID
  /// True where each bone gets a level instead of a mark.
  package let isMap: Bool
  package var cursor: Bone
  /// The other end of a range; nil without one.
  package var anchor: Bone?
  /// Bones chosen one by one beside the one under the cursor, each to get the same level.
  package private(set) var picked: Set<Bone> = []
  package private(set) var sites: Set<Site>
  package private(set) var changes: [Bone: LevelID]
  /// It was answered that no bone is meant, and nothing was marked since.
  private var isNone: Bool
  /// The beginning of a bone's name, as it is typed: `T1`. Empty as soon as something else is done.
  package private(set) var typed = ""

  /// The bones that the patient has.
  package let anatomy: Anatomy
  /// Bones and extents of the comparator, under the changes; nil where they are what is chosen, or not graded.
  package let involved: GradeValue?
  /// The examination that is compared with, in words.
  private let comparator: String
  /// What was chosen before each step, for undo.
  private var before: [Marks] = []
  /// A digit has just answered what was chosen: a comma begins another choice.
  private var isAnswered = false
  /// Esc has just been typed while marks were not kept: a second one gives them up.
  private var isLeaving = false

  private struct Marks: Hashable, Sendable {
    var sites: Set<Site>
    var changes: [Bone: LevelID]
    var isNone: Bool
  }

  /// - Parameter start: where the cursor stands if neither the value nor the baseline names a bone.
  package init(
    _ finding: Finding, value: GradeValue?, involved: GradeValue? = nil, at comparator: String = "the baseline",
    start: Bone? = nil, anatomy: Anatomy = .usual
  ) {
    self.anatomy = anatomy
    self.comparator = comparator
    self.finding = finding.id
    isMap = finding.scale == .map
    sites = Set(value?.siteList ?? [])
    changes = value?.changes ?? [:]
    isNone = value?.isNone ?? false
    self.involved = involved
    let baseline = involved?.siteList.sorted() ?? []
    cursor = (sites.sorted() + baseline).first.flatMap(\.shaded.first) ?? changes.keys.min() ?? start ?? .l3
  }

  /// The bones that the next key is about: under the cursor, up to the other end of a range, and chosen one by one.
  package var selection: [Bone] {
    let range =
      anchor.map { anchor in
        anchor.isVertebra && cursor.isVertebra
          ? anatomy.spine.filter { min(anchor, cursor) <= $0 && $0 <= max(anchor, cursor) } : []
      } ?? []
    return picked.union(range).union([cursor]).sorted()
  }

  /// Nil when nothing is chosen.
  package var value: GradeValue? {
    if isNone { return none }
    return isMap ? (changes.isEmpty ? nil : .map(changes)) : sites.isEmpty ? nil : .sites(sites.sorted())
  }

  /// Something is marked otherwise than when the map was opened.
  private var isChanged: Bool {
    before.first.map { $0 != Marks(sites: sites, changes: changes, isNone: isNone) } ?? false
  }

  private var none: GradeValue { isMap ? .map([:]) : .sites([]) }

  package mutating func move(_ direction: SpineLayout.Direction, on map: Rect) {
    cursor = SpineLayout.fitting(map.size, anatomy).neighbour(of: cursor, direction) ?? cursor
  }

  // MARK: Marks

  private mutating func change(_ body: (inout Marks) -> Void) {
    let old = Marks(sites: sites, changes: changes, isNone: isNone)
    var new = old
    new.isNone = false
    body(&new)
    (anchor, picked) = (nil, [])
    guard new != old else { return }
    before.append(old)
    (sites, changes, isNone) = (new.sites, new.changes, new.isNone)
  }

  /// Takes the last step back; false where there is none.
  package mutating func undo() -> Bool {
    guard let last = before.popLast() else { return false }
    (sites, changes, isNone) = (last.sites, last.changes, last.isNone)
    (anchor, picked) = (nil, [])
    return true
  }

  /// Marks all bones selected, or takes the marks away where all have one.
  package mutating func toggleSelection() {
    let bones = selection
    if isMap {
      change { marks in for bone in bones { marks.changes[bone] = nil } }
    } else {
      toggle(bones.map(Site.bone))
    }
  }

  package mutating func toggle(_ group: [Site]) {
    change { marks in
      if marks.sites.isSuperset(of: group) { marks.sites.subtract(group) } else { marks.sites.formUnion(group) }
    }
  }

  private mutating func mark(_ bones: [Bone]) {
    change { $0.sites.formUnion(bones.map(Site.bone)) }
  }

  /// The range as one extent, of which nothing is said of a single vertebra; false where there is no range.
  package mutating func toggleRun() -> Bool {
    guard anchor != nil, let first = selection.first, let last = selection.last, first != last else { return false }
    toggle([.run(first, last)])
    return true
  }

  package mutating func set(_ level: LevelID) {
    let bones = selection
    change { marks in for bone in bones { marks.changes[bone] = level } }
  }

  package mutating func clear() { change { $0 = Marks(sites: [], changes: [:], isNone: false) } }

  /// All bones of the baseline at once, or the one under the cursor again; false where the baseline has none.
  package mutating func pickInvolved() -> Bool {
    let bones = Set((involved?.siteList ?? []).flatMap { $0.shaded(in: anatomy) })
    guard let first = bones.min() else { return false }
    anchor = nil
    if picked == bones {
      picked = []
    } else {
      picked = bones
      if !bones.contains(cursor) { cursor = first }
    }
    return true
  }

  // MARK: Names

  /// Takes a letter or a digit of a vertebra's name, and goes there as soon as it is one; false for what is none.
  private mutating func type(_ character: Character) -> Bool {
    let added = typed + character.uppercased()
    let spine = anatomy.spine
    let isBegun = { (text: String) in spine.contains { $0.rawValue.hasPrefix(text) } }
    let name = isBegun(added) ? added : character.uppercased()
    guard isBegun(name) else { return false }
    typed = name
    if let bone = Bone(rawValue: name), anatomy.has(bone) { cursor = bone }
    return true
  }

  /// The bone whose name is typed; nil where nothing is, or no name yet.
  private var named: Bone? { Bone(rawValue: typed) }

  /// A name is typed that is the beginning of no other: a digit behind it is none of its own.
  private var isWholeName: Bool {
    guard let named else { return false }
    return anatomy.spine.filter { $0.rawValue.hasPrefix(typed) } == [named]
  }
}

// MARK: Keys

extension BonePicker {
  package enum Outcome: Hashable, Sendable {
    case open
    /// Still open, with something to be said.
    case told(String)
    case kept
    /// Kept, and the key is meant for what comes next.
    case keptBefore(Key)
    case left
    /// Instead of bones: none of them, or not assessable.
    case answered(GradeValue)
  }

  /// What a key does.
  /// - Parameter map: where the map is drawn; its layout decides where an arrow leads.
  package mutating func take(_ key: Key, _ levels: Finding?, on map: Rect) -> Outcome {
    let (wasAnswered, wasLeaving) = (isAnswered, isLeaving)
    (isAnswered, isLeaving) = (false, false)
    if case .character(let character) = key, type(character) { return .open }
    defer { typed = "" }
    switch key {
    case .escape, .control("c"):
      if stepBack() { return .open }
      guard isChanged, !wasLeaving else { return .left }
      isLeaving = true
      return .told("what you marked is not kept yet: Enter keeps it, Esc again gives it up")
    case .enter: return finish()
    case .up: move(.up, on: map)
    case .down: move(.down, on: map)
    case .left: move(.left, on: map)
    case .right: move(.right, on: map)
    case .character("v"): anchor = anchor == nil ? cursor : nil
    case .character("-"): anchor = cursor
    case .character(","):
      if !typed.isEmpty, named == nil { return .told(unknown(typed)) }
      if !isMap { mark(selection) } else if !wasAnswered { picked.insert(cursor) }
    case .character(" "):
      if isMap, selection.allSatisfy({ changes[$0] == nil }) {
        return .told("nothing is marked on \(ChangeRow.names(selection)) yet: a digit says what became of it")
      }
      toggleSelection()
      isAnswered = true
    case .backspace: if typed.isEmpty { clear() }
    case .character("u"): if !undo() { return .told("nothing has been changed on this map yet") }
    case .character("x"): return .answered(.notAssessable)
    case .character("n"):
      // Elsewhere n goes on: what is marked is not lost by it.
      let marked = isMap ? changes.keys.sorted().map(\.title) : sites.sorted().map(\.title)
      guard marked.isEmpty else {
        return .told("\(marked.joined(separator: ", ")): marked; take them out first, then n says that none is meant")
      }
      return .answered(none)
    case .character("a") where isMap:
      if !pickInvolved() { return .told("no bones are graded at \(comparator)") }
    case .character("e"):
      if isMap { return .told("a change is told of single bones: v chooses a range of them") }
      if !toggleRun() { return .told("e takes a range as one run: v at one end, then go to the other, or type T5-L5") }
    case .character(let character): return other(character, levels)
    default: break
    }
    return .open
  }

  private mutating func other(_ character: Character, _ levels: Finding?) -> Outcome {
    if isMap, let level = level(of: .character(character), levels) {
      set(level)
      isAnswered = true
    } else if !isMap, let group = Self.groups.first(where: { $0.key == .character(character) }) {
      toggle(group.sites)
    } else if character.isNumber {
      guard !isMap, isWholeName else { return .told(unknown(typed + String(character))) }
      _ = finish()
      return .keptBefore(.character(character))
    }
    return .open
  }

  /// What was begun is given up first: a name, then a range or bones chosen one by one; false where nothing was.
  private mutating func stepBack() -> Bool {
    if !typed.isEmpty { return true }
    guard anchor != nil || !picked.isEmpty else { return false }
    (anchor, picked) = (nil, [])
    return true
  }

  /// A bone that was typed, or a range, is marked; a change that was not chosen is asked for.
  private mutating func finish() -> Outcome {
    if !typed.isEmpty, named == nil { return .told(unknown(typed)) }
    guard !typed.isEmpty || anchor != nil || !picked.isEmpty else { return .kept }
    if !isMap {
      mark(selection)
    } else if selection.contains(where: { changes[$0] == nil }) {
      return .told("\(ChangeRow.names(selection)): a digit says what became of it; Esc gives it up")
    }
    return .kept
  }

  private func unknown(_ name: String) -> String {
    let last = anatomy.bones(of: .lumbar).last?.title ?? ""
    let cure = Bone(rawValue: name).map { Bone.extras.contains($0) } == true ? "; \(Anatomy.howDeclared)" : ""
    return "there is no vertebra ‘\(name)’: C1 to C7, T1 to T12, L1 to \(last), S1 to S5\(cure)"
  }

  /// Keys and what they do, the most needed first.
  package func keys(_ finding: Finding?) -> [(key: String, words: String)] {
    let marks: [(String, String)] =
      isMap
      ? (finding?.levels ?? []).enumerated().map { (String($0 + 1), $1.title) } + [("Space", "unmark")]
      : [("Space", "mark")]
    let there = comparator.hasPrefix("the ") ? String(comparator.dropFirst(4)) : comparator
    let groups =
      isMap ? [("a", "all of \(there)")] : [("e", "range as one run")] + Self.groups.map { ($0.key.title, $0.title) }
    return [("Enter", "keep"), ("Esc", "leave")] + marks + [
      ("T11,L4", isMap ? "choose by name" : "mark by name"), ("v", "range"), ("u", "undo"),
    ]
      + groups + [
        (Key.backspace.title, "clear"), ("n", isMap ? "none" : "no bone"), ("x", "not assessable"), ("?", "help"),
      ]
  }

  /// Keys one after another, as they are typed.
  package func examples(_ finding: Finding?) -> [(key: String, words: String)] {
    guard isMap else {
      return [
        ("T11,L4 Enter", "mark T11 and L4, and keep them"),
        ("T11 1", "mark and keep T11, and grade 1 next"), ("T5-L5 e", "mark T5 to L5 as one run"),
      ]
    }
    let change = finding?.levels.first?.title ?? "1"
    return [("T11,L4 1 Enter", "T11 and L4 \(change)"), ("T5-L5 1 Enter", "each from T5 to L5 \(change)")]
  }

  /// The same for the last row of the screen, which has no room for every level.
  package func foot(_ finding: Finding?) -> [(key: String, words: String)] {
    guard isMap, let count = finding?.levels.count, count > 1 else { return keys(finding) }
    var keys = keys(finding)
    keys.replaceSubrange(2..<2 + count, with: [("1–\(count)", "change")])
    return keys
  }

  /// Groups with a key of their own. C, T, L and S begin the name of a vertebra.
  package static let groups: [(key: Key, title: String, sites: [Site])] = [
    (.character("w"), "whole spine", [.wholeSpine]),
    (.character("b"), "upper sacrum", [.upperSacrum]),
    (.character("r"), "all ribs", [.bone(.ribsLeft), .bone(.ribsRight)]),
    (.character("p"), "pelvic girdles", [.bone(.pelvicGirdleLeft), .bone(.pelvicGirdleRight)]),
    (.character("g"), "pectoral girdles", [.bone(.pectoralGirdleLeft), .bone(.pectoralGirdleRight)]),
    (.character("m"), "sternum", [.bone(.sternum)]),
  ]
}

/// A key for the picker. Enter records what is chosen, Esc cancels.
@Sendable func updatePicker(_ state: inout State, _ key: Key, _ picker: BonePicker) -> [Effect] {
  var picker = picker
  let outcome = picker.take(key, state.session.codebook[picker.finding], on: state.pickerMap)
  state.grading.picker = picker
  switch outcome {
  case .open: return []
  case .told(let words):
    state.message = Message(words, .warning)
    return []
  case .left:
    state.grading.picker = nil
    return []
  case .answered(let value):
    state.grading.picker = nil
    return record(value, for: picker.finding, &state)
  case .kept: return keep(picker, &state)
  case .keptBefore(let key):
    let effects = keep(picker, &state)
    if !state.grading.isAskingConfidence, let next = state.gradedFinding, state.grade(of: next.id) != nil {
      state.message = Message("the bones are kept; \(next.title) is graded already, a digit grades it anew", .warning)
      return effects
    }
    return effects + [.press(key)]
  }
}

private func keep(_ picker: BonePicker, _ state: inout State) -> [Effect] {
  state.grading.picker = nil
  state.grading.lastBone = picker.cursor
  return picker.value.map { record($0, for: picker.finding, &state) } ?? clear(picker.finding, &state)
}

/// What is chosen and not answered yet, and the name that is being typed, beside what the map is about.
func typedName(_ picker: BonePicker) -> Line {
  let isPending = picker.anchor != nil || !picker.picked.isEmpty
  let chosen = picker.typed.isEmpty ? picker.selection : picker.picked.sorted()
  let words =
    (isPending && !chosen.isEmpty ? [ChangeRow.names(chosen)] : []) + (picker.typed.isEmpty ? [] : [picker.typed])
  return words.isEmpty ? [] : [("  " + words.joined(separator: " "), .role(.focus, .bold)), ("▁", .role(.muted))]
}
