// Lines of seats come and go; every other byte of the file stays.

import ReviewCore
import Testing

@testable import Seats

@Suite struct AuthorizedKeysTests {
  private let key: PublicKey
  private let seat: SeatLine

  init() throws {
    key = try PublicKey(file: Keys.ed25519.utf8)
    seat = SeatLine(
      program: "/opt/end plate/endplate", principal: "R1", study: "/srv/Studien Ä/a$b;c.study",
      fingerprint: key.fingerprint)
  }

  @Test("a line is restricted, its command quoted, and read back as it was written")
  func line() throws {
    let text = seat.text(key: key)
    var file = AuthorizedKeys([])
    try file.add(seat, key: key)

    #expect(
      text == "restrict,pty,command=\"'/opt/end plate/endplate' seat open R1 --study '/srv/Studien Ä/a$b;c.study' "
        + "--fingerprint \(Keys.ed25519Fingerprint)\" \(Keys.ed25519) endplate:R1:\(Keys.ed25519Fingerprint)")
    #expect(file.bytes == Array((text + "\n").utf8))
    #expect(file.entries == [.init(number: 1, seat: seat, excess: [])])
  }

  /// What people have in their files.
  private static let found = [
    "", "# a comment\n", "\n\n  \n", "\(Keys.rsa) ann@home\r\n",
    "from=\"10.0.0.0/8\",command=\"echo \\\"seat open R1\\\"\" \(Keys.ecdsa)\n", "# no end", "\u{FEFF}\t# ü\n",
    "command=\"open\" never closed\n", "cert-authority,principals=\"a,b\" \(Keys.rsa)",
  ]

  @Test("adding and removing a seat leaves others' lines byte for byte", arguments: found, ["", "tail"])
  func lines(head: String, tail: String) throws {
    let before = Array((head + tail).utf8) + [0xFF, 0x00]
    var file = AuthorizedKeys(before)

    try file.add(seat, key: key)
    let added = file.bytes
    let removed = file.remove { $0.principal == "R1" }

    #expect(added == before + Array("\n\(seat.text(key: key))\n".utf8))
    #expect(removed == [seat])
    #expect(file.bytes == before + [0x0A])
  }

  @Test(
    "a key that stands in the file already is refused: sshd would take its first line",
    arguments: [
      "\(Keys.ed25519)\n", "restrict \(Keys.ed25519) me\n", "command=\"x y\"  \(Keys.ed25519)\r\n",
      "# \(Keys.rsa)\n\t\(Keys.ed25519)",
    ])
  func taken(before: String) {
    var file = AuthorizedKeys(before.utf8)
    let number = before.hasPrefix("#") ? 2 : 1

    #expect(throws: AuthorizedKeys.Taken(number: number, seat: nil)) { try file.add(seat, key: key) }
    #expect(file.bytes == Array(before.utf8))
  }

  @Test("a key that opens another seat is refused, and the seat named")
  func takenSeat() throws {
    var file = AuthorizedKeys("# seats\n".utf8)
    try file.add(seat, key: key)
    var other = seat
    other.principal = "R2"

    #expect(throws: AuthorizedKeys.Taken(number: 2, seat: seat)) { try file.add(other, key: key) }
  }

  @Test("a key in a comment is in nobody's way")
  func comment() throws {
    var file = AuthorizedKeys("  # \(Keys.ed25519)\n".utf8)

    try file.add(seat, key: key)

    #expect(file.entries.map(\.number) == [2])
  }

  @Test(
    "a seat's line that somebody changed by hand is still known, and what it opens too much is told",
    arguments: [
      ("from=\"10.1.2.0/24\",restrict,pty", []), ("restrict,expiry-time=\"20300101\",pty", []),
      ("pty", ["restrict is missing"]),
      (
        "restrict,pty,port-forwarding,agent-forwarding",
        ["agent-forwarding", "port-forwarding"]
      ),
      ("restrict,pty,environment=\"LD_PRELOAD=/tmp/x\"", ["environment"]),
    ])
  func excess(options: String, excess: [String]) {
    let line = seat.text(key: key).replacing("restrict,pty", with: options)
    let file = AuthorizedKeys("\(line)\n".utf8)

    #expect(file.entries == [.init(number: 1, seat: seat, excess: excess)])
  }

  @Test("a line that names the study's uuid is read back too")
  func uuid() throws {
    var named = seat
    named.uuid = "3f2b0c1e-0000-4000-8000-00000000000a"

    let file = AuthorizedKeys("\(named.text(key: key))\n".utf8)

    #expect(named.command.contains(" --uuid 3f2b0c1e-0000-4000-8000-00000000000a --fingerprint "))
    #expect(file.entries.map(\.seat) == [named])
    for bad in ["a'b", "a b", "", "ä", String(repeating: "a", count: 65)] { #expect(!SeatLine.isUUID(bad)) }
  }

  @Test("lines are renewed in place, with what else stands in them")
  func renew() throws {
    let line = seat.text(key: key).replacing("restrict,pty", with: "from=\"10.0.0.0/8\",restrict,pty")
    let other = "# a comment\nrestrict \(Keys.rsa) me\n"
    var file = AuthorizedKeys("\(other)\(line)\n".utf8)
    var wanted = seat
    (wanted.study, wanted.uuid) = ("/srv/moved.study", "id-1")

    let renewed = file.renew { $0 == seat ? wanted : nil }

    #expect(renewed == [wanted])
    #expect(file.bytes == Array("\(other)\(line.replacing(seat.command, with: wanted.command))\n".utf8))
    #expect(file.renew { _ in nil } == [])
  }

  @Test(
    "commands that open no seat of ours are nobody's seat",
    arguments: [
      "", "/bin/sh", "endplate", "'/e' seat open R1", "'/e' seat open R/1 --study '/s' --fingerprint x",
      "'/e' seat open R1 --study '/s' --fingerprint SHA256:short", "'/e' seat list R1 --study '/s' --fingerprint x",
    ])
  func noSeat(command: String) {
    #expect(SeatLine(command: command) == nil)
  }

  @Test(
    "a path on which login shells do not agree cannot stand in a line",
    arguments: [
      ("/srv/a b$c;d`e`.study", true), ("/srv/Ä.study", true), ("relative.study", false), ("/srv/a'b", false),
      ("/srv/a\"b", false), ("/srv/a\\b", false), ("/srv/a!b", false), ("/srv/a\nb", false), ("/srv/a\u{7F}", false),
    ])
  func paths(path: String, isTaken: Bool) {
    #expect((SeatLine.fault(path: path) == nil) == isTaken)
  }
}
