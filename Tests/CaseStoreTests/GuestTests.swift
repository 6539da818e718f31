// One key is one person: who acts at another's seat shows who they are, and it is on record where.

import ReviewCore
import Testing

@testable import CaseStore

@Suite struct GuestTests {
  private func session(_ isShared: Bool, _ key: String?) throws -> (SessionStudy, StudyStore) {
    let session = try SessionStudy(StudyProtocol(seed: 7, isSharedScreen: isShared))
    try session["coord"].noteSeatAdded("R1", fingerprint: "SHA256:abc")
    let host = try StudyStore.open(
      at: session.study.path, as: "R1", environment: session.study.world.environment(keyFingerprint: key))
    return (session, host)
  }

  @Test(arguments: [nil, "SHA256:abc"] as [String?])
  func nobodyIsAdmittedWithoutAPassphraseOfTheirOwn(key: String?) throws {
    let (session, host) = try session(true, key)
    #expect(storeError { try host.admit("R2") } == .guestHasNoPassphrase("R2"))
    #expect(storeError { try host.admit("R2", passphrase: "anything at all") } == .guestHasNoPassphrase("R2"))
    // The coordinator's code is none.
    let code = try session["coord"].issueCode(for: "R2")
    #expect(storeError { try host.admit("R2", passphrase: code) } == .guestHasNoPassphrase("R2"))
    #expect(storeError { try host.admit("coord", passphrase: "anything") } == .notAReader("coord", .coordinator))

    try session["R3"].choosePassphrase("correct horse")
    #expect(storeError { try host.admit("R3") } == .passphraseNeeded("R3"))
    #expect(storeError { try host.admit("R3", passphrase: "wrong horse") } == .wrongPassphrase("R3"))
    #expect(try host.admit("R3", passphrase: "correct horse").principal.id == "R3")
  }

  @Test func aSeatThatAKeyOpenedIsOnePersonsUnlessTheProtocolSaysOtherwise() throws {
    for (isShared, key, isAdmitted) in [
      (false, "SHA256:abc", false), (true, "SHA256:abc", true), (false, nil, true),
    ] as [(Bool, String?, Bool)] {
      let (session, host) = try session(isShared, key)
      try session["R2"].choosePassphrase("correct horse")
      let error = storeError { try host.admit("R2", passphrase: "correct horse") }
      #expect((error == nil) == isAdmitted, "\(isShared) \(key ?? "")")
      if !isAdmitted { #expect(error?.description.contains("shared_screen: yes") == true) }
    }
  }

  @Test func theRecordSaysAtWhoseSeatAndByWhichKey() throws {
    let (session, host) = try session(true, "SHA256:abc")
    try session["R2"].choosePassphrase("correct horse")
    let guest = try host.admit("R2", passphrase: "correct horse")
    try session.play(.call(rim))
    _ = try guest.consensus("1", .vote(rim, .level("absent")))
    _ = try host.consensus("1", .vote(rim, .level("absent")))

    let votes = try session["R2"].audit(AuditFilter(kinds: [.voted])) + host.audit(AuditFilter(kinds: [.voted]))

    #expect(votes.map(\.principal) == ["R2", "R1"])
    #expect(votes.map(\.seat) == ["R1", nil])
    #expect(votes.map(\.keyFingerprint) == ["SHA256:abc", "SHA256:abc"])
    #expect(votes.map(\.client) == ["192.0.2.7", "192.0.2.7"])
    #expect(try session["coord"].verify().faults == [])
  }

  @Test func aKeyThatWasNotGivenOpensNothing() throws {
    let study = try TestStudy()
    func open(_ key: String) throws -> StudyStore {
      try StudyStore.open(at: study.path, as: "R1", environment: study.world.environment(keyFingerprint: key))
    }
    #expect(storeError { try open("SHA256:abc") }?.category == .notPermitted)
    let coordinator = try study.open("coord")
    try coordinator.noteSeatAdded("R2", fingerprint: "SHA256:abc")
    #expect(storeError { try open("SHA256:abc") }?.category == .notPermitted)
    try coordinator.noteSeatAdded("R1", fingerprint: "SHA256:abc")
    #expect(try open("SHA256:abc").principal.id == "R1")
    try coordinator.noteSeatRemoved("R1", fingerprint: "SHA256:abc")
    #expect(storeError { try open("SHA256:abc") }?.category == .notPermitted)
  }
}
