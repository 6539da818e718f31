// The language of conditions on a small codebook.

import Codebooks
import Interchange
import Testing

@Suite struct ConditionTests {
  private static let codebook = """
    findings:
      - {id: lesions, scale: {kind: places, only: C1..L5}}
      - {id: kind, per: lesions, scale: {kind: choice, levels: [lytic, blastic]}}
      - {id: size, per: lesions, scale: {kind: number, unit: mm, from: 0, to: 200}}
      - {id: grade, scale: {kind: choice, ordered: yes, levels: [0, 1, 2, 3, {id: x, off_scale: yes}]}}
      - {id: signal, scale: {kind: set, levels: [hypo, iso, hyper]}}
      - {id: detail, when: "grade:>=2", scale: present}
    atlas:

    """

  /// Whether a condition holds of grades: `true` where a page of the atlas shows it.
  private func holds(_ condition: String, _ grades: String...) throws -> Bool {
    let scheme = try scheme(Self.codebook + "  - {title: page, when: \"\(condition)\"}\n")
    return try CodebookTrial.lines(scheme, grades: grades).contains("atlas: page")
  }

  @Test(arguments: [
    ("grade:2", true), ("grade:1", false), ("grade:1|2", true), ("grade:0..1", false), ("grade:>1", true),
    ("grade:<=2", true), ("grade:>=3", false), ("not grade:1", true), ("grade:2 grade:3", false),
    ("grade:3 or grade:2", true), ("grade:3 or grade:2 grade:1", false), ("(grade:3 or grade:2) grade:2", true),
    ("grade:graded", true), ("signal:graded", false), ("signal:hypo", false), ("not signal:hypo", false),
    ("GRADE:2", true), ("grade:=2", true),
  ])
  func levelsOrderAndLogic(condition: String, expected: Bool) throws {
    #expect(try holds(condition, "grade=2") == expected)
  }

  @Test func offTheScaleIsOutsideTheOrder() throws {
    #expect(try !holds("grade:>=0", "grade=x"))
    #expect(try holds("grade:x", "grade=x"))
  }

  @Test func termsAboutPlacesHoldEachSomewhereUnlessTheyAreJoined() throws {
    let grades = ["lesions=T12,L1", "kind=T12:lytic,L1:blastic", "size=T12:10,L1:40"]
    func both(_ condition: String) throws -> Bool { try holds(condition, grades[0], grades[1], grades[2]) }
    #expect(try both("kind:lytic size:>=40"))
    #expect(try !both("any(kind:lytic size:>=40)"))
    #expect(try both("any(kind:blastic size:>=40)"))
    #expect(try both("every(size:>=10)"))
    #expect(try !both("every(kind:lytic)"))
    #expect(try both("any(kind:lytic lesions:thoracic)"))
    #expect(try !both("any(kind:lytic lesions:lumbar)"))
    #expect(try both("lesions:several lesions:L1..L5 lesions:T5-L5"))
    #expect(try !both("lesions:C1..C7"))
  }

  @Test func noneIsAnAnswer() throws {
    #expect(try holds("lesions:none", "lesions=none"))
    #expect(try !holds("kind:lytic", "lesions=none"))
    #expect(try holds("not kind:lytic", "lesions=none"))
    #expect(try !holds("not kind:lytic"), "no lesions and no answer are two things")
  }

  @Test func statesAreAskedForAndWhatIsNotAssessableCannotBeTold() throws {
    #expect(try holds("grade:not-assessable", "grade=not-assessable"))
    #expect(try holds("grade:unassessed", "grade=not-acquired"))
    #expect(try !holds("grade:1", "grade=not-assessable"))
    #expect(try !holds("not grade:1", "grade=not-assessable"), "not of what cannot be told cannot be told")
    #expect(try holds("detail:not-asked not detail:present", "grade=1"))
    #expect(try !holds("detail:not-asked", "grade=2"))
    #expect(try !holds("detail:present", "grade=1", "detail=present"), "an answer to what is not asked counts nowhere")
  }

  @Test(arguments: [
    ("grade", "1:1 a condition"), ("grade:", "asks for nothing"), ("grade:7", "there is no ‘7’"),
    ("grad:1", "did you mean ‘grade’?"), ("signal:<iso", "have no order"), ("(grade:1", "this ‘(’ is not closed"),
    ("grade:1)", "a ‘)’ without a ‘(’"), ("not", "‘not’ stands before"), ("grade:1 and grade:2", "a space means ‘and’"),
    ("or grade:1", "a condition is missing here"), ("size:big", "is not a number"),
    ("lesions:X9", "there is no place ‘X9’"),
    ("then.grade:1", "there is no ‘then.’"), ("any(grade:1)", "nothing in these parentheses is graded per place"),
    ("series.t1w:not-acquired", "there is no series ‘t1w’"), ("grade:>before", ""),
  ])
  func aFaultNamesTheThing(condition: String, words: String) throws {
    let found = faults(Self.codebook + "  - {title: page, when: \"\(condition)\"}\n")
    if words.isEmpty {
      #expect(found.isEmpty)
    } else {
      let words = words.replacing("1:1 a condition", with: "is a word alone")
      #expect(found.count == 1 && found[0].contains(words), "\(found)")
    }
  }

  @Test func aFaultPointsIntoTheText() {
    let found = faults(Self.codebook + "  - {title: page, when: \"grade:1 grad:2\"}\n")
    #expect(found.first?.hasPrefix("13:34 ") == true, "\(found)")
  }
}
