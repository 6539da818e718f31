// From bytes to text: encoding, line ends and forbidden characters, each fault with its place.

import TextSafety

/// The text of a file with LF line ends, as the YAML parser takes it.
struct SourceText {
  let file: String
  let text: String

  var lines: [Substring] {
    // LF joins with nothing but CR, of which there is none.
    text.split(separator: "\n", omittingEmptySubsequences: false)  // by characters
  }

  static func decode(_ file: InputFile) -> Outcome<SourceText> {
    if let kind = FileKind(file.bytes), !kind.isText {
      return Outcome(nil, [Fault(file.name, "the file is not text: it is \(kind.words)")])
    }
    guard file.size <= InputFile.sizeLimit else {
      let limit = InputFile.sizeLimit >> 20
      return Outcome(
        nil, [Fault(file.name, "the file has \(file.size) bytes; at most \(limit) MiB is read. Is it the right file?")])
    }
    if let message = foreignEncoding(file.bytes) { return Outcome(nil, [Fault(file.name, message)]) }
    let isMarked = file.bytes.starts(with: [0xEF, 0xBB, 0xBF])
    var reader = Reader(file: file.name)
    reader.read(isMarked ? file.bytes.dropFirst(3) : file.bytes[...])
    let text = String(reader.scalars)
    guard reader.faults.faults.isEmpty else { return Outcome(nil, reader.faults.all) }
    guard text.contains(where: { !$0.isWhitespace }) else {
      return Outcome(nil, [Fault(file.name, "the file is empty")])
    }
    // Yams hands the parser a pointer into the string; a short string has no storage of its own to point to.
    return Outcome(SourceText(file: file.name, text: text + String(repeating: "\n", count: padding)))
  }

  private static let padding = 32

  /// The last line of the file itself: what the parser finds wrong at the end lies behind it.
  var lastLine: Int { max(1, text.unicodeScalars.count { $0 == "\n" } - Self.padding + 1) }

  /// What a file in another encoding, or no text at all, is told.
  private static func foreignEncoding(_ bytes: [UInt8]) -> String? {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
      return "the file is UTF-16 or UTF-32; save it as UTF-8"
    }
    let head = bytes.prefix(512)
    guard head.contains(0) else { return nil }
    let even = stride(from: 0, to: head.count, by: 2).count { head[$0] == 0 }
    let odd = stride(from: 1, to: head.count, by: 2).count { head[$0] == 0 }
    if min(even, odd) * 8 < max(even, odd), max(even, odd) * 3 > head.count {
      return "the file looks like UTF-16 without a byte order mark; save it as UTF-8"
    }
    return "the file holds NUL bytes: it is not a text file"
  }

  /// Walks the bytes once, and knows at every character where it is.
  private struct Reader {
    var scalars = String.UnicodeScalarView()
    var faults: FaultList
    var place = FilePosition.start

    init(file: String) { faults = FaultList(file: file) }

    mutating func read(_ bytes: ArraySlice<UInt8>) {
      var parser = Unicode.UTF8.ForwardParser()
      var iterator = bytes.makeIterator()
      var consumed = bytes.startIndex
      var afterReturn = false
      while true {
        switch parser.parseScalar(from: &iterator) {
        case .emptyInput: return
        case .error:
          // One wrong byte tells the encoding; the rest of the file would only repeat it.
          return tell(byte: bytes[consumed])
        case .valid(let encoded):
          consumed += encoded.count
          let scalar = Unicode.UTF8.decode(encoded)
          if scalar == "\n", afterReturn {
            afterReturn = false
            continue
          }
          afterReturn = scalar == "\r"
          take(afterReturn ? "\n" : scalar)
        }
      }
    }

    private mutating func take(_ scalar: Unicode.Scalar) {
      if scalar == "\u{FFFD}" {
        faults.add(place, "U+FFFD stands for a character that was lost; write the text again")
      } else if scalar.isUnsafe, scalar != "\n", scalar != "\t" {
        faults.add(place, "the character \(scalar.code) is not allowed in a text; delete it")
      } else {
        scalars.append(scalar)
      }
      place = scalar == "\n" ? FilePosition(place.line + 1, 1) : FilePosition(place.line, place.column + 1)
    }

    private mutating func tell(byte: UInt8) {
      let code = "0x" + String(byte, radix: 16, uppercase: true)
      let latin = byte >= 0xA0 ? " (in Latin-1 it would be ‘\(Unicode.Scalar(byte))’)" : ""
      faults.add(place, "the byte \(code) is no UTF-8\(latin); save the file as UTF-8")
    }
  }
}
