// Where each bone stands on a spine map of a given size.

import Grid
import ReviewCore

/// Places of the bones and of their labels, in cells from the corner of the map.
package struct SpineLayout: Hashable, Sendable {
  package struct Label: Hashable, Sendable {
    package var text: String
    package var position: Position
    /// The bones it names; empty for the word before a pair.
    package var bone: Bone?
  }

  /// Room beside a bone for what became of it, and for a biopsy.
  package struct Note: Hashable, Sendable {
    package var position: Position
    /// Columns.
    package var width: Int
  }

  package private(set) var positions: [Bone: Position] = [:]
  /// Of every bone, or of none where the form has no room: then a change takes the place of the bone's mark.
  package private(set) var notes: [Bone: Note] = [:]
  package private(set) var labels: [Label] = []
  package private(set) var size = Size(width: 0, height: 0)
  /// Columns a bone takes.
  package let boneWidth: Int
  /// Columns to the right of a vertebra for a change and a biopsy; the other bones then have one.
  private let noteWidth: Int
  /// True where the spine runs from above to below.
  package let isColumn: Bool
  /// Rows to be left for the key: a form that names more bones takes none of them.
  private let keyRows: Int

  /// The largest form that fits, the smallest where none does.
  package static func fitting(_ room: Size, _ anatomy: Anatomy = .usual) -> SpineLayout {
    let forms = forms(for: anatomy)
    return forms.first { $0.size.width <= room.width && $0.size.height + $0.keyRows <= room.height }
      ?? forms[forms.count - 1]
  }

  init(boneWidth: Int, noteWidth: Int, isColumn: Bool, keyRows: Int = 0) {
    self.boneWidth = boneWidth
    self.noteWidth = noteWidth
    self.isColumn = isColumn
    self.keyRows = keyRows
  }

  /// - Parameter note: columns from the bone to its note, and of the note; of no note 0.
  private mutating func add(_ bone: Bone, x: Int, y: Int, width: Int, note: (from: Int, width: Int)) {
    positions[bone] = Position(x: x, y: y)
    if noteWidth > 0 { notes[bone] = Note(position: Position(x: x + note.from, y: y), width: note.width) }
    grow(x + (noteWidth > 0 ? note.from + note.width : width), y + 1)
  }

  private mutating func add(label text: String, x: Int, y: Int, bone: Bone? = nil) {
    labels.append(Label(text: text, position: Position(x: x, y: y), bone: bone))
    grow(x + text.count, y + 1)
  }

  private mutating func grow(_ width: Int, _ height: Int) {
    size = Size(width: max(size.width, width), height: max(size.height, height))
  }

  mutating func addVertebrae(_ bones: some Sequence<Bone>, x: Int, y: Int) {
    for (row, bone) in bones.enumerated() {
      add(label: bone.rawValue, x: x, y: y + row, bone: bone)
      add(bone, x: x + 4, y: y + row, width: boneWidth, note: (boneWidth + 1, noteWidth))
    }
  }

  /// From above to below: the sacrum by name, or in one row. Returns the rows above it.
  mutating func addSpine(of anatomy: Anatomy, label: Int, namesSacrum: Bool) -> Int {
    let above = anatomy.spine.filter { $0.region != .sacral }
    addVertebrae(namesSacrum ? anatomy.spine : above, x: 0, y: 0)
    if !namesSacrum { addSacrum(x: 0, y: above.count, label: label) }
    return above.count
  }

  /// The sacrum, `perRow` of its vertebrae in a row.
  mutating func addSacrum(x: Int, y: Int, label width: Int, perRow: Int = 5) {
    add(label: "S", x: x, y: y)
    for (index, bone) in Region.sacral.bones.enumerated() {
      add(bone, x: x + width + 2 * (index % perRow), y: y + index / perRow, width: 1, note: (1, 1))
    }
  }

  /// The bones of a region side by side; a note stands behind each where the form has notes.
  mutating func add(_ region: Region, of anatomy: Anatomy, x: Int, y: Int) {
    let bones = anatomy.bones(of: region)
    add(label: bones.first.map { String($0.rawValue.prefix(1)) } ?? "", x: x, y: y)
    for (index, bone) in bones.enumerated() {
      add(bone, x: x + 2 + index * (1 + noteWidth), y: y, width: 1, note: (1, 1))
    }
  }

  mutating func addSpineLine(of anatomy: Anatomy, y: Int) {
    for (region, x) in zip([Region.cervical, .thoracic, .lumbar, .sacral], [0, 10, 25, 33 + anatomy.extra.count]) {
      add(region, of: anatomy, x: x, y: y)
    }
  }

  /// The patient's right stands on the left, as on the images.
  mutating func addGirdle(_ word: String, _ bones: [Bone], x: Int, y: Int, label width: Int, step: Int = 3) {
    add(label: word, x: x, y: y)
    for (index, bone) in bones.enumerated() {
      let left = x + width + step * index
      if bones.count > 1 { add(label: index == 0 ? "R" : "L", x: left, y: y, bone: bone) }
      add(bone, x: left + (bones.count > 1 ? 1 : 0), y: y, width: 1, note: (1, 1))
    }
  }
}
