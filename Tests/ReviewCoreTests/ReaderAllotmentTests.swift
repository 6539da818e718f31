// Readers dealt to cases.

import Testing

@testable import ReviewCore

@Suite struct ReaderAllotmentTests {
  private func dealt(_ readers: Int, _ perCase: Int, _ cases: Int, seed: UInt64) -> [[PrincipalID]] {
    var allotment = ReaderAllotment((1...readers).map { PrincipalID("R\($0)") }, perCase: perCase, seed: seed)
    return (1...cases).map { allotment.allot(CaseID("\($0)")) }
  }

  @Test(arguments: [(20, 5, 300), (6, 3, 40), (4, 3, 30), (12, 4, 200), (7, 2, 21)], [1, 7, 4_711] as [UInt64])
  func everyTwoMeetAboutEquallyOften(size: (readers: Int, perCase: Int, cases: Int), seed: UInt64) {
    let cases = dealt(size.readers, size.perCase, size.cases, seed: seed)
    #expect(cases.allSatisfy { Set($0).count == size.perCase && $0.count == size.perCase })
    let readers = (1...size.readers).map { PrincipalID("R\($0)") }
    let loads = readers.map { reader in cases.count { $0.contains(reader) } }
    let pairs = readers.flatMap { a in
      readers.filter { $0.rawValue > a.rawValue }.map { b in cases.count { $0.contains(a) && $0.contains(b) } }
    }
    #expect((loads.max() ?? 0) - (loads.min() ?? 0) <= 2)
    #expect((pairs.max() ?? 0) - (pairs.min() ?? 0) <= 3)
  }

  @Test func theSeedDecidesAndNothingElse() {
    #expect(dealt(8, 3, 20, seed: 1) == dealt(8, 3, 20, seed: 1))
    #expect(dealt(8, 3, 20, seed: 1) != dealt(8, 3, 20, seed: 2))
  }

  @Test func thoseWhoAreThereStayAndTheLackingOnesCome() {
    var allotment = ReaderAllotment(["R1", "R2", "R3", "R4"], perCase: 3, seed: 1)
    #expect(allotment.allot("1", to: ["R2"]).contains("R2"))
    // Who has left is still one of the three.
    let mixed = allotment.allot("2", to: ["gone", "R1"])
    #expect(mixed.count == 3 && mixed.contains("gone") && mixed.contains("R1"))
    // More than are asked for stay.
    #expect(allotment.allot("3", to: ["R1", "R2", "R3", "R4"]) == ["R1", "R2", "R3", "R4"])
    // Fewer readers than a case asks for: all of them.
    var small = ReaderAllotment(["R1", "R2"], perCase: 3, seed: 1)
    #expect(small.allot("1") == ["R1", "R2"])
  }
}
