// What the store refuses, as a person at this program reads it, and the status that the program ends with.

import CaseStore
import Desk
import ReviewCore
import Testing

@Suite struct StoreErrorTests {
  static let told: [(StoreError, Int32, String)] = [
    (.noSuchFile("a"), 66, "a: there is no such file; ‘endplate study new’ makes a study"),
    (.cannotCreate("a", why: "full"), 73, "a: cannot be created: full"),
    (.damaged("a"), 65, "a: is not a study file: it is damaged; put a backup back with ‘endplate restore’"),
    (.damagedBackup("b"), 65, "b: this backup is damaged; nothing was restored; take another backup"),
    (.noSuchCase("9", nearest: nil), 66, "there is no case ‘9’; ‘endplate list’ shows them"),
    (.noSuchCase("9", nearest: "8"), 66, "there is no case ‘9’; did you mean ‘8’?"),
    (.joint, 77, "in this study the readers grade together: there are no readings of one's own, record the consensus"),
    (
      .roundsToCome(after: 1, of: 2), 77,
      "this protocol opens its cases once all 2 rounds are read, and this is round 1; the coordinator begins the next with "
        + "‘endplate study round 2’"
    ),
    (
      .codeGiven("R1"), 77,
      "that is the one-time code of R1, which opens nothing; choose a passphrase with it: endplate study passphrase R1 "
        + "--as R1"
    ),
    (.codeForOneself("C"), 65, "a code is for somebody else; choose your own passphrase with ‘--as C’ straight away"),
    (
      .keyNotGiven("SHA256:a", "R1"), 77,
      "the key SHA256:a was not given to the seat of R1 in this study, or was taken away; the coordinator gives it with "
        + "‘endplate seat add’"
    ),
    (
      .busy("a"), 74, "a: somebody else has been writing for more than 10 seconds; nothing was stored, try again"
    ),
    (
      .inUse("a", process: 7), 74,
      "a: is open in process 7; nothing was changed: leave every seat and command that has it open, then try again"
    ),
  ]

  @Test(arguments: told) func isToldWithItsCure(error: StoreError, status: Int32, words: String) {
    let failure = failure(of: error)
    #expect(failure?.words == words)
    #expect(failure?.status == status)
    #expect(Desk.words(of: error) == words)
    // The store knows no command of this program.
    #expect(!error.description.contains("endplate"))
  }
}
