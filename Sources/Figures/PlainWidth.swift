// Columns of a text where no terminal is asked: layouts are made before a canvas is there, and for files.

import Grid

package enum PlainWidth {
  /// Wide from the first CJK radicals on, nothing for combining marks: what terminals agree on.
  package static let width: ScalarWidth = { scalar in
    if scalar.value < 0x300 { return 1 }
    if scalar.properties.generalCategory == .nonspacingMark { return 0 }
    return (0x2E80...0xD7A3).contains(scalar.value) || (0xF900...0xFAFF).contains(scalar.value)
      || (0xFF00...0xFF60).contains(scalar.value) || scalar.value >= 0x1F300 ? 2 : 1
  }
}

extension String {
  var columns: Int { SafeText.columns(self, width: PlainWidth.width) }

  /// Shortened with an ellipsis to at most `room` columns.
  func fitted(to room: Int) -> String {
    if columns <= room { return self }
    var used = 1
    let kept = SafeText.cells(self, width: PlainWidth.width).prefix { cell in
      used += cell.columns
      return used <= room
    }
    return room > 0 ? kept.map(\.text).joined() + "…" : ""
  }

  /// Lines of at most `room` columns.
  func wrapped(to room: Int) -> [String] { SafeText.wrapped(self, columns: max(1, room), width: PlainWidth.width) }
}
