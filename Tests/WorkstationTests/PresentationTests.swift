// A presenter and learners, key by key: who follows, what they answer, and what none of them may see.

import Grid
import ReviewCore
import TestSupport
import Testing

@testable import Workstation

@Suite struct PresentationTests {
  /// Case 5, presented at the step that asks for T1W.
  private static let toT1W = "↓↓↓↓tP⏎⏎⏎"

  private func hall(learners: Int = 2, _ width: Int = 80, _ height: Int = 24, _ keys: String = toT1W) throws -> Hall {
    var hall = try Hall(learners: learners, width, height)
    hall.press(keys)
    return hall
  }

  @Test func learnersFollowAndSeeOnlyWhatIsShown() throws {
    let hall = try hall()

    for seat in 1...2 {
      #expect(hall.state(seat).screen == .teaching)
      #expect(hall.walk(seat)?.subject.id == "5")
      #expect(hall.walk(seat)?.index == 2)
      #expect(hall.walk(seat)?.isRevealed == false)
      #expect(hall.text(seat).contains("with Dr Roe"))
    }
    #expect(hall.text(0).contains("presenting: 0 of 2 answered"))
  }

  @Test(arguments: [(80, 24, "80x24"), (120, 40, "120x40")]) func frames(width: Int, height: Int, name: String) throws {
    var hall = try hall(learners: 3, width, height)
    hall.press("1", at: 1)
    hall.press("1", at: 2)
    hall.press("3", at: 3)
    expectGolden(hall.frame(0), "present-asked-\(name)")
    expectGolden(hall.frame(3), "follow-answered-\(name)")
    hall.press("⏎")
    expectGolden(hall.frame(0), "present-bars-\(name)")
    expectGolden(hall.frame(3), "follow-bars-\(name)")
    hall.press("←", at: 3)
    expectGolden(hall.frame(3), "follow-alone-\(name)")
  }

  @Test func framesInAsciiAreAscii() throws {
    var hall = try hall()
    hall.press("2", at: 1)
    hall.press("⏎")
    for seat in 0...1 {
      let text = hall.seats[seat].frame(Look(colors: .none, unicode: false)).text
      #expect(text.allSatisfy { $0.isASCII }, "\(text.filter { !$0.isASCII })")
      #expect(text.contains("######"))
    }
  }

