// Bones chosen on a spine map: single ones, ranges, sides, extents; or a change for each.

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
  package var sites: Set<Site>
  package var changes: [Bone: LevelID]

  /// Bones and extents of the baseline, under the changes; nil where they are what is chosen, or not graded.
  package let involved: GradeValue?
  /// All bones of the baseline are selected at once.
  package var selectsInvolved = false

  package init(_ finding: Finding, value: GradeValue?, involved: GradeValue? = nil) {
    self.finding = finding.id
    isMap = finding.scale == .map
    sites = Set(value?.siteList ?? [])
    changes = value?.changes ?? [:]
    self.involved = involved
    let baseline = involved?.siteList.sorted() ?? []
    cursor = (sites.sorted() + baseline).first.flatMap(\.shaded.first) ?? changes.keys.min() ?? .l3
  }

  /// The bones between anchor and cursor, or the one under the cursor.
  package var selection: [Bone] {
    if selectsInvolved { return involvedBones }
    guard let anchor, anchor.isVertebra, cursor.isVertebra else { return [cursor] }
    return Bone.spine.filter { min(anchor, cursor) <= $0 && $0 <= max(anchor, cursor) }
  }

  private var involvedBones: [Bone] { Set((involved?.siteList ?? []).flatMap(\.shaded)).sorted() }

  /// Nil when nothing is chosen.
  package var value: GradeValue? {
    isMap ? (changes.isEmpty ? nil : .map(changes)) : sites.isEmpty ? nil : .sites(sites.sorted())
  }

  package mutating func move(_ direction: SpineLayout.Direction, on map: Rect) {
    selectsInvolved = false
    cursor = SpineLayout.fitting(map.size).neighbour(of: cursor, direction) ?? cursor
  }

  /// Marks all bones selected, or takes the marks away where all have one.
  package mutating func toggleSelection() {
    if isMap {
      for bone in selection { changes[bone] = nil }
    } else {
      toggle(selection.map(Site.bone))
    }
    (anchor, selectsInvolved) = (nil, false)
  }

  package mutating func toggle(_ group: [Site]) {
    if sites.isSuperset(of: group) { sites.subtract(group) } else { sites.formUnion(group) }
  }

  /// The range as one extent, of which nothing is said of a single vertebra.
  package mutating func toggleRun() {
    guard let first = selection.first, let last = selection.last, first != last else { return }
    toggle([.run(first, last)])
    anchor = nil
  }

  package mutating func set(_ level: LevelID) {
    for bone in selection { changes[bone] = level }
    (anchor, selectsInvolved) = (nil, false)
  }

  package mutating func clear() { (sites, changes, anchor) = ([], [:], nil) }

  /// Keys and what they do, the most needed first.
  package func keys(_ finding: Finding?) -> [(key: String, words: String)] {
    let marks: [(String, String)] =
      isMap
      ? (finding?.levels ?? []).enumerated().map { (String($0 + 1), $1.title) } + [("Space", "no change")]
      : [("Space", "mark")]
    let groups =
      isMap ? [("a", "all of baseline")] : [("e", "as one run")] + Self.groups.map { ($0.key.title, $0.title) }
    return marks + [("v", "range"), ("Enter", "keep"), ("Esc", "leave")] + groups
      + [("c", "clear"), ("x", "not assessable")]
  }

  /// Groups with a key of their own.
  package static let groups: [(key: Key, title: String, sites: [Site])] = [
    (.character("w"), "whole spine", [.wholeSpine]),
    (.character("s"), "upper sacrum", [.upperSacrum]),
    (.character("r"), "all ribs", [.bone(.ribsLeft), .bone(.ribsRight)]),
    (.character("p"), "pelvic girdles", [.bone(.pelvicGirdleLeft), .bone(.pelvicGirdleRight)]),
    (.character("t"), "pectoral girdles", [.bone(.pectoralGirdleLeft), .bone(.pectoralGirdleRight)]),
    (.character("m"), "sternum", [.bone(.sternum)]),
  ]
}

/// A key for the picker. Enter records what is chosen, Esc leaves it as it was.
@Sendable func updatePicker(_ state: inout State, _ key: Key, _ picker: BonePicker) -> [Effect] {
  var picker = picker
  switch key {
  case .escape:
    state.grading.picker = nil
    return []
  case .enter:
    state.grading.picker = nil
    return picker.value.map { record($0, for: picker.finding, &state) } ?? clear(picker.finding, &state)
  case .character("a") where picker.isMap:
    picker.selectsInvolved.toggle()
    if picker.selection.isEmpty {
      picker.selectsInvolved = false
      state.message = Message("no bones are graded at the baseline", .warning)
    }
  case .up, .character("k"): picker.move(.up, on: state.pickerMap)
  case .down, .character("j"): picker.move(.down, on: state.pickerMap)
  case .left, .character("h"): picker.move(.left, on: state.pickerMap)
  case .right, .character("l"): picker.move(.right, on: state.pickerMap)
  case .character("v"): picker.anchor = picker.anchor == nil ? picker.cursor : nil
  case .character(" "): picker.toggleSelection()
  case .backspace, .character("c"): picker.clear()
  case .character("x"):
    state.grading.picker = nil
    return record(.notAssessable, for: picker.finding, &state)
  case .character("e") where !picker.isMap: picker.toggleRun()
  default:
    if picker.isMap {
      if let level = level(of: key, state.session.codebook[picker.finding]) { picker.set(level) }
    } else if let group = BonePicker.groups.first(where: { $0.key == key }) {
      picker.toggle(group.sites)
    }
  }
  state.grading.picker = picker
  return []
}
