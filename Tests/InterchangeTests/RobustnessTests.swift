// Whatever is handed over as a case file, the reader answers with faults that name a cure.

import Interchange
import ReviewCore
import SampleCases
import Testing

struct RobustnessTests {
  private func first(_ bytes: [UInt8]) -> String? {
    CaseFileReader.read(InputFile(name: "f", bytes: bytes)).faults.first?.description
  }

  @Test func wrongBytes() {
    let utf16 = Array("id: 1\n".utf16)
    #expect(first([]) == "f:1:1: error: the file is empty")
    #expect(first(Array(" \n\n".utf8)) == "f:1:1: error: the file is empty")
    #expect(first(Array("# only words\n".utf8)) == "f:1:1: error: the file holds only comments")
    #expect(
      first([0xFF, 0xFE] + utf16.flatMap { [UInt8($0 & 0xFF), 0] })
        == "f:1:1: error: the file is UTF-16 or UTF-32; save it as UTF-8")
    #expect(
      first(utf16.flatMap { [0, UInt8($0 & 0xFF)] })
        == "f:1:1: error: the file looks like UTF-16 without a byte order mark; save it as UTF-8")
    var study = Array("SQLite format 3\0".utf8) + [UInt8](repeating: 0, count: 84)
    study.replaceSubrange(68..<72, with: Array("EndP".utf8))
    let opened = "--study opens it, as in ‘endplate --study FILE’"
    #expect(first(study) == "f:1:1: error: the file is not text: it is an Endplate study; \(opened)")
    let codebook = InputFile(name: "f", bytes: Array("format: endplate-codebook/1\nid: a\n".utf8))
    #expect(
      CaseFileReader.read([codebook]).faults.contains {
        $0.description.contains("format: the file is a codebook; ‘endplate codebook show’ prints it")
      })
    #expect(
      first([0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0])
        == "f:1:1: error: the file holds NUL bytes: it is not a text file")
    #expect(
      first(Array("id: 1\ntitle: M".utf8) + [0xFC] + Array("ller".utf8))
        == "f:2:9: error: the byte 0xFC is no UTF-8 (in Latin-1 it would be ‘ü’); save the file as UTF-8")
    #expect(
      first(Array("a: \u{1B}[2J".utf8)) == "f:1:4: error: the character U+001B is not allowed in a text; delete it")
    #expect(
      first(Array("a: x\u{202E}y".utf8)) == "f:1:5: error: the character U+202E is not allowed in a text; delete it")
  }

  @Test func tooLargeIsRefusedUnread() {
    let file = InputFile(name: "f", bytes: [0x61], size: 50_000_000)
    #expect(
      CaseFileReader.read(file).faults.map(\.message) == [
        "the file has 50000000 bytes; at most 1 MiB is read. Is it the right file?"
      ])
  }

  @Test func byteOrderMarkAndLineEnds() throws {
    let text = "\u{FEFF}" + (head + "sex: female\n").replacing("\n", with: "\r\n")
    #expect(try #require(CaseFileReader.read(file(text)).value).patientCase == Case(id: "9", sex: .female))
    #expect(
      faults("format: endplate-case/1\r\nid: 9\r\nsex: x\r\n") == [
        "case.yaml:3:6: error: sex: there is no ‘x’; allowed: male, female"
      ])
    #expect(
      faults("format: endplate-case/1\rid: 9\rsex: x") == [
        "case.yaml:3:6: error: sex: there is no ‘x’; allowed: male, female"
      ])
  }

  @Test(arguments: [
    ("biopsies:\n\t- tissue: bone", "4:1", "a tab indents this line; use spaces"),
    (
      "title: a: b", "3:9",
      "a colon where none can stand: is this line indented further than the one above? a text that holds ‘: ’ is put in quotes"
    ),
    ("title: \"open\nsex: male", "3:8", "a quote is opened here and never closed"),
    ("therapy: [a, b\nsex: male", "4:4", "this list in brackets is not closed with ‘]’"),
    ("title: @x", "3:8", "this character cannot begin a value; put the text in quotes"),
    ("title: *x", "3:8", "aliases (*name) are not taken; put a text that begins with * in quotes"),
    ("title: &x y", "3:8", "the anchor ‘&x’ is not taken; write the values out"),
    ("age: !!int 53", "3:6", "tags (!name) are not taken; delete the tag, or put a text that begins with ! in quotes"),
    ("title: !x y", "3:8", "tags (!name) are not taken; delete the tag, or put a text that begins with ! in quotes"),
    ("title: !x!y z", "3:8", "tags (!name) are not taken; put a text that begins with ! in quotes"),
    ("---\nid: 4", "3:1", "a second document begins here (---); one file holds one"),
    ("sex: male\ntitle: x\nsex: female", "5:1", "the key ‘sex’ is given twice; it stands on line 3 already"),
    (
      "follow_ups:\n  - months: 1\n  - months: 2\n    remarks: [months]\n    months: 3", "7:5",
      "the key ‘months’ is given twice; it stands on line 5 already"
    ),
    (
      "cultures:\n  - {specimen: bone, result: negative}\n  - {result: negative, result: positive}", "5:24",
      "the key ‘result’ is given twice; it stands on line 5 already"
    ),
    (
      "presentation:\n  duration: 'a\n    duration: b'\nid: 3", "6:1",
      "the key ‘id’ is given twice; it stands on line 2 already"
    ),
  ])
  func syntax(_ text: String, _ place: String, _ message: String) {
    #expect(faults(head + text) == ["case.yaml:\(place): error: \(message)"])
  }

  @Test func bombs() {
    let levels = (1...30).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]\n" }.joined()
    #expect(faults(head + "a0: &a0 x\n" + levels).count == 1)
    // As a key, an alias is hashed with everything that it stands for.
    #expect(faults(head + "a0: &a0 x\n" + levels + "? *a30\n: 1\n").count == 1)
    for opener in ["[", "{", "- ", "? ", "{a: ", "[{"] {
      for count in [40, 400, 900, 5000, 100_000] {
        #expect(!faults(head + "title:\n  " + String(repeating: opener, count: count)).isEmpty)
      }
    }
    #expect(
      faults(head + "title: " + String(repeating: "[", count: 65)).map {
        $0.hasSuffix("brackets are open; write the values out")
      } == [true])
    let stairs = (0..<700).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
    #expect(!faults(stairs).isEmpty)
    #expect(
      !faults(head + "biopsies: " + String(repeating: "[", count: 900) + String(repeating: "]", count: 900)).isEmpty)
  }

  @Test func smallTexts() {
    for length in 0...40 {
      #expect(!CaseFileReader.read(file(String("id: 1 # some words and more of them".prefix(length)))).faults.isEmpty)
    }
  }

  /// Valid files with bytes changed, dropped, doubled and moved: the reader ends, and never with a value and an error.
  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func mutations(seed: UInt64) {
    var random = SeededGenerator(state: seed)
    let odd: [[UInt8]] =
      [
        "\t", "\0", ": ", "- ", "\n", "\r\n", "'", "\"", "[", "]", "{", "}", "&a", "*a", "|", ">", "? ", "!!int ", "#",
        "%YAML 1.1\n", "---\n", "...\n", "\u{85}", "\u{FEFF}", "\\x00", "<<: ", "~", "é", "🦴", "-1", "1e999",
      ].map { Array($0.utf8) } + [[0xC3], [0xFF], [0xED, 0xA0, 0x80]]
    for _ in 0..<60 {
      let original = SampleCases.files[Int.random(in: 0..<SampleCases.files.count, using: &random)]
      var bytes = original.bytes
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let at = Int.random(in: 0..<max(1, bytes.count), using: &random)
        let end = min(bytes.count, at + Int.random(in: 1...40, using: &random))
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.removeSubrange(at..<end)
        case 2: bytes.insert(contentsOf: bytes[at..<end], at: at)
        case 3: bytes.insert(contentsOf: odd[Int.random(in: 0..<odd.count, using: &random)], at: at)
        default: bytes = Array(bytes[..<at])
        }
        if bytes.isEmpty { break }
      }
      let input = InputFile(name: original.name, bytes: bytes)
      for (isRead, faults) in everyReader(input) {
        #expect(isRead == !faults.contains { $0.severity == .error })
        #expect(faults.allSatisfy { $0.line > 0 && $0.column > 0 && !$0.message.isEmpty })
      }
    }
  }

  private func everyReader(_ input: InputFile) -> [(Bool, [Fault])] {
    let patient = CaseFileReader.read(input, origin: .embedded)
    let study = StudyDescriptionReader.read(input)
    let readings = ReadingsFileReader.read(input)
    let theme = ThemeFileReader.read(input)
    return [
      (patient.value != nil, patient.faults), (study.value != nil, study.faults),
      (readings.value != nil, readings.faults), (theme.value != nil, theme.faults),
    ]
  }
}
