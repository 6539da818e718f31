// A consensus is not taken up again while its case is shown to an audience.

import CaseStore
import Desk
import Foundation
import ReviewCore
import Testing
import Workstation

@Suite struct PresentedCaseTests {
  @Test func aPresentedCaseIsNotReopened() throws {
    let study = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).study").path
    defer { for suffix in [".live", ".live-wal", ".live-shm"] { unlink(study + suffix) } }
    let environment = StoreEnvironment(
      now: { Date() }, newID: { UUID().uuidString }, osUser: "test", programVersion: "1")
    func refusal(_ id: CaseID) -> String? {
      do {
        try PresentedCase.refuseChange(of: id, in: study, environment: environment)
        return nil
      } catch { return words(of: error) }
    }
    #expect(refusal("1") == nil)
    let room = try LiveRoom.join("teaching", beside: study, as: "DR", seat: "a", now: environment.now)
    let focus = TeachingFocus(caseID: "1", step: 2, reach: 2, isReachRevealed: false)
    try room.share(String(decoding: JSONEncoder().encode(focus), as: UTF8.self))

    #expect(refusal("1")?.contains("case 1 is being presented by DR") == true)
    #expect(refusal("2") == nil)
    try room.leave()
    #expect(refusal("1") == nil)
  }
}
