// The blocks of a chapter, as far as the guide's chapters use Markdown.

/// What stands one below the other on a page of text.
enum MarkdownBlock: Equatable {
  case heading(level: Int, String)
  case paragraph(String)
  /// An item of a list, with its mark: `-` or `1.`.
  case item(mark: String, String)
  /// As it is written: what is typed, and pictures of the screen.
  case code([String])
  /// Rows of cells; the first row is the head.
  case table([[String]])

  /// Comments are left out. What is no other block is a paragraph, so nothing of a text is lost.
  static func blocks(of markdown: String) -> [MarkdownBlock] {
    var reader = Reader()
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) { reader.take(String(line)) }
    reader.close()
    return reader.blocks
  }

  private struct Reader {
    var blocks: [MarkdownBlock] = []
    /// A paragraph or an item that the next line may go on with.
    var open: MarkdownBlock?
    var isFenced = false
    /// Whether the code above is set in, and goes on where more of it follows.
    var isIndentedCode = false

    mutating func take(_ line: String) {
      let text = line.trimmingBlanks
      let goesOn = isIndentedCode && (text.isEmpty || line.hasPrefix("    "))
      isIndentedCode = goesOn || (!isFenced && open == nil && line.hasPrefix("    ") && !text.isEmpty)
      if text.hasPrefix("```") {
        close()
        isFenced.toggle()
        if isFenced { blocks.append(.code([])) }
      } else if isFenced {
        addCode(line)
      } else if isIndentedCode {
        if !goesOn { blocks.append(.code([])) }
        addCode(String(line.dropFirst(4)))
      } else if text.isEmpty {
        close()
      } else if text.hasPrefix("<!--") {
        close()
      } else if text.hasPrefix("|") {
        close()
        addRow(text)
      } else if let level = Self.level(of: text) {
        close()
        blocks.append(.heading(level: level, String(text.dropFirst(level)).trimmingBlanks))
      } else if let mark = Self.mark(of: text) {
        close()
        open = .item(mark: mark, String(text.dropFirst(mark.count)).trimmingBlanks)
      } else {
        goOn(text)
      }
    }

    mutating func close() {
      if let open { blocks.append(open) }
      open = nil
    }

    private mutating func goOn(_ text: String) {
      switch open {
      case .paragraph(let begun): open = .paragraph(begun + " " + text)
      case .item(let mark, let begun): open = .item(mark: mark, begun + " " + text)
      default: open = .paragraph(text)
      }
    }

    private mutating func addCode(_ line: String) {
      guard case .code(let lines) = blocks.last else { return }
      blocks[blocks.count - 1] = .code(lines + [line])
    }

    private mutating func addRow(_ text: String) {
      var cells = [""]
      var isEscaped = false
      for scalar in text.unicodeScalars.dropFirst() {
        if scalar == "|", !isEscaped { cells.append("") } else { cells[cells.count - 1].unicodeScalars.append(scalar) }
        isEscaped = scalar == "\\" && !isEscaped
      }
      let row = cells.dropLast().map { $0.replacing("\\|", with: "|").trimmingBlanks }
      // The line below the head says how columns are set; all are set alike here.
      if row.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":") } }) {
        return
      }
      if case .table(let rows) = blocks.last {
        blocks[blocks.count - 1] = .table(rows + [row])
      } else {
        blocks.append(.table([row]))
      }
    }

    private static func level(of text: String) -> Int? {
      let level = text.prefix { $0 == "#" }.count
      return (1...6).contains(level) && text.dropFirst(level).hasPrefix(" ") ? level : nil
    }

    private static func mark(of text: String) -> String? {
      if text.hasPrefix("- ") { return "-" }
      let number = text.prefix { $0.isNumber }
      return !number.isEmpty && number.count < 3 && text.dropFirst(number.count).hasPrefix(". ") ? number + "." : nil
    }
  }
}

extension String {
  fileprivate var trimmingBlanks: String {
    String(self.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
