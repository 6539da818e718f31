// Records of a CSV file (RFC 4180), read in chunks and handed out as bytes.

import TextSafety

/// Reads records from a source of bytes, their cells separated by commas, semicolons or tabs: whichever of them stands
/// most often in the first row, or what a first line `sep=;`, as spreadsheets write it, says.
///
/// Cells stay bytes in one buffer; no string is made for a cell that nobody asks for. A record that a chunk cuts in two is
/// scanned again once the next chunk is there.
final class CSVRecords {
  /// A cell of the current record.
  struct Field {
    fileprivate let range: Range<Int>
    /// Whether doubled quotation marks stand in it.
    fileprivate let hasEscapes: Bool
    var isEmpty: Bool { range.isEmpty }
    /// Whether it is as short as a word.
    var isShort: Bool { range.count <= 16 }
  }

  /// The cells of the current record.
  private(set) var fields: [Field] = []
  /// The line on which the current record begins.
  private(set) var line = 0
  /// The bytes read so far.
  private(set) var bytesRead = 0
  /// What stands between cells; known once a record has been read.
  private(set) var separator = comma

  private let source: (UnsafeMutableRawBufferPointer) throws -> Int
  private var buffer: UnsafeMutableBufferPointer<UInt8>
  /// The bytes in the buffer that are still to be scanned.
  private var start = 0
  private var end = 0
  private var isAtEnd = false
  private var nextLine = 1

  private static let longestRecord = 1 << 20

  private let isCommaOnly: Bool

  /// - Parameters:
  ///   - isCommaOnly: whether nothing but a comma separates cells.
  ///   - source: fills a part of the buffer it is given and answers how many bytes; 0 at the end.
  init(chunk: Int, isCommaOnly: Bool = false, source: @escaping (UnsafeMutableRawBufferPointer) throws -> Int) {
    self.source = source
    self.isCommaOnly = isCommaOnly
    buffer = .allocate(capacity: max(chunk, 16))
  }

  deinit { buffer.deallocate() }

  /// Moves to the next record; false at the end.
  ///
  /// - Throws: `RatingsFileError` for what no CSV file may hold, and the errors of the source.
  func next() throws -> Bool {
    if bytesRead == 0, !isAtEnd, !isCommaOnly { try begin() }
    while true {
      if start == end, isAtEnd { return false }
      if start < end, let after = try scan() {
        start = after
        return true
      }
      if !isAtEnd { try refill() }
    }
  }