  @Test func answersArePrivateUntilTheyAreShownAndThenOnlyCounted() throws {
    var hall = try hall()
    hall.press("1", at: 1)
    let before = hall.text(2)
    #expect(!before.contains("of 2 answered") && !before.contains("█"))
    #expect(hall.text(0).contains("presenting: 1 of 2 answered") && !hall.text(0).contains("● 1"))
    #expect(hall.focus?.tallies == [:])
    hall.press("3", at: 2)
    hall.press("2", at: 2)

    hall.press("⏎")

    let step = try #require(hall.focus?.tallies[2])
    #expect(step.counts.map(\.count) == [1, 1] && step.audience == 2)
    for seat in 0...2 { #expect(hall.text(seat).contains("2 of 2 answered, 1 as the consensus.")) }
    #expect(hall.text(1).contains("✓ You agree with the consensus"))
    #expect(hall.text(2).contains("✗ The consensus differs"))
    // What is closed takes no more answers.
    hall.press("1", at: 2)
    #expect(hall.focus?.tallies[2] == step)
  }

  /// A question that is passed over is closed too, and the report knows what was right.
  @Test func whatIsPassedOverIsReportedWithWhatIsRight() throws {
    var hall = try hall()
    hall.press("3", at: 1)
    #expect(hall.focus?.asked?.right == [] && hall.focus?.passed == nil)
    hall.press("→")
    let passed = try #require(hall.focus?.passed)
    #expect(passed.step == 2 && passed.right == [0] && passed.title == "T1W")
    #expect(hall.focus?.asked?.step == 3 && hall.focus?.asked?.right == [])
  }

  @Test func aLearnerGoesNoFurtherThanThePresenter() throws {
    var hall = try hall()
    hall.press("⏎→⏎", at: 1)
    #expect(hall.message(1) == "the presenter goes on; ← looks back")
    #expect(hall.walk(1)?.index == 2 && hall.walk(1)?.isRevealed == false)

    hall.press("←⏎⏎", at: 1)
    #expect(hall.walk(1)?.index == 2 && hall.state(1).presentation.isFollowing)
    // Not by any other way: not the list, a quiz of it, the case before and back, or the atlas.
    hall.press("⎋", at: 1)
    #expect(hall.state(1).screen == .teachingFile && !hall.text(1).contains("worse before better"))
    hall.press("g", at: 1)
    #expect(hall.walk(1)?.mode == .walk && hall.walk(1)?.isRevealed == false)
    hall.press("[]⏎⏎", at: 1)
    #expect(hall.walk(1)?.subject.id == "5" && hall.walk(1)?.isRevealed == false)
    hall.press("a", at: 1)
    for _ in AtlasPage.all(hall.state(1).session.codebook, typed: "") {
      #expect(!hall.text(1).contains("Case 5"))
      hall.press("↓", at: 1)
    }
    #expect(hall.text(1).contains("6 finished cases"))
  }

  @Test func oneKeyReturnsAndTheAnswerIsStillThere() throws {
    var hall = try hall()
    hall.press("3", at: 1)
    for away in ["←", "⎋", "[⏎⏎", "a", "l↓⏎", "⎋↓g"] {
      hall.press(away, at: 1)
      #expect(!hall.state(1).presentation.isFollowing, "\(away)")
      #expect(hall.text(1).contains("case 5 is presented: f returns"), "\(away)")
      hall.press("f", at: 1)
      #expect(hall.walk(1)?.subject.id == "5" && hall.walk(1)?.index == 2, "\(away)")
      #expect(hall.text(1).contains("✓ answered"), "\(away)")
    }
    hall.press("←", at: 1)
    hall.press("⏎⏎")
    #expect(hall.walk(1)?.index == 1)
    #expect(hall.focus?.tallies[2]?.answered == 1)
  }

  @Test func whoComesLateLandsAtTheStep() throws {
    var hall = try hall()
    hall.sitDown(Principal("L9", role: .learner))
    #expect(hall.walk(3)?.subject.id == "5" && hall.walk(3)?.index == 2)
    hall.press("⏎")
    hall.restart(3)
    #expect(hall.walk(3)?.isRevealed == true)
  }

  @Test func aPresenterWhoDropsComesBackWhereTheyWere() throws {
    var hall = try hall()
    hall.press("1", at: 1)
    hall.kill(0)
    #expect(hall.message(1) == "the presenter has gone; nothing more is shown of the case until they are back")
    #expect(hall.text(1).contains("the presenter has gone") && hall.walk(1)?.index == 2)
    // Meanwhile nothing of the case is shown by any key that shows.
    for keys in ["⏎", "→", "n", "←⏎⏎⏎", "g", "[]⏎⏎", "l⏎⏎", "f⏎"] {
      hall.press(keys, at: 1)
      #expect(hall.walk(1)?.subject.id != "5" || hall.walk(1)?.revealed.contains(2) == false, "\(keys)")
    }
    hall.press("f⏎", at: 1)
    #expect(hall.message(1) == "the presenter is away; nothing is shown until they are back")

    hall.restart(0) { state in
      state.push(.teachingFile)
      (state.presentation.part, state.presentation.resume) = (.presenter, .anyCase)
    }

    #expect(hall.walk(0)?.subject.id == "5" && hall.walk(0)?.index == 2 && hall.walk(0)?.isRevealed == false)
    #expect(hall.text(0).contains("presenting: 1 of 2 answered"))
    hall.press("⏎")
    #expect(hall.focus?.tallies[2]?.answered == 1)
    #expect(hall.text(2).contains("1 of 2 answered"))
  }

  @Test func anEndedPresentationLeavesTheCaseAndTheNextBeginsAnew() throws {
    var hall = try hall()
    hall.press("E")
    #expect(hall.message(1) == "the presentation has ended; the case stays here, Enter goes on alone")
    hall.press("⏎", at: 1)
    #expect(hall.walk(1)?.isRevealed == true)
    hall.press("⎋tP")
    #expect(hall.focus?.reach == 0 && hall.walk(0)?.index == 0)
    #expect(hall.text(2).contains("1 of 15") && hall.text(1).contains("case 5 is presented: f returns"))
  }

  @Test func theCaseUnderTheCursorOfTheListIsPresented() throws {
    var hall = try Hall(learners: 1)
    hall.press("tl↓↓P")
    #expect(hall.state(0).screen == .teaching && hall.walk(1)?.subject.id == "3")
    hall.press("]")
    #expect(hall.walk(1)?.subject.id == "4" && hall.focus?.reach == 0)
    hall.press("g")
    #expect(hall.message(0) == "you are presenting; E ends it, then g quizzes")
  }

  @Test func onlyAPresenterLeadsAndTwoHandOver() throws {
    var hall = try hall()
    hall.press("P", at: 1)
    #expect(hall.message(1) == "only a presenter leads; f follows one")
    hall.sitDown(Principal("DS", name: "Dr Sun", role: .presenter))
    hall.press("tP", at: 3)
    #expect(hall.message(3) == "Dr Roe is already presenting and you follow; H takes the lead")
    #expect(hall.walk(3)?.subject.id == "5" && hall.text(0).contains("0 of 2 answered"))
    hall.press("H", at: 3)
    #expect(hall.state(3).isPresenting && !hall.state(0).isPresenting)
    hall.press("⏎⏎", at: 3)
    #expect([0, 1, 2].map { hall.walk($0)?.index } == [3, 3, 3])
    hall.kill(3)
    hall.press("H")
    #expect(hall.state(0).isPresenting)
  }

  @Test func aCasePresentedUnknownIsUnknownToAll() throws {
    var hall = try hall(learners: 1, 80, 24, "↓↓↓↓tvP⏎")
    #expect(!hall.text(1).contains("Case 5") && !hall.text(1).contains("metastases"))
    hall.press("v", at: 1)
    #expect(hall.message(1) == "the presenter shows this case unknown")
    hall.press("⎋", at: 1)
    #expect(hall.text(1).contains("a case is presented: f returns"))
    #expect(!hall.text(1).contains("worse before better"))
  }

  @Test func aLearnersSeatHasTheTeachingFileAndNothingElse() throws {
    var hall = try Hall(learners: 1)
    #expect(hall.state(1).screen == .teachingFile)
    #expect(hall.message(1) == "nobody is presenting now; this seat follows as soon as somebody does")
    hall.press("⎋qcntfp", at: 1)
    var generator = SeededGenerator(seed: 7)
    let keys = Array("⏎⎋⇥↓↑→←12345xz,gvlasfPEHmcnpti[]r/ ")
    for _ in 0..<1500 {
      hall.press(String(keys.randomElement(using: &generator) ?? " "), at: 1)
      #expect([.teachingFile, .teaching, .score, .atlas, .study].contains(hall.state(1).screen))
    }
    let forbidden = hall.seats[1].asked.filter { effect in
      switch effect {
      case .teaching, .presentation, .ask(.study): false
      default: true
      }
    }
    #expect(forbidden.isEmpty, "\(forbidden)")
    #expect(!hall.seats[1].asked.contains { if case .presentation(.share) = $0 { true } else { false } })
  }

  @Test func notesStayWithThePresenter() throws {
    var hall = try hall(learners: 1, 120, 40, "↓↓↓↓tmP")
    for _ in 0..<30 {
      hall.press("m", at: 1)
      #expect(!hall.text(1).contains("Note:"))
      hall.press("⏎")
    }
    hall.press("E")
    #expect(hall.focus == nil)
  }
}
