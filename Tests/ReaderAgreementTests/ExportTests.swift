// The figures of the study against those computed anew from what it exports.

import Agreement
import Foundation
import Interchange
import ReaderAgreement
import ReviewCore
import TestSupport
import Testing

/// The rows of a CSV, by column name.
private func rows(_ csv: String) -> [[String: String]] {
  let lines = csv.components(separatedBy: "\r\n").dropLast().map { line in
    // Fields alternate outside and inside quotation marks; none of ours holds one itself.
    line.components(separatedBy: "\"").enumerated().reduce(into: [""]) { fields, part in
      guard part.offset % 2 == 0 else { return fields[fields.count - 1] += part.element }
      let outside = part.element.components(separatedBy: ",")
      fields[fields.count - 1] += outside[0]
      fields += outside.dropFirst()
    }
  }
  guard let head = lines.first else { return [] }
  return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(head, $0)) }
}

/// A study whose grades hold everything at once: sets, maps, extents, missing grades, two follow-ups of one patient.
private func mixed() -> [OpenedCase] {
  func readings(_ index: Int) -> [Reading] {
    three.enumerated().flatMap { position, own -> [Reading] in
      var generator = SeededGenerator(seed: UInt64(index * 10 + position))
      func any<T>(_ values: [T]) -> T { values[Int.random(in: values.indices, using: &generator)] }
      let baseline: [FindingID: GradeValue] = [
        ID.rimSign: any([.level("absent"), .level("present"), .notAssessable]),
        ID.softTissueInflammation: any([.level("none"), .level("limited"), .level("extensive")]),
        ID.t2w: any([.levels(["hyper"]), .levels(["iso", "hyper"]), .notAcquired]),
        ID.involvedBones: any([.sites([.wholeSpine]), .sites([.bone(.l5)]), .sites([.run(.t5, .l5), .upperSacrum])]),
      ]
      let followUp: [FindingID: GradeValue] = [
        ID.followUpGrade: any([.level("healing"), .level("equivocal"), .level("healed")]),
        ID.lesionChanges: any([.map([.t11: "increased"]), .map([.t11: "decreased", .l2: "new"])]),
      ]
      let at: [ExaminationID] = index % 3 == 0 ? ["3", "10.5"] : ["6"]
      return [reading(own, baseline)] + at.map { reading(own, at: $0, followUp) }
    }
  }
  return (1...12).map { OpenedCase(id: CaseID("\($0)"), round: 1, readings: readings($0), consensus: nil) }
}

struct ExportTests {
  /// Rebuilds every table of ratings from the exported rows alone, by rules written down here a second time.
  @Test(arguments: [true, false]) func everyFigureFromTheExportedGrades(_ usesPractice: Bool) throws {
    let practice = try Practice()
    let opened = usesPractice ? practice.opened : mixed()
    let agreement = try StudyAgreement(practice.study, readers: three, opened: opened)

    let exported = rows(RatingsExport.long(practice.study, id: "here-1", opened)).filter {
      $0["comparator"] == "baseline"
    }

    var compared = 0
    for item in agreement.findings.flatMap(\.allItems) {
      let own = exported.filter { $0["finding"] == item.finding.rawValue }
      var units: [[String]] = []
      for row in own {
        let unit = [row["case"] ?? "", row["examination"] ?? ""]
        if !units.contains(unit) { units.append(unit) }
      }
      func cell(_ unit: [String], _ reader: String) -> String? {
        own.first { [$0["case"], $0["examination"]] == unit && $0["reader"] == reader }.flatMap(value(item))
      }
      let cells = units.map { unit in item.columns.map { cell(unit, $0) } }
      let report: AgreementReport
      if item.isSetValued {
        var sets = try SetRatings(readers: item.columns)
        for (unit, row) in zip(units, cells) {
          sets.add(row.map { $0.map { Set($0.split(separator: ",").map(String.init)) } }, patient: unit[0])
        }
        report = sets.agreement(resampling: Resampling(resamples: 20))
      } else {
        var tally = try RatingTally(readers: item.columns, levels: item.levels, scale: item.table.scale)
        for (unit, row) in zip(units, cells) {
          tally.add(row.map { $0.flatMap(item.levels.firstIndex(of:)) }, patient: unit[0])
        }
        report = tally.table().agreement(resampling: Resampling(resamples: 20))
      }
      #expect(report == item.report(resampling: Resampling(resamples: 20)), "\(item.id)")
      compared += 1
    }
    #expect(compared >= 20)
  }

