// A terminal small enough to be believed: what a person would see after the bytes sent so far.

import Grid

/// Knows the sequences that ncurses uses with the terminals of the tests; anything else is an issue of the test.
package struct TinyTerminal {
  package let size: Size
  package private(set) var unknown: [String] = []
  private var rows: [[String]]
  private let width: ScalarWidth
  private var (x, y) = (0, 0)
  private var (top, bottom): (Int, Int)
  private var wraps = false
  private var pending: [UInt8] = []
  private var last = " "

  package init(_ size: Size, width: @escaping ScalarWidth) {
    self.size = size
    self.width = width
    rows = Array(repeating: Array(repeating: " ", count: size.width), count: size.height)
    (top, bottom) = (0, size.height - 1)
  }

  /// As `Grid.text`.
  package var text: String {
    rows.map { row in
      var line = row.joined()
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }

  package mutating func take(_ bytes: [UInt8]) {
    var rest = String(decoding: pending + bytes, as: UTF8.self).unicodeScalars[...]
    pending = []
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\u{1B}": escape(&rest)
      case "\r": (x, wraps) = (0, false)
      case "\n": lineFeed()
      case "\u{8}": (x, wraps) = (max(0, x - 1), false)
      case "\u{E}", "\u{F}", "\u{7}", "\u{0}": break
      default: put(scalar)
      }
    }
  }

  private mutating func escape(_ rest: inout Substring.UnicodeScalarView) {
    switch rest.popFirst() {
    case "[": control(&rest)
    case "(", ")": _ = rest.popFirst()
    case "=", ">", "7", "8": break
    case "M": if y == top { scroll(-1) } else { y -= 1 }
    case "]": while let next = rest.popFirst(), next != "\u{7}" {}
    case let other: unknown.append("ESC \(other.map(String.init) ?? "")")
    }
  }

  private mutating func control(_ rest: inout Substring.UnicodeScalarView) {
    var body = ""
    while let next = rest.popFirst() {
      if ("@"..."~").contains(next) { return act(next, body) }
      body.unicodeScalars.append(next)
    }
    unknown.append("cut CSI \(body)")
  }

  private mutating func act(_ final: Unicode.Scalar, _ body: String) {
    let numbers = body.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    let count = max(1, numbers.first ?? 1)
    wraps = wraps && "mhl".unicodeScalars.contains(final)
    switch final {
    case "m", "h", "l", "t", "c": break
    case "H", "f": move(to: (numbers.count > 1 ? max(1, numbers[1]) : 1) - 1, count - 1)
    case "A": move(to: x, y - count)
    case "B": move(to: x, y + count)
    case "C": move(to: x + count, y)
    case "D": move(to: x - count, y)
    case "G": move(to: count - 1, y)
    case "d": move(to: x, count - 1)
    case "J" where numbers.first ?? 0 == 2: for row in rows.indices { blank(row, 0..<size.width) }
    case "J":
      blank(y, x..<size.width)
      for row in rows.indices where row > y { blank(row, 0..<size.width) }
    case "K" where numbers.first ?? 0 == 1: blank(y, 0..<(x + 1))
    case "K": blank(y, x..<size.width)
    case "X": blank(y, x..<min(size.width, x + count))
    case "b": for _ in 0..<count { for scalar in last.unicodeScalars { put(scalar) } }
    case "@": rows[y] = Array((rows[y][..<x] + Array(repeating: " ", count: count) + rows[y][x...]).prefix(size.width))
    case "P":
      rows[y].removeSubrange(x..<min(size.width, x + count))
      rows[y] += Array(repeating: " ", count: size.width - rows[y].count)
    case "L": shift(from: y, by: -count)
    case "M": shift(from: y, by: count)
    case "S": scroll(count)
    case "T": scroll(-count)
    case "r":
      top = count - 1
      bottom = numbers.count > 1 ? numbers[1] - 1 : size.height - 1
      move(to: 0, 0)
    default: unknown.append("CSI \(body)\(final)")
    }
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    let columns = width(scalar)
    if columns == 0 {
      let cell = wraps ? x : max(0, x - 1)
      rows[y][rows[y][cell].isEmpty ? cell - 1 : cell].unicodeScalars.append(scalar)
      return
    }
    if wraps {
      (x, wraps) = (0, false)
      lineFeed()
    }
    last = String(scalar)
    // Half of a wide character that is overwritten is gone as a whole.
    if rows[y][x].isEmpty, x > 0 { rows[y][x - 1] = " " }
    let end = min(size.width, x + columns)
    if end < size.width, rows[y][end].isEmpty { rows[y][end] = " " }
    rows[y][x] = last
    if columns == 2, x + 1 < size.width { rows[y][x + 1] = "" }
    wraps = x + columns >= size.width
    x = min(size.width - 1, x + columns)
  }

  private mutating func move(to column: Int, _ row: Int) {
    x = min(max(0, column), size.width - 1)
    y = min(max(0, row), size.height - 1)
  }

  private mutating func lineFeed() {
    if y == bottom { scroll(1) } else { y = min(y + 1, size.height - 1) }
  }

  private mutating func scroll(_ lines: Int) { shift(from: top, by: lines) }

  /// Rows from one on to the bottom of the region move up (down, if negative).
  private mutating func shift(from first: Int, by lines: Int) {
    let blank = Array(repeating: " ", count: size.width)
    for _ in 0..<min(abs(lines), bottom - first + 1) {
      rows.remove(at: lines > 0 ? first : bottom)
      rows.insert(blank, at: lines > 0 ? bottom : first)
    }
  }

  private mutating func blank(_ row: Int, _ columns: Range<Int>) {
    for column in columns { rows[row][column] = " " }
  }
}
