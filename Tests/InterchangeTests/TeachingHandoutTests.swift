// The handout of each case: valid, alone, and silent before it is asked.

import Foundation
import Interchange
import ReviewCore
import SampleCases
import Testing

struct TeachingHandoutTests {
  private static let read = Result {
    let sample = try SampleStudies.published(SampleCases.files)
    let scripts = try SampleStudies.scripts(SampleCases.files)
    let cases = sample.cases.compactMap { patient in
      TeachingCase(
        CaseView(patientCase: patient, stage: .published, consensus: sample.published[patient.id]),
        script: scripts[patient.id], codebook: sample.study.codebook)
    }
    return (study: sample.study, file: TeachingFile(cases))
  }

  private func html(_ id: CaseID, isUnknown: Bool = false) throws -> (html: String, subject: TeachingCase) {
    let (study, file) = try Self.read.get()
    let subject = try #require(file[id])
    return (TeachingHandout(subject, file: file, study: study, isUnknown: isUnknown).html, subject)
  }

  /// Elements that are open at the end, and tags that close nothing.
  private func unbalanced(_ html: String) -> [String] {
    var open: [String] = []
    var wrong: [String] = []
    for match in html.matches(of: /<(\/?)([a-zA-Z][a-zA-Z0-9]*)[^>]*?(\/?)>/) {
      let name = String(match.2)
      if name == "meta" || !match.3.isEmpty { continue }
      if match.1.isEmpty {
        open.append(name)
      } else if open.popLast() != name {
        wrong.append("</\(name)>")
      }
    }
    return open + wrong
  }

  @Test(arguments: TeachingScriptsTests.ids) func aPageThatStandsAlone(id: CaseID) throws {
    let (html, subject) = try html(id)
    #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">\n"))
    #expect(unbalanced(html) == [])
    #expect(!html.contains("<script") && !html.contains("src=") && !html.contains("@import"))
    #expect(html.matches(of: /https?:/).count == html.matches(of: /xmlns="http:/).count)
    #expect(html.matches(of: /url\(/).count == html.matches(of: /url\(#/).count)
    let ids = html.matches(of: /\sid="([^"]*)"/).map { String($0.1) }
    #expect(Set(ids).count == ids.count)
    #expect(html.matches(of: /<details>/).count == subject.script.steps.compactMap(\.question).count)
    let pictures = html.split(separator: "<svg ").dropFirst()
    #expect(pictures.count > 15)
    #expect(pictures.allSatisfy { $0.contains("role=\"img\"") && $0.contains("<title>") && $0.contains("<desc>") })
  }

  @Test(arguments: TeachingScriptsTests.ids) func beforeAnAnswerIsOpenedNothingTellsIt(id: CaseID) throws {
    let (html, subject) = try html(id)
    let closed = html.split(separator: "<details>", omittingEmptySubsequences: false).enumerated().map { index, part in
      index == 0 ? String(part) : String(part.split(separator: "</details>", maxSplits: 1).last ?? "")
    }
    let paper = closed.joined().split(separator: "<section class=\"paper\">")
    let shown = String(paper.first ?? "")
    for answer in subject.script.steps.compactMap(\.question).flatMap(\.answers) {
      #expect(!shown.contains(answer.because))
    }
    // Of the step on the rim the pictures say nothing of a rim before its answer.
    let steps = shown.split(separator: "<section>\n").map(String.init)
    let rim = try #require(subject.script.steps.firstIndex { $0.topic == .rim })
    #expect(steps.dropFirst().prefix(rim + 1).allSatisfy { !$0.contains("dark rim") })
    let halo = try #require(subject.script.steps.firstIndex { $0.topic == .halo })
    #expect(steps.dropFirst().prefix(halo + 1).allSatisfy { !$0.contains("bright halo") })
    #expect(steps.last?.contains("bright halo") == true)
  }

  @Test func anUnknownCaseHasNeitherNumberNorTitle() throws {
    let (html, subject) = try html("5", isUnknown: true)
    #expect(html.contains("<title>Spine MR of a man of 56</title>"))
    #expect(!html.localizedCaseInsensitiveContains("case 5"))
    #expect(!html.contains(try #require(subject.patientCase.title)))
  }

  @Test func hostileTextBecomesText() throws {
    let (study, file) = try Self.read.get()
    var subject = try #require(file["1"])
    subject.script.neutralTitle = "</title><script>alert(1)</script>\u{1B}"
    let html = TeachingHandout(subject, file: file, study: study).html
    #expect(html.contains("&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;\u{FFFD}</title>"))
    #expect(!html.contains("<script"))
  }
}
