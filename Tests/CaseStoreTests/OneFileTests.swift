// A study is one file once nothing has it open, and stays whole while several have.

import Foundation
import ReviewCore
import Testing

@testable import CaseStore

@Suite struct OneFileTests {
  private static let beside = ["-wal", "-shm", "-journal"]

  private func companions(of path: String) -> [String] {
    Self.beside.filter { FileManager.default.fileExists(atPath: path + $0) }
  }

  @Test func closedItIsOneFileThatCanBeCopied() throws {
    let study = try TestStudy()
    let (one, other) = (try study.open("R1"), try study.open("coord"))
    _ = try one.record(GradeChange("1", .baseline, Codebook.ID.rimSign, Grade(.level("absent"))))
    _ = try other.worklist(WorklistQuery(), limit: 10)

    try other.close()
    #expect(companions(of: study.path).contains("-wal"))
    try one.close()

    #expect(companions(of: study.path) == [])
    let copy = study.folder("copy.study")
    try FileManager.default.copyItem(atPath: study.path, toPath: copy)
    let store = try StudyStore.open(at: copy, as: "R1", environment: study.world.environment())
    #expect(try store.counts().cases == 2)
    #expect(try store.history("1").count == 1)
  }

  @Test func itIsSoWithoutBeingTold() throws {
    let study = try TestStudy()
    do {
      let store = try study.open("coord")
      _ = try store.importCases([.sample("3")])
      _ = try store.counts()
    }
    #expect(companions(of: study.path) == [])
  }

  @Test func aLookLeavesNothingBehind() throws {
    let study = try TestStudy()
    _ = try StudyStore.summary(at: study.path)
    #expect(throws: StoreError.self) { try study.open("nobody") }
    #expect(companions(of: study.path) == [])
  }

  @Test func theLastWordClosesAll() throws {
    let study = try TestStudy()
    let store = try study.open("R1")
    _ = try store.record(GradeChange("1", .baseline, Codebook.ID.rimSign, Grade(.level("absent"))))

    for connections in OpenStudies.all where connections.path == study.path { try connections.close() }

    #expect(companions(of: study.path) == [])
    #expect(storeError { try store.counts() }?.category == .io)
  }

  /// POSIX takes a process's locks on a file away when it closes any descriptor of it.
  @Test func lookingAtTheFileKeepsTheLockOfWhoHasItOpen() throws {
    let study = try TestStudy()
    let store = try study.open("R1")
    _ = try StudyStore.summary(at: study.path)
    try study.open("R2").choosePassphrase("correct horse")
    _ = try store.admit("R2", passphrase: "correct horse")
    try study.open("coord").close()

    #expect(try isLocked(study.path))
    try store.close()
  }

  /// Whether SQLite's shared lock lies on a file. Asked of a lock that belongs to an open file and not to the process, so
  /// that the process's own are in the way of it. Takes them away in the end, as said above.
  private func isLocked(_ path: String) throws -> Bool {
    let file = open(path, O_RDWR)
    try #require(file >= 0)
    defer { close(file) }
    var lock = flock(l_type: Int16(F_WRLCK), l_whence: Int16(SEEK_SET), l_start: 0x4000_0002, l_len: 510, l_pid: 0)
    // F_OFD_GETLK of Linux, which Glibc's module leaves out.
    try #require(fcntl(file, 36, &lock) == 0)
    return lock.l_type != Int16(F_UNLCK)
  }
}
