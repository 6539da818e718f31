// The agreement screen, key by key: statistics, parts, counts, and from a cell to its cases.

import Agreement
import Foundation
import Grid
import Interchange
import ReaderAgreement
import ReviewCore
import TestSupport
import Testing

@testable import Workstation

extension Bench {
  /// The practice study with the three cases open that all have signed, at its first reader's seat.
  static func agreement(_ width: Int = 80, _ height: Int = 24) throws -> Bench {
    var bench = try Bench.practice(width, height)
    for id: CaseID in ["1", "4", "6"] { bench.open(id) }
    bench.act(.changedElsewhere)
    bench.press("K")
    return bench
  }

  /// The line of the list that begins with a name.
  func line(_ name: String, _ look: Look = Look()) -> String {
    let frame = frame(look)
    return (0..<frame.size.height).map { frame.line($0) }.first { $0.dropFirst(2).hasPrefix(name) } ?? ""
  }
}

@Suite struct AgreementTests {
  @Test(arguments: [
    (80, 24, "", "agreement"), (120, 40, "p", "agreement"), (60, 16, "", "agreement"),
    (80, 24, "↓↓↓↓↓↓↓⏎", "agreement-rim"), (120, 40, "G⏎", "agreement-sequential"), (80, 24, "⏎⇥", "agreement-bones"),
    (80, 24, "↓↓↓↓↓↓↓⏎⏎", "agreement-cases"), (80, 24, "→", "agreement-percent"),
  ])
  func frames(width: Int, height: Int, keys: String, name: String) throws {
    var bench = try Bench.agreement(width, height)
    bench.press(keys)
    expectGolden(bench.frame(), "\(name)-\(width)x\(height)")
  }

  @Test(arguments: [
    ("ascii", Look(colors: .none, unicode: false)), ("mono", Look(colors: .none)), ("sixteen", Look(colors: .sixteen)),
  ])
  func withoutColour(name: String, look: Look) throws {
    var bench = try Bench.agreement()
    expectGolden(bench.frame(look), "agreement-\(name)-80x24")
    bench.press("↓↓↓↓↓↓↓⏎")
    expectGolden(bench.frame(look), "agreement-rim-\(name)-80x24")
    if !look.unicode { #expect(bench.frame(look).text.allSatisfy { $0.isASCII }) }
  }

  /// The published study was read together; the practice study has nothing open before somebody opens it.
  @Test func whereThereIsNoneTheScreenSaysWhyAndWhatToDo() throws {
    var joint = try Bench.published()
    joint.press("K")
    #expect(joint.frame().text.contains("(joint protocol)"))
    expectGolden(joint.frame(), "agreement-joint-80x24")
    joint.press("⏎")
    #expect(joint.state.message?.text == "there are no figures here")

    var unopened = try Bench.practice()
    unopened.press("K")
    #expect(unopened.frame().text.contains("no case is open yet"))
    #expect(unopened.frame().text.contains("consensus open CASE"))
    unopened.open("1")
    unopened.act(.changedElsewhere)
    #expect(unopened.line("rim sign").contains("1/1 few"))
  }

  @Test func whatIsUndefinedIsSaidInWordsAndNeverANumber() throws {
    var bench = try Bench.agreement()
    bench.press("↓↓↓")
    #expect(bench.line("T1W signal, whole sets").contains("not defined "))
    #expect(bench.frame().text.contains("not defined: one level only:"))
    #expect(bench.frame().text.contains("expected disagreement 0, 0/0"))
    #expect(!bench.frame().text.lowercased().contains("nan"))
  }

  @Test func theProtocolsStatisticComesFirstAndOthersFollow() throws {
    var bench = try Bench.agreement()
    #expect(bench.frame().line(1).contains("Gwet AC1 or the nearest (protocol)"))
    bench.press("→")
    #expect(bench.frame().line(1).contains("Percent agreement"))
    #expect(bench.line("rim sign").contains("0.56"))
    bench.press("→→→→→→→")
    #expect(bench.frame().line(1).contains("Gwet AC1 or the nearest (protocol)"))
    bench.press("←:draw krip⏎")
    #expect(bench.frame().line(1).contains("Krippendorff alpha, nominal"))
    #expect(bench.line("rim sign").contains("0.11   alpha "))
    bench.press("ww")
    #expect(bench.frame().line(1).contains("Krippendorff alpha, ordinal"))
    #expect(bench.line("soft-tissue inflammation").contains("0.0"))
    // The rim has no order: it keeps its nominal alpha.
    #expect(bench.line("rim sign").contains("0.11   alpha "))
  }

  /// The protocol's statistic with other weights is another; the weights turned round it is the protocol's again.
  @Test func weightsOfTheProtocolsStatistic() throws {
    var bench = try Bench.agreement()
    bench.press("w")
    #expect(bench.state.agreement.statistic == "gwet_ac")
    #expect(bench.frame().line(1).contains("Gwet AC2, linear weights or the nearest  "))
    bench.press("www")
    #expect(bench.state.agreement.statistic == nil)
  }

  /// Of three patients no interval holds its level: there is none, and the reason is said; patients are counted, not
  /// examinations.
  @Test func ofFewPatientsThereIsNoIntervalAndTheReasonIsSaid() throws {
    var bench = try Bench.agreement(120, 40)
    bench.press("↓↓↓↓↓↓↓")
    #expect(!bench.line("rim sign").contains("├"))
    #expect(bench.frame().text.contains("No interval: with fewer than 5 cases none holds its level"))
    bench.press("G")
    let words = bench.frame().text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("5 of 5 examinations, 3 patients, used; fewer than 10 patients say little"))
    #expect(bench.state.agreement.item?.report.units.isClustered == true)
  }