  /// The bytes of a cell, without its quotation marks.
  func bytes(_ field: Field) -> UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: buffer[field.range]) }

  /// A cell as text.
  func text(_ field: Field) -> String {
    guard field.hasEscapes else { return String(decoding: bytes(field), as: UTF8.self) }
    var plain: [UInt8] = []
    var isSecond = false
    for byte in bytes(field) {
      isSecond = byte == UInt8(ascii: "\"") && !isSecond
      if byte != UInt8(ascii: "\"") || isSecond { plain.append(byte) }
    }
    return String(decoding: plain, as: UTF8.self)
  }

  /// A cell of up to seven bytes as one number, nil of a longer one or one with quotation marks in it.
  func word(_ field: Field) -> UInt64? {
    field.hasEscapes ? nil : packed(UnsafeBufferPointer(buffer)[field.range])
  }

  /// Whether a cell is exactly these bytes.
  func equals(_ field: Field, _ other: [UInt8]) -> Bool {
    if field.hasEscapes { return Array(text(field).utf8) == other }
    guard field.range.count == other.count else { return false }
    let cell = bytes(field)
    for i in other.indices where cell[i] != other[i] { return false }
    return true
  }

  /// Looks at the first bytes: what is no text is refused, and the separator is found.
  private func begin() throws {
    while end < 8, !isAtEnd { try refill() }
    let opening = Array(buffer[0..<min(end, 8)])
    if let kind = FileKind(buffer[0..<end]), !kind.isText {
      throw RatingsFileError(line: nil, "the file is not a table: it is \(kind.words)")
    }
    if opening.starts(with: [0xFF, 0xFE]) || opening.starts(with: [0xFE, 0xFF]) {
      throw RatingsFileError(line: nil, "the file is UTF-16 text; save it as UTF-8")
    }
    if opening.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
    if start == 0, opening.contains(0) {
      throw RatingsFileError(line: nil, "the file holds bytes that are no text; save the table as CSV, UTF-8")
    }
    var head = try firstLine()
    if String(decoding: head.prefix(4), as: UTF8.self).lowercased() == "sep=" {
      guard head.count == 5, separators.contains(head[4]) else {
        throw RatingsFileError(
          line: 1, "the line “sep=” names no separator that is known; use a comma, a semicolon or a tab")
      }
      separator = head[4]
      start = afterLineBreak(start + head.count) ?? end
      nextLine = 2
      return
    }
    // What stands in quotation marks separates nothing.
    var isQuoted = false
    head.removeAll { byte in
      if byte == quote { isQuoted.toggle() }
      return isQuoted
    }
    func count(_ separator: UInt8) -> Int { head.count { $0 == separator } }
    separator = separators.max { count($0) < count($1) } ?? comma
    if count(separator) == count(comma) { separator = comma }
  }

  /// The bytes of the first line, as far as a line may be long.
  private func firstLine() throws -> [UInt8] {
    var checked = start
    while true {
      if let place = buffer[checked..<end].firstIndex(where: { $0 == lineFeed || $0 == carriageReturn }) {
        let line = Array(buffer[start..<place])
        // Whether a line feed follows is seen only with the next bytes.
        if buffer[place] == carriageReturn, place + 1 == end, !isAtEnd { try refill() }
        return line
      }
      checked = end
      guard !isAtEnd else { return Array(buffer[start..<end]) }
      // A byte order mark stays where it is skipped: `refill` moves what is left to the front.
      checked -= start
      try refill()
    }
  }

  /// Moves what is left to the front of the buffer and reads behind it.
  private func refill() throws {
    if start > 0 {
      buffer.baseAddress.map { $0.update(from: $0 + start, count: end - start) }
      end -= start
      start = 0
    }
    if end == buffer.count {
      guard end < Self.longestRecord else {
        throw RatingsFileError(
          line: nextLine, "the row that begins here is longer than 1 MB; is a quotation mark not closed?")
      }
      let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: buffer.count * 2)
      _ = larger.update(fromContentsOf: buffer)
      buffer.deallocate()
      buffer = larger
    }
    let count = try source(UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[end...]))
    end += count
    bytesRead += count
    isAtEnd = count == 0
  }

  /// Scans the record at `start` and answers where the next begins; nil when the buffer ends before the record does.
  private func scan() throws -> Int? {
    // Copies, so that the loop over bytes does not look at the object for each of them.
    let (bytes, end, separator) = (UnsafeBufferPointer(buffer), self.end, self.separator)
    var fields: [Field] = []
    swap(&fields, &self.fields)
    defer { swap(&fields, &self.fields) }
    fields.removeAll(keepingCapacity: true)
    var position = start
    var lineBreaks = 0
    var everyByte: UInt8 = 0
    while true {
      if position < end, bytes[position] == quote {
        guard let after = try scanQuoted(position + 1, &fields, &lineBreaks, &everyByte) else { return nil }
        position = after
      } else {
        let first = position
        while position < end {
          let byte = bytes[position]
          if byte == separator || byte == lineFeed || byte == carriageReturn { break }
          if byte == quote {
            throw RatingsFileError(
              line: nextLine + lineBreaks,
              "a quotation mark stands inside a cell; put the whole cell in quotation marks and double those in it")
          }
          everyByte |= byte
          position += 1
        }
        fields.append(Field(range: first..<position, hasEscapes: false))
      }
      guard position < end || isAtEnd else { return nil }
      if position < end, bytes[position] == separator {
        position += 1
        continue
      }
      guard let after = afterLineBreak(position) else { return nil }
      if everyByte >= 0x80 { try checkEncoding(position) }
      line = nextLine
      nextLine += 1 + lineBreaks
      return after
    }
  }

  /// Scans a quoted cell whose text begins at `first` and answers the position behind its closing mark.
  private func scanQuoted(
    _ first: Int, _ fields: inout [Field], _ lineBreaks: inout Int, _ everyByte: inout UInt8
  ) throws -> Int? {
    var position = first
    var hasEscapes = false
    while position < end {
      let byte = buffer[position]
      if byte == quote {
        guard position + 1 < end || isAtEnd else { return nil }
        guard position + 1 < end, buffer[position + 1] == quote else {
          fields.append(Field(range: first..<position, hasEscapes: hasEscapes))
          return try checkBehind(position + 1, line: nextLine + lineBreaks)
        }
        hasEscapes = true
        position += 1
      } else if byte == lineFeed {
        lineBreaks += 1
      }
      everyByte |= byte
      position += 1
    }
    guard isAtEnd else { return nil }
    throw RatingsFileError(line: nextLine, "a quotation mark is opened in this row and never closed; close it")
  }

  private func checkBehind(_ position: Int, line: Int) throws -> Int {
    guard position < end, ![separator, lineFeed, carriageReturn].contains(buffer[position]) else { return position }
    throw RatingsFileError(
      line: line, "text follows a closing quotation mark; a cell is quoted as a whole, with marks in it doubled")
  }

  /// The position behind LF, CR LF or CR; nil when the next chunk decides.
  private func afterLineBreak(_ position: Int) -> Int? {
    guard position < end else { return position }
    guard buffer[position] == carriageReturn else { return position + 1 }
    guard position + 1 < end else { return isAtEnd ? position + 1 : nil }
    return buffer[position + 1] == lineFeed ? position + 2 : position + 1
  }

  private func checkEncoding(_ recordEnd: Int) throws {
    var parser = Unicode.UTF8.ForwardParser()
    var bytes = buffer[start..<recordEnd].makeIterator()
    while true {
      switch parser.parseScalar(from: &bytes) {
      case .valid: continue
      case .emptyInput: return
      case .error:
        throw RatingsFileError(
          line: nextLine, "this row is not valid UTF-8; save the file as UTF-8, which Excel calls CSV UTF-8")
      }
    }
  }
}

/// Up to seven bytes as one number, which no other bytes have; nil of more.
func packed(_ bytes: some Collection<UInt8>) -> UInt64? {
  bytes.count > 7 ? nil : bytes.reduce(UInt64(bytes.count)) { $0 << 8 | UInt64($1) }
}

let comma = UInt8(ascii: ",")
private let separators = [comma, UInt8(ascii: ";"), UInt8(ascii: "\t")]
private let quote = UInt8(ascii: "\"")
private let lineFeed = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")
