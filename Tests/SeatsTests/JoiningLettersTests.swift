// Letters that join with what follows, and names in two forms: lines of seats are read by scalars and compared by bytes.

import ReviewCore
import Testing

@testable import Seats

@Suite struct JoiningLettersTests {
  private let key: PublicKey

  init() throws { key = try PublicKey(file: Keys.ed25519.utf8) }

  private func seat(_ study: String) -> SeatLine {
    SeatLine(program: "/opt/endplate", principal: "R1", study: study, fingerprint: key.fingerprint)
  }

  @Test(
    "a path whose last letter joins with the quote behind it is listed and read back",
    arguments: [
      "/srv/a\u{0D4E}", "/srv/\u{0D4E} b", "/srv/\u{301}x", "/srv/a\u{200D}", "/\u{110BD}", "/srv/é", "/srv/e\u{301}",
    ])
  func path(path: String) throws {
    var file = AuthorizedKeys([])
    try file.add(seat(path), key: key)

    let entry = try #require(file.entries.first)
    #expect(entry.seat.isOn(path))
    #expect(entry.excess == [])
  }

  @Test("composed and decomposed forms of a path are two studies")
  func twins() throws {
    let (composed, decomposed) = ("/srv/é.study", "/srv/e\u{301}.study")
    var file = AuthorizedKeys(
      Array((seat(composed).text(key: key) + "\n" + seat(decomposed).text(key: key) + "\n").utf8))

    #expect(seat(composed) != seat(decomposed))
    let removed = file.remove { $0.isOn(decomposed) }
    #expect(removed.count == 1)
    #expect(file.entries.map { Array($0.seat.study.utf8) } == [Array(composed.utf8)])
  }

  @Test("words of a command end at a quote or a blank, whatever joins with it")
  func words() throws {
    #expect(try CommandWords.split("a\u{0D4E} b").count == 2)
    #expect(try CommandWords.split("'a\u{0D4E}' b").count == 2)
    #expect(throws: CommandWords.Fault.shellCharacter(";")) { try CommandWords.split("a\u{0D4E};b") }
    #expect(throws: CommandWords.Fault.shellCharacter("|")) { try CommandWords.split("a |\u{301} b") }
    let verb = SeatVerb("list", flags: ["--json"])
    #expect(throws: SeatRefusal.option("-\u{301}x", verb: verb)) { try SeatVerb.read("list -\u{301}x", among: [verb]) }
  }
}