  /// A row says which coefficient it shows, and no other stands under a title that is not its own.
  @Test func everyRowSaysItsOwnCoefficient() throws {
    var bench = try Bench.agreement(120, 40)
    #expect(bench.line("involved bones, overlap").contains("  alpha set "))
    #expect(bench.line("rim sign").contains("  AC1 "))
    // Under “Fleiss” stands no alpha of sets.
    #expect(bench.line("involved bones, overlap").hasSuffix("33 %       –"))
    bench.press("w")
    #expect(bench.line("soft-tissue inflammation").contains("  AC2 lin "))
    #expect(bench.line("rim sign").contains("  AC1 "))
  }

  @Test func partsAreListedBelowTheirFinding() throws {
    var bench = try Bench.agreement()
    #expect(bench.line("  cervical").isEmpty)
    bench.press("p↓")
    #expect(bench.line("  cervical").contains("1.00   AC1 "))
    #expect(bench.state.agreement.item?.id == "involved_bones.cervical")
    // A part that is no longer listed gives the cursor to its finding.
    bench.press("p")
    #expect(bench.state.agreement.item?.id == "involved_bones")
  }

  @Test func fromACellToItsCases() throws {
    var bench = try Bench.agreement()
    bench.press("↓↓↓↓↓↓↓⏎")
    #expect(bench.state.agreement.detail.item?.id == "rim_sign")
    // The first cell in which they differ is under the cursor.
    #expect(bench.frame().text.contains("R1 absent, R2 present: 1 examination: case 4"))
    bench.press("↓")
    #expect(bench.frame().text.contains("R1 present, R2 present: 2 examinations: case 1, case 6"))
    bench.press("⏎↓")
    #expect(bench.frame().line(4).hasPrefix("▸ 6"))
    bench.press("⏎")
    #expect(bench.state.screen == .patientCase)
    #expect(bench.state.caseScreen.view?.id == "6")
    #expect(bench.state.caseScreen.selected == .baseline)
    bench.press("⎋⎋")
    #expect(bench.state.screen == .agreementDetail)
    bench.press("←↑⏎")
    // Both absent: no case, and it says so.
    #expect(bench.state.message?.text == "no case is in this cell")
    bench.press("⇥")
    #expect(bench.frame().text.contains("R3"))
    bench.press("]")
    #expect(bench.state.agreement.detail.item?.id == "halo_sign")
  }

