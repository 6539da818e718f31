// Who opened a seat: sshd, or somebody at a shell.

import ReviewCore
import Testing

@testable import Seats

@Suite struct SeatProofTests {
  private let seat: SeatLine

  init() throws {
    seat = SeatLine(
      program: "/e", principal: "R1", study: "/s/a.study", uuid: "id-1",
      fingerprint: try PublicKey(file: Keys.ed25519.utf8).fingerprint)
  }

  private func changed(_ change: (inout SeatLine) -> Void) -> SeatLine {
    var other = seat
    change(&other)
    return other
  }

  @Test func aSeatStandsInAnInstalledLine() throws {
    #expect(SeatProof.fault(seat, lines: [seat], authenticated: nil) == nil)
    // The program may have moved; all else must be the same.
    #expect(SeatProof.fault(seat, lines: [changed { $0.program = "/f" }], authenticated: nil) == nil)
    let other = try PublicKey(file: Keys.rsa.utf8).fingerprint
    for line in [
      changed { $0.principal = "R2" }, changed { $0.study = "/s/b.study" }, changed { $0.uuid = "id-2" },
      changed { $0.uuid = nil }, changed { $0.fingerprint = other },
    ] {
      #expect(SeatProof.fault(seat, lines: [line], authenticated: nil) != nil, "\(line)")
    }
    #expect(SeatProof.fault(seat, lines: [], authenticated: nil)?.contains("ExposeAuthInfo yes") == true)
  }

  @Test(arguments: [
    ("publickey \(Keys.ed25519)\n", true), ("publickey \(Keys.rsa)\npublickey \(Keys.ed25519)\n", true),
    ("publickey \(Keys.rsa)\n", false), ("password\n", false), ("", false), ("publickey ssh-ed25519 AAAA\n", false),
  ])
  func sshdSaysWhichKeyCame(text: String, isOpened: Bool) {
    #expect((SeatProof.fault(seat, lines: [], authenticated: text) == nil) == isOpened)
    // What sshd says goes before a line.
    #expect((SeatProof.fault(seat, lines: [seat], authenticated: text) == nil) == isOpened)
  }
}
