// Two readers at two terminals grade a case together, from nothing to a recorded consensus.

import PtyHarness
import Testing

extension EndToEnd {
  @Suite struct Joint {
    @Test("two readers grade together at two terminals: keys, map, follow-up, undo, confirmed by both")
    func twoTerminals() throws {
      // Given a joint study of one case
      let sandbox = try Sandbox()
      let study = sandbox.path("joint.study")
      let people = ["--title", "Read together", "--reader", "R1=Anna Alt", "--reader", "R2=Ben Berg"]
      #expect(try sandbox.endplate(["study", "new", study, "--protocol", "joint"] + people).status == 0)
      let file = try sandbox.write("1.yaml", caseFile(id: "1"))
      #expect(try sandbox.endplate("import", file, "--study", study, "--as", "coordinator").status == 0)
      func sit(_ reader: String) throws -> Tmux {
        let seat = try sandbox.tmux(["open", "--study", study, "--as", reader])
        try seat.wait(forText: "Worklist")
        try seat.press("c")
        return seat
      }
      let r1 = try sit("R1")
      try r1.wait(forText: "O opens it: its readers grade it together.")
      try r1.press("O")
      try r1.wait(forText: "Joint reading of case 1", "involved bones", "open 23")
      let r2 = try sit("R2")
      try r2.wait(forText: "R1 leads, R2")

      // When one grades, the other sees each grade, and the cursor beside it
      try r1.type("l4")
      try r1.press("Enter")
      try r2.wait(forText: "L4", "▸  2 posterior elements")
      try r1.type("113")
      try r2.wait(forText: "solitary", "+ hyper", "▸  5 T2W signal")

      // What was agreed by mistake is undone at the seat that agreed on it
      try r2.press("u")
      try r2.wait(forText: "R2 has agreed on nothing in this version that could be undone")
      try r1.press("u")
      try r2.wait(forText: "▸  4 T1W signal", "R1 undid: T1W signal")
      try r1.type("1")
      try r2.wait(forText: "− hypo")

      // And the rest, at the follow-up too
      try r1.press("}")
      try r2.wait(forText: "6 months", "against the baseline", "number and extent of foci")
      for open in (0..<19).reversed() {
        try r1.press("n", "x")
        try r1.wait(forText: "open \(open) ")
      }
      for seat in [r1, r2] {
        try seat.wait(forText: "open 0")
        try seat.press("C")
        try seat.wait(forText: "this is version ")
        try seat.press("End", "Enter")
      }
      try r1.wait(forText: "recorded")

      // Then it is recorded, and the minutes say how it was read
      let minutes = try sandbox.endplate("consensus", "minutes", "1", "--study", study, "--as", "coordinator")
      #expect(minutes.text.contains("Graded jointly") && minutes.text.contains("L4") && minutes.text.contains("hypo"))
      #expect(try sandbox.endplate("audit", "--verify", "--study", study, "--as", "coordinator").status == 0)
    }
  }
}
