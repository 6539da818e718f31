// Faults of a teaching script, each with its line and column and its cure.

import Interchange
import ReviewCore
import Testing

struct TeachingFileFaultsTests {
  static let head = "format: endplate-teaching/1\ncase: 9\nneutral_title: A patient\nsteps:\n"

  private func faults(_ steps: String) -> [String] {
    TeachingFileReader.read(file(Self.head + steps, "t.yaml")).faults.map(\.description)
  }

  @Test func aScriptIsReadWhole() throws {
    let script = try #require(
      TeachingFileReader.read(
        file(
          Self.head + """
            - topic: rim
              title: The rim
              text: [Look inside.]
              grades: {rim_sign: present}
              question:
                ask: Grade it.
                finding: rim_sign
                answers:
                  - answer: present
                    because: there
                  - answer: absent
                    because: not there
              quoted: [93 %]
              notes: [wait]
            - topic: follow_up
              title: Later
              months: 10.5
              hides: [rim_sign]
              follow_up_grades: {marrow: partial}
              question:
                ask: Which?
                answers:
                  - answer: this
                    right: yes
                    because: so
                  - answer: that
                    because: no
            """)
      ).value)
    #expect(
      script
        == TeachingScript(
          caseID: "9", neutralTitle: "A patient",
          steps: [
            TeachingStep(
              .rim, title: "The rim", text: ["Look inside."], grades: ["rim_sign": .level("present")],
              question: TeachingQuestion(
                "Grade it.", finding: "rim_sign",
                answers: [
                  .init(level: "absent", text: "absent", isRight: false, because: "not there"),
                  .init(level: "present", text: "present", isRight: true, because: "there"),
                ]), quoted: ["93 %"], notes: ["wait"]),
            TeachingStep(
              .followUp, title: "Later", examination: "10.5", grades: ["marrow": .level("partial")],
              hides: [.finding("rim_sign")],
              question: TeachingQuestion(
                "Which?",
                answers: [
                  .init(text: "this", isRight: true, because: "so"), .init(text: "that", isRight: false, because: "no"),
                ])),
          ]))
  }

  @Test func everyFaultIsToldWithItsPlace() {
    #expect(
      faults(
        """
        - topic: halo
          title: a
          grades: {halo_sign: present}
          hides: [rim_sign]
          question:
            ask: b
            finding: halo_sign
            answers:
              - answer: present
                right: yes
                because: c
        - topic: rim
          title: d
          months: 5
          grades: {halo_sign: absent}
          question:
            ask: e
            finding: involved_bones
            answers:
              - answer: L5
                because: f
        - topic: follow_up
          title: g
          question:
            ask: h
            answers:
              - answer: one
                because: i
        """) == [
          "t.yaml:8:10: error: hides: rim was not shown before; what no step has shown is hidden anyway",
          "t.yaml:13:7: error: answers: nothing explains absent",
          "t.yaml:14:16: error: right: a finding is judged by the step's grades; delete it",
          "t.yaml:16:3: error: the step shows what a step before has shown: halo",
          "t.yaml:16:10: error: topic: ‘rim’ comes too late or twice; the order is presentation, location, t1w, "
            + "t2w_stir, contrast, rim, halo, disks_soft_tissue, impression, diagnosis, follow_up, outcome, lesson",
          "t.yaml:18:11: error: months: only a follow_up step is about a later examination; delete it",
          "t.yaml:22:14: error: finding: ‘involved_bones’ cannot be asked for here; allowed: posterior_elements, "
            + "lesion_number, t1w, t2w, stir, enhancement, rim_sign, halo_sign, disks, soft_tissue_inflammation, "
            + "soft_tissue_abscess, impression",
          "t.yaml:26:10: error: a follow_up step needs ‘months’, to say which examination it is about",
          "t.yaml:31:7: error: answers: a choice has 2 to 5 answers, one of them ‘right: yes’; here are 1, 0 right",
        ])
  }

  @Test func checkKnowsTheFormat() {
    #expect(
      FileCheck.faults([file(Self.head + "- topic: rimm\n  title: a\n", "t.yaml")]).map(\.description) == [
        "t.yaml:5:10: error: topic: there is no ‘rimm’; did you mean ‘rim’? allowed: presentation, location, t1w, "
          + "t2w_stir, contrast, rim, halo, disks_soft_tissue, impression, diagnosis, follow_up, outcome, lesson"
      ])
    #expect(FormatDescription.teachingFile.contains("| `neutral_title` (required) |"))
  }
}
