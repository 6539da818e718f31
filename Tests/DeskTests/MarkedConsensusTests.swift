// Three readers mark the same lesion, argue over it, and keep one mark: by keys, on a real file, until it is taught.

import CaseStore
import Desk
import DeskSupport
import Foundation
import Grid
import Interchange
import KeyImages
import ReviewCore
import Testing
import Workstation

@Suite struct MarkedConsensusTests {
  private let rim = GradeKey(.baseline, Codebook.ID.rimSign)

  /// Case 2 graded and signed, the rim marked on T2W, each reader some steps further back.
  private func read(_ seat: Workbench, steps: Int) throws {
    seat.press("/case:2⏎g⏎ ⏎111333221212")
    seat.state.grading.cursor = try #require(seat.state.gradedFindings.firstIndex { $0.id == rim.finding })
    seat.press("2I" + String(repeating: "→", count: steps) + "⏎⎋")
    seat.press("S⏎}1⏎2⏎2111312⏎S⏎")
    let view = try seat.store.caseView("2")
    let (baseline, later) = (
      view.reading(of: seat.store.principal.id, .baseline), view.reading(of: seat.store.principal.id, "5")
    )
    #expect(baseline?.state.isSigned == true && later?.state.isSigned == true, "\(seat.frame().text)")
    #expect(baseline?.grades[rim]?.mark?.image == "phantom-baseline-t2w-4")
  }

  @Test func threeMarksAreArguedOverAndOneIsKept() throws {
    // Given: three readers at seats of their own, who saw the rim in three places of one image.
    let first = try Workbench.practice(120, 40)
    let home = URL(filePath: first.path).deletingLastPathComponent()
    let others = try (["R2", "R3"] as [PrincipalID]).map {
      try Workbench(at: first.path, as: $0, environment: first.environment, home: home, 120, 40)
    }
    for (index, seat) in ([first] + others).enumerated() { try read(seat, steps: 2 * index) }

    // When: the case is opened, and they look.
    first.act(.changedElsewhere)
    first.press("⎋cO")
    first.state.consensus.key = rim
    first.act(.rested)
    let letters = first.frame().cells.filter { $0.style.paper == .grey(0) && $0.style.ink == .role(.accent) }.map(
      \.text)
    #expect(Set(letters).isSuperset(of: ["A", "B", "C"]))
    first.press("V")
    let seen = first.frame().text
    for words in ["A on 2/4", "B on 2/4", "C on 2/4"] { #expect(seen.contains(words), "\(words): \(seen)") }

    // Then: once agreed, the recorded grade keeps the second mark.
    first.press("⎋⏎")
    let row = try #require(first.state.consensus.table?.row(rim))
    let marks = row.grades.map { $0?.mark }
    #expect(Set(marks.map { $0?.at.y }).count == 3)
    first.press("Vmm⎋")
    #expect(first.state.consensus.table?.row(rim)?.decision?.grade?.mark == marks[1])
    first.press("y")
    for seat in [first] + others {
      if seat !== first {
        seat.act(.changedElsewhere)
        seat.press("⎋c")
      }
      seat.press("C")
      seat.act(.key(.end))
      seat.press("⏎")
    }
    first.act(.changedElsewhere)
    #expect(first.state.consensus.table?.stage == .recorded, "\(first.frame().text)")

    // And: minutes, the case screen and the handout have it.
    let table = try first.store.consensusTable("2")
    let text = ConsensusText(codebook: first.state.session.codebook, principals: try first.store.principals())
    let minutes = text.minutes(
      table, study: first.state.session.study, head: try first.store.info().auditHead, format: .text)
    #expect(minutes.contains("image 2/4, marked with an arrow"))
    let library = TeachingLibrary(store: first.store, study: first.state.session.study)
    let file = try library.file(including: "2")
    let shelf = ImageShelf(study: library.study)
    let subject = try shelf.illustrated(try #require(file["2"]), in: first.store)
    let step = try #require(subject.script.steps.firstIndex { $0.topic == .rim })
    #expect(subject.script.steps[step].image?.slice == 4 && subject.script.steps[step].image?.series == .t2w)
    let page = TeachingHandout(
      subject, file: file, study: library.study, images: try shelf.pictures(of: subject, in: first.store)
    ).html
    #expect(page.contains("data:image/png") && page.contains("marker-end=\"url(#tip-"))
    #expect(page.contains("simulated from published grades; no patient"))
    let values = try first.store.export(id: "x", program: "Endplate", hasNotes: false)
    let format = try #require(ExportFormat.all.first { $0.name == "release" })
    let release = try format.files(values)
    let kept = try #require(marks[1]).text
    #expect(release.first { $0.path == "consensus.csv" }?.text.contains(kept) == true)
  }
}