  @Test func whereReadersAreLettersNoPairIsShown() throws {
    var bench = try Bench.agreement()
    let opened = ["1", "4"].map { (id: CaseID) in
      let readings = bench.sample.readings.filter { $0.caseID == id && $0.reading.examination.isBaseline }.map {
        var reading = $0.reading
        reading.grades = reading.grades.filter { $0.key.finding == "rim_sign" }
        return reading
      }
      return OpenedCase(
        id: id, round: 1, readings: readings, consensus: nil, names: ReaderNames(shuffled: ["R3", "R1", "R2"]))
    }
    let agreement = try StudyAgreement(bench.state.session.study, readers: ["R1", "R2", "R3"], opened: opened)
    bench.act(.agreement(.found(agreement, agreement.figures(resampling: nil))))

    bench.press("⏎")

    let text = bench.frame().text
    #expect(text.contains("Readers are letters until the consensus of their case is recorded"))
    #expect(text.contains("2/2 used") && !text.contains("pair 1") && !text.contains("R2"))
    bench.press("⇥⏎")
    #expect(bench.state.screen == .agreementDetail)
    #expect(bench.state.message?.text.contains("no pair is shown") == true)
  }

  @Test func aFollowUpOpensAtItsExamination() throws {
    var bench = try Bench.agreement()
    bench.press("G⏎⏎⏎")
    #expect(bench.state.screen == .patientCase)
    #expect(bench.state.caseScreen.selected == bench.state.agreement.detail.unit?.examination)
    #expect(!bench.state.caseScreen.selected.isBaseline)
    #expect(bench.state.caseScreen.focus == .followUp)
  }

  /// While intervals are still computed everything can be used; what has come stays where it is.
  @Test func theScreenIsUsableWhileIntervalsAreComputed() throws {
    var bench = try Bench.agreement()
    let study = try #require(bench.state.agreement.study)
    bench.act(.agreement(.found(study, study.figures(resampling: nil))))
    #expect(bench.frame().line(1).contains("intervals 0 %"))
    #expect(bench.frame().text.contains("interval not yet"))
    bench.press("↓↓↓↓↓↓↓")
    let whole = study.findings.prefix(2).flatMap { ratings in
      ratings.allItems.prefix(2).map {
        study.figures(of: $0, ratings.comparison, resampling: Resampling(resamples: 20))
      }
    }
    bench.act(.agreement(.resampled([0: whole[0]], share: 0.5)))
    #expect(bench.state.agreement.item?.id == "rim_sign")
    #expect(bench.frame().line(1).contains("intervals 50 %"))
    bench.act(.agreement(.resampled([1: whole[1]], share: 1)))
    #expect(!bench.frame().line(1).contains("intervals"))
    #expect(bench.frame().text.contains("No interval: with fewer than 5"))
  }

  @Test func comingBackToACellWithoutFiguresTrapsNothing() throws {
    var bench = try Bench.practice()
    for screen: ScreenID in [.agreement, .agreementDetail, .agreementCases] {
      bench.state.push(screen)
      #expect(bench.frame().text.contains("reading the opened cases"))
      bench.press("↓→⏎⇥]p")
    }
  }

  @Test func setsOfBonesAreRuns() {
    #expect(Bone.runs([.t5, .t6, .t7, .l5, .s1, .ribsLeft]) == ["T5–T7", "L5–S1", "ribs left"])
    #expect(Bone.runs([.c1]) == ["C1"])
  }

  /// Every figure of the list against the ratings as they are exported, read and computed anew.
  @Test func figuresOfTheScreenAreThoseOfTheExportedRatings() throws {
    var bench = try Bench.agreement(120, 200)
    bench.press("p")
    let study = try #require(bench.state.agreement.study)
    var compared = 0
    var options = RatingsOptions()
    options.cluster = "patient"
    for figures in study.figures(resampling: nil) where !figures.item.isSetValued {
      let csv = Data(RatingsExport.matrix(figures.item).utf8)
      var left = csv[...]
      let file = try RatingsFile(levels: figures.item.levels, scale: figures.item.table.scale, options: options) {
        buffer in
        let part = left.prefix(buffer.count)
        left = left.dropFirst(part.count)
        part.copyBytes(to: buffer)
        return part.count
      }
      let anew = file.table.agreement(resampling: nil)["gwet_ac.unweighted"]?.value
      let name = figures.item.title.split(separator: ": ").last.map(String.init) ?? ""
      let frame = bench.frame()
      let lines = (0..<frame.size.height).map { frame.line($0) }
      let value = try #require(anew.map { decimal($0) })
      #expect(
        lines.contains { $0.contains(name) && $0.contains(" \(value) ") },
        "\(figures.item.id): \(value)")
      compared += 1
    }
    #expect(compared > 40)
  }
}
