// A vote on bones and places at a seat: on those that the readers do not agree on, and on record as each stated them.

import CaseStore
import Desk
import DeskSupport
import Interchange
import ReviewCore
import Testing
import Workstation

@Suite struct VoteOnPlacesTests {
  private func minutes(_ study: FileStudy) throws -> String {
    try study.at("coordinator") { store in
      ConsensusText(codebook: try store.study().codebook, principals: try store.principals()).minutes(
        try store.consensusTable("1"), study: try store.study(), head: "abc", of: try store.caseView("1"), format: .text
      )
    }
  }

  /// R1 calls the vote and votes at a seat with keys, the others vote elsewhere, and R1 reveals and adopts what comes of it.
  private func vote(
    _ study: FileStudy, on finding: FindingID, _ keys: String, others: [PrincipalID: String], shows: String
  ) throws -> Workbench {
    _ = try study.at("coordinator") { try $0.openForConsensus("1") }
    let bench = try study.seat("R1", 120, 40)
    bench.press("c")
    let key = GradeKey(.baseline, finding)
    for _ in 0..<40 where bench.state.consensus.row?.key != key { bench.press("↓") }
    bench.press("v")
    for (reader, answers) in others {
      try study.at(reader) { store in
        let question = try #require(store.consensusTable("1").row(key)?.vote?.question)
        _ = try store.consensus("1", .vote(key, question.value(answers)))
      }
    }
    bench.idle()
    bench.press("v")
    #expect(bench.frame().text.contains(shows), "\(bench.frame().text)")
    bench.press(keys)
    bench.press("r⏎")
    return bench
  }

  @Test func extentsOfBones() throws {
    let study = try FileStudy("vertebral_osteomyelitis", cases: ["id: \"1\"\n"])
    for (reader, bones) in [("R1", "T5-L5"), ("R2", "T6-L5"), ("R3", "T6-L5")] as [(PrincipalID, String)] {
      try study.record("1", by: reader, ["involved_bones=\(bones)"])
      try study.at(reader) { _ = try $0.sign("1", .baseline, seen: $0.signingSheet("1")) }
    }
    let bench = try vote(
      study, on: "involved_bones", " ⏎", others: ["R2": "T5:yes", "R3": "T5:no"], shows: "≠ T5")
    let row = try #require(bench.state.consensus.table?.row(GradeKey(.baseline, "involved_bones")))
    #expect(row.decision?.grade?.value.text == "T5-L5")
    #expect(row.decision?.how == .majority)
    let text = try minutes(study).replacing("\n", with: " ")
    let words = text.split(separator: " ").joined(separator: " ")
    // What each stated, and what was voted.
    for stated in ["T5–L5", "T6–L5", "Vote on T5:", "yes", "no"] { #expect(words.contains(stated), "\(text)") }
    #expect(words.contains("called a vote on involved bones (T5)"))
  }

  /// Of the same bones it is asked whether they are one run or each: in the box, and in what is recorded.
  @Test func oneRunOrEach() throws {
    let study = try FileStudy("vertebral_osteomyelitis", cases: ["id: \"1\"\n"])
    for (reader, bones) in [("R1", "T5-T8"), ("R2", "T5-T8 each"), ("R3", "T5-T8")] as [(PrincipalID, String)] {
      try study.record("1", by: reader, ["involved_bones=\(bones)"])
      try study.at(reader) { _ = try $0.sign("1", .baseline, seen: $0.signingSheet("1")) }
    }
    _ = try study.at("coordinator") { try $0.openForConsensus("1") }
    let bench = try study.seat("R1", 120, 40)
    let key = GradeKey(.baseline, "involved_bones")
    bench.press("c")
    for _ in 0..<40 where bench.state.consensus.row?.key != key { bench.press("↓") }
    bench.press("vv⏎")
    #expect(bench.state.message?.text == "decide on one run, or each vertebra, first")
    let row = bench.frame().text.split(separator: "\n").first { $0.contains("one run, or each") } ?? ""
    let said = row.split(separator: " ").map(String.init)
    #expect(said.contains("decide") && said.count { $0 == "run" } == 2 && said.count { $0 == "each" } == 2, "\(row)")
    bench.press("e ⏎")
    for (reader, bones) in [("R2", "T5-T8 each"), ("R3", "T5-T8")] as [(PrincipalID, String)] {
      let value = try #require(study.codebook["involved_bones"]).value(bones)
      _ = try study.at(reader) { try $0.consensus("1", .vote(key, value)) }
    }
    bench.idle()
    bench.press("r⏎")
    #expect(bench.state.consensus.row?.decision?.grade?.value.text == "T5,T6,T7,T8")
    #expect(bench.state.consensus.table?.log.last?.text.contains("recorded involved bones: T5–T8 each, ") == true)
    // What stands already is where the next change begins, and a step of it is taken back.
    bench.press("ee⏎")
    #expect(bench.state.consensus.row?.decision?.grade?.value.text == "T5-T8")
    bench.press("eeu⏎")
    #expect(bench.state.consensus.row?.decision?.grade?.value.text == "T5-T8")
    // Left unresolved, it says so where it is recorded, in the list too.
    bench.press("U⏎")
    #expect(bench.state.message?.text == "the finding is left unresolved; e agrees on a grade")
    try study.at("R1") { store in
      for row in try store.consensusTable("1").unsettled {
        _ = try store.consensus("1", .agree(row.key, AgreedGrade(nil)))
      }
    }
    for reader in FileStudy.readers {
      _ = try study.at(reader) { try $0.consensus("1", .confirm($0.consensusTable("1").version)) }
    }
    bench.idle()
    bench.press("⎋")
    #expect(
      bench.frame().text.contains("unresolved") && bench.frame().text.contains("unresolv…"), "\(bench.frame().text)")
  }

  @Test func placesOfACodebookFile() throws {
    let study = try FileStudy("sins", cases: ["id: \"1\"\n"])
    func words(_ places: [String]) -> [String] {
      ["lesions=\(places.joined(separator: ","))"]
        + [("bone_lesion", "lytic"), ("alignment", "normal"), ("collapse", "none"), ("posterolateral", "none")].map {
          id, level in
          "\(id)=" + places.map { "\($0):\(level)" }.joined(separator: ",")
        }
    }
    try study.sign("1", by: "R1", words(["T12", "L1"]))
    try study.sign("1", by: "R2", words(["T12"]))
    try study.sign("1", by: "R3", words(["T12", "L3"]))
    let bench = try vote(
      study, on: "lesions", " r⏎", others: ["R2": "L1:yes,L3:no", "R3": "L1:yes,L3:yes"], shows: "≠ L1")
    let row = try #require(bench.state.consensus.table?.row(GradeKey(.baseline, "lesions")))
    #expect(row.agreement == .placeByPlace(agreed: 1, disputed: 2))
    #expect(row.vote?.revealedQuestion?.title == "L1 and L3")
    #expect(row.decision?.grade?.value == .levels(["T12", "L1", "L3"]))
    #expect(try minutes(study).replacing("\n", with: " ").contains("Vote on L1 and L3"))
  }
}
