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
    let more = " +\(items.count - 1)"
    guard items.count > 1, var first = items.first, room > columns(more) + 3 else { return text }
    while columns(first + "…" + more) > room { first = first.dropLast() }
    return first + "…" + more
  }

  /// The end of a name, which tells it from others: `…-00012`.
  func ending(_ text: String, columns room: Int) -> String {
    guard columns(text) > room, room > 1 else { return text }
    var rest = Substring(text)
    while columns(String(rest)) > room - 1 { rest = rest.dropFirst() }
    return "…" + rest
  }
}