  /// What an exported row says of an item.
  private func value(_ item: RatedItem) -> ([String: String]) -> String? {
    let part = item.id.split(separator: ".").dropFirst().first.map(String.init)
    return { row in
      guard row["status"] != "not graded" else { return nil }
      let isAnswer = row["status"] == "graded"
      if part == "assessability" { return isAnswer ? "assessable" : "not assessable" }
      guard isAnswer, let text = row["value"] else { return nil }
      let members = text.components(separatedBy: ",")
      let sites = members.compactMap { Site(id: $0) }
      switch (row["finding"], part) {
      case ("involved_bones", nil): return sites.flatMap(\.shaded).map(\.rawValue).joined(separator: ",")
      case ("involved_bones", .some(let region)):
        return sites.flatMap(\.regions).contains { $0.rawValue == region } ? "yes" : "no"
      case ("lesion_changes", .some(let bone)):
        return members.first { $0.hasPrefix("\(bone):") }.map { String($0.dropFirst(bone.count + 1)) } ?? "not_named"
      case (_, .some(let level)): return members.contains(level) ? "yes" : "no"
      case (_, nil): return text
      }
    }
  }

  @Test func everyTableOfRatingsReadBackFromItsFile() throws {
    let agreement = try StudyAgreement(Practice().study, readers: three, opened: mixed())
    var options = RatingsOptions()
    options.cluster = "patient"

    var compared = (levels: 0, sets: 0, clustered: 0)
    for item in agreement.findings.flatMap(\.allItems) {
      let file = try read(
        RatingsExport.matrix(item), levels: item.isSetValued ? [] : item.levels, scale: item.table.scale,
        isOfSets: item.isSetValued, options)
      // Every figure and every interval.
      let own = item.report(resampling: Resampling(resamples: 20))
      let again = file.agreement(resampling: Resampling(resamples: 20))
      #expect(again.metrics == own.metrics, "\(item.id)")
      #expect(again.units == own.units, "\(item.id)")
      if item.isSetValued { compared.sets += 1 } else { compared.levels += 1 }
      if own.isClustered { compared.clustered += 1 }
    }
    #expect(compared.levels == 18 && compared.sets > 0 && compared.clustered > 0)
  }

