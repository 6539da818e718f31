// What is too long for its columns is cut where it still says most.

import Grid

extension Canvas {
  /// A list cut at a comma, with how many more there are: `T5, T6, T7 +4`.
  func list(_ text: String, columns room: Int) -> String {
    guard columns(text) > room else { return text }
    let items = text.split(separator: ", ")
    for kept in (1..<max(1, items.count)).reversed() {
      let short = items.prefix(kept).joined(separator: ", ") + " +\(items.count - kept)"
      if columns(short) <= room { return short }
    }
    // Not even the first: it is cut, and how many more there are still stands.
    let more = items.count > 1 ? " +\(items.count - 1)" : ""
    guard let first = items.first, room > columns(more) + 3 else { return text }
    return words(String(first), columns: room - columns(more)) + more
  }

  /// A text as far as its words go; a first word that is too long is cut.
  func words(_ text: String, columns room: Int) -> String {
    guard columns(text) > room, room > 1 else { return text }
    var kept = Substring(text)
    while columns(kept + "…") > room, let blank = kept.lastIndex(of: " ") { kept = kept[..<blank] }
    // A short word alone, as a glyph, says less than a part of the next.
    if columns(String(kept)) < room / 2 { kept = Substring(text) }
    while columns(kept + "…") > room { kept = kept.dropLast() }
    while let last = kept.last, " ,;:".contains(last) { kept = kept.dropLast() }
    return kept + "…"
  }

  /// Runs in a room: bones are cut at a comma with how many more, other words between two.
  func cut(_ runs: Line, columns room: Int, isList: Bool = false) -> Line {
    var left = room
    var kept: Line = []
    for (index, run) in runs.enumerated() where left > 1 {
      let rest = runs[index...].map(\.0).joined()
      if columns(rest) <= left { return kept + runs[index...] }
      let width = columns(run.0)
      if width > left || index == runs.count - 1 {
        return kept + [(isList ? list(run.0, columns: left) : words(run.0, columns: left), run.1)]
      }
      kept.append(run)
      left -= width
    }
    return kept
  }

  /// Writes lines under each other, wrapped; where not all have room, a mark behind the last says that there is more.
  /// Returns the rows it took.
  mutating func put(_ lines: [(String, Style)], in area: Rect) -> Int {
    let rows = lines.flatMap { text, style in wrapped(text, columns: area.width).map { ($0, style) } }
    for (row, (line, style)) in rows.prefix(area.height).enumerated() {
      put(line, x: area.x, y: area.y + row, style, clip: area)
    }
    if rows.count > area.height, area.height > 0 { put("…", x: area.maxX, y: area.maxY - 1, .role(.warning)) }
    return min(rows.count, area.height)
  }

  /// The end of a name, which tells it from others: `…-00012`.
  func ending(_ text: String, columns room: Int) -> String {
    guard columns(text) > room, room > 1 else { return text }
    var rest = Substring(text)
    while columns(String(rest)) > room - 1 { rest = rest.dropFirst() }
    return "…" + rest
  }
}
