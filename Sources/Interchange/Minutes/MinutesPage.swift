// A page of headings, lines and tables, written as plain text or as Markdown.

import TextSafety

/// What minutes are made of. Every text in it is made safe on the way out.
struct MinutesPage {
  enum Block {
    case heading(String)
    case line(String)
    case item(String)
    /// The first row names the columns.
    case table([[String]])
  }

  var blocks: [Block] = []

  func text() -> String {
    var lines: [String] = []
    for block in blocks {
      switch block {
      case .heading(let heading):
        if !lines.isEmpty { lines.append("") }
        lines += [heading.madeSafe, String(repeating: "-", count: heading.madeSafe.count)]
      case .line(let line): lines.append(line.madeSafe)
      case .item(let item): lines.append("- " + item.madeSafe)
      case .table(let rows): lines += Self.aligned(rows.map { $0.map(\.madeSafe) })
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  func markdown() -> String {
    var parts: [String] = []
    var items: [String] = []
    func flush() {
      if !items.isEmpty { parts.append(items.joined(separator: "\n")) }
      items = []
    }
    for (index, block) in blocks.enumerated() {
      if case .item(let item) = block {
        items.append("- " + Escape.markdown(item))
        continue
      }
      flush()
      switch block {
      case .heading(let heading): parts.append((index == 0 ? "# " : "## ") + Escape.markdown(heading))
      case .line(let line): parts.append(Escape.markdown(line))
      case .item: break
      case .table(let rows):
        guard let head = rows.first else { break }
        let rule = head.map { _ in "---" }
        parts.append(
          ([head, rule] + rows.dropFirst()).map { "| " + $0.map(Escape.markdown).joined(separator: " | ") + " |" }
            .joined(separator: "\n"))
      }
    }
    flush()
    return parts.joined(separator: "\n\n") + "\n"
  }

  private static func aligned(_ rows: [[String]]) -> [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in rows.map { $0.count > column ? $0[column].count : 0 }.max() ?? 0 }
    return rows.map { row in
      let line = row.enumerated().map { column, cell in
        cell + String(repeating: " ", count: widths[column] - cell.count)
      }.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}