  /// The table of all readings, read back finding by finding.
  @Test func theTableOfAllReadingsReadBack() throws {
    let study = try Practice().study
    let opened = mixed()
    let agreement = try StudyAgreement(study, readers: three, opened: opened)
    let text = RatingsExport.long(study, id: "here-1", opened)
    var options = RatingsOptions()
    options.form = .long

    var compared = 0
    for item in agreement.findings.filter({ $0.comparison == .readers(round: 1) }).flatMap(\.items)
    where item.part == nil && item.finding != ID.involvedBones {
      options.finding = item.finding.rawValue
      options.round = 1
      let file = try read(
        text, levels: item.isSetValued ? [] : item.levels, scale: item.table.scale, isOfSets: item.isSetValued, options)
      let own = item.report(resampling: nil)
      let again = file.agreement(resampling: nil)
      // Readers stand in the order in which they come up.
      for key in ["percent_agreement.unweighted", "fleiss_kappa.unweighted", "krippendorff_alpha.jaccard", "n.ratings"]
      {
        #expect(again[key]?.content == own[key]?.content, "\(item.id) \(key)")
      }
      compared += 1
    }
    #expect(compared == 4)
    options.finding = nil
    let error = #expect(throws: RatingsFileError.self) {
      _ = try read(text, levels: ["a", "b"], scale: .nominal, isOfSets: false, options)
    }
    #expect(error?.faults[0].message.contains("--finding: involved_bones, ") == true)
  }

  private func read(
    _ text: String, levels: [String], scale: RatingScale, isOfSets: Bool, _ options: RatingsOptions
  ) throws -> RatingsFile {
    var bytes = Array(text.utf8)[...]
    return try RatingsFile(levels: levels, scale: scale, isOfSets: isOfSets, options: options) { buffer in
      let part = bytes.prefix(buffer.count)
      buffer.copyBytes(from: part)
      bytes = bytes.dropFirst(part.count)
      return part.count
    }
  }

  @Test func oneRowAGradeWithCodesAndLabels() throws {
    let study = try Practice().study
    var first = reading(
      "R1", version: 2,
      [
        ID.t2w: .levels(["iso", "hyper"]), ID.rimSign: .level("present"), ID.haloSign: .notAcquired,
        ID.involvedBones: .sites([.wholeSpine, .bone(.ribsLeft)]),
      ])
    first.grades[GradeKey(.baseline, ID.rimSign)]?.bone = .t11
    first.grades[GradeKey(.baseline, ID.rimSign)]?.confidence = 4
    var draft = reading("R2", [ID.rimSign: .level("absent")])
    draft.state = .draft
    let entry = OpenedCase(id: "1", round: 1, readings: [first, draft], consensus: nil)

    let lines = RatingsExport.long(study, id: "here-1", [entry]).split(separator: "\r\n").map(String.init)

    let start = "1,baseline,1,R1,yes,here,here-1,2,1970-01-01T00:00:00Z,"
    #expect(
      lines.filter { !$0.contains("not graded") } == [
        "case,examination,round,reader,named,origin,made_in,version,signed,finding,comparator,status,value,code,label,bone,confidence",
        start
          + "involved_bones,baseline,graded,\"whole_spine,ribs_left\",whole_spine+ribs_left,\"whole spine, ribs left\",,",
        start + "t2w,baseline,graded,\"iso,hyper\",2+3,iso + hyper,,",
        start + "rim_sign,baseline,graded,present,2,present,T11,4",
        start + "halo_sign,baseline,not acquired,,,,,",
      ])
    #expect(lines.count == 1 + study.codebook.findings(in: .baseline).count)
  }
}

struct PresentationTests {
  private let practice: Practice
  private let agreement: StudyAgreement
  private let figures: [ItemAgreement]

  init() throws {
    practice = try Practice()
    agreement = try practice.agreement
    figures = agreement.figures(resampling: Resampling(resamples: 50))
  }

  @Test func overviewOfThePracticeStudy() {
    expectGolden(TableFormat.text.write([AgreementTables.overview(agreement, figures)], { _ in 1 }), "overview")
  }

  @Test func sheetsAndParagraph() {
    let facts = facts(practice)

    let sheet = GrrasSheet.sheet(agreement, figures, facts)

    expectGolden(sheet.text, "grras")
    #expect(sheet.items.map(\.number) == Array(1...15))
    #expect(sheet.text.split(separator: "\n").filter { $0.count > 80 } == [])
    expectGolden(MethodsText.report(agreement, figures, facts), "methods")
    expectGolden(AccordSheet.sheet(practice.study, facts).text, "accord")
  }

  @Test func jsonHasTheReportOfEveryItem() throws {
    let text = AgreementJSON.text(agreement, figures, program: "Endplate 1")

    let json = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let comparisons = try #require(json["comparisons"] as? [[String: Any]])
    let items = try #require(comparisons.first?["items"] as? [String: [String: Any]])
    let rim = try #require(items["rim_sign"]?["report"] as? [String: Any])
    let metrics = try #require(rim["metrics"] as? [String: [String: Any]])
    #expect(json["format"] as? String == "endplate-study-agreement/1")
    #expect(json["illustrative"] as? Bool == true)
    #expect(comparisons.map { $0["round"] as? Int } == [1])
    #expect(Set(items.keys) == Set(figures.map(\.id)))
    #expect(
      metrics["fleiss_kappa.unweighted"]?["value"] as? Double
        == agreement.item("rim_sign")?.report(resampling: nil)["fleiss_kappa.unweighted"]?.value)
  }
}
