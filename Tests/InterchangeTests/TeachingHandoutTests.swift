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
    let opened = subject.script.withLateChoices.steps.filter {
      $0.question != nil || $0.topic != .presentation || !($0.reveal + $0.quoted).allSatisfy(DiagnosisWords.named)
    }
    // And one with what the answers before the impression left out.
    let count = opened.count + 1
    #expect(html.matches(of: /<details>/).count == count)
    // Every answer says of what it is.
    #expect(html.matches(of: /<summary>(Answer \d+|More): \S/).count == count)
    let pictures = html.split(separator: "<svg ").dropFirst()
    #expect(pictures.count > 4)
    #expect(pictures.allSatisfy { $0.contains("role=\"img\"") && $0.contains("<title>") && $0.contains("<desc>") })
    for name in ["T1W", "T2W", "STIR", "CE T1W"] {
      #expect(html.contains("<figcaption>Lesion on \(name)</figcaption>"))
    }
    #expect(html.contains("PubMed 18356469"))
    for bone in ["sternum", "ribs", "pelvic girdles", "pectoral girdles"] { #expect(html.contains("<i>\(bone)</i>")) }
  }

  /// The question sheet: what stands on paper before the answers, and on a screen before one is opened.
  private func questions(_ html: String) -> String {
    html.split(separator: "<section class=\"paper sheet\">").first.map { sheet in
      sheet.split(separator: "<details>", omittingEmptySubsequences: false).enumerated().map { index, part in
        index == 0 ? String(part) : String(part.split(separator: "</details>", maxSplits: 1).last ?? "")
      }.joined()
    } ?? ""
  }

  @Test(arguments: TeachingScriptsTests.ids) func beforeTheAnswersNothingTellsThem(id: CaseID) throws {
    let (html, subject) = try html(id)
    let sheet = questions(html)
    let shown = String(sheet.split(separator: "</style>").last ?? "")
    for step in subject.script.steps where step.topic != .presentation {
      for text in [step.title] + step.text + step.reveal + step.quoted + (step.question?.answers.map(\.because) ?? []) {
        #expect(!shown.contains(text), "case \(id): \(text)")
      }
    }
    for word in ["dark rim", "bright halo", "healing edge:", "Consensus:", "Involved:"] {
      #expect(!shown.contains(word))
    }
    // Until the impression no question names what another asks for: what is asked is asked with all its levels alike.
    let before = String(shown.split(separator: "Once you have written your impression").first ?? "")
    #expect(!before.contains("chronic osteomyelitis") && !before.contains("istolog") && !before.contains("iops"))
    for step in subject.script.steps where step.topic <= .impression {
      guard let question = step.question, let finding = question.finding, let value = step.grades[finding],
        let title = Codebook.vertebralOsteomyelitis[finding]?.shortTitle
      else { continue }
      for level in value.levelIDs {
        #expect(!before.contains("\(title) \(level)") && !before.contains("\(level) \(title)"), "case \(id): \(title)")
      }
    }
  }

  /// On paper all questions of a sheet are read at once: none may answer another, and what is seen is not told in words.
  @Test(arguments: TeachingScriptsTests.ids) func noQuestionAnswersAnother(id: CaseID) throws {
    let (html, subject) = try html(id)
    let shown = String(questions(html).split(separator: "</style>").last ?? "")
    let before = String(shown.split(separator: "Once you have written your impression").first ?? "")
    #expect(!before.contains("arch") && !before.contains("has a rim") && !before.contains("has a halo"))
    for step in subject.script.steps where step.topic <= .impression {
      guard let question = step.question, let id = question.finding,
        let finding = Codebook.vertebralOsteomyelitis[id]
      else { continue }
      #expect(before.contains("<p class=\"ask\">\(TeachingStep.neutral(finding))"))
      #expect(!before.contains(question.ask) || question.ask.hasPrefix(TeachingStep.neutral(finding)))
    }
    let numbers = shown.matches(of: /<span class="number">(\d+)<\/span>/).compactMap { Int($0.1) }
    #expect(numbers == Array(1...numbers.count) && numbers.count > 8)
  }

  /// No question before the impression names a diagnosis, nor does an answer opened there: the levels of the impression
  /// are all that does. What waits is said after it.
  @Test(arguments: TeachingScriptsTests.ids, [false, true]) func diagnosesWaitForTheImpression(
    id: CaseID, isUnknown: Bool
  ) throws {
    let page = String(try html(id, isUnknown: isUnknown).html.split(separator: "</style>").last ?? "")
    let before = String(page.split(separator: "Once you have written your impression").first ?? "")
    let words = before.replacing(/<(li|b)>(osteomyelitis|metastasis)\.?<\/(li|b)>/, with: "")
    #expect(!DiagnosisWords.named(in: words.replacing(/<[^>]*>/, with: " ")), "case \(id)")
    #expect(before.contains("until after the impression."))
    let held = try #require(
      page.split(separator: "More: what the answers above left out").last?.split(separator: "</details>").first)
    #expect(DiagnosisWords.named(in: String(held)))
  }

  /// The answer sheet leaves nothing out, and every question of the script is on the question sheet.
  @Test(arguments: TeachingScriptsTests.ids, [false, true]) func theAnswerSheetSaysEverything(
    id: CaseID, isUnknown: Bool
  ) throws {
    let (html, subject) = try html(id, isUnknown: isUnknown)
    let sheet = (html.split(separator: "<section class=\"paper sheet\">").last ?? "").replacing("&#39;", with: "'")
    let steps = subject.script.steps
    for text in steps.flatMap({ $0.reveal + $0.quoted + ($0.question?.answers.map(\.because) ?? []) }) {
      #expect(sheet.contains(text), "case \(id): \(text)")
    }
    #expect(questions(html).matches(of: /class="ask"/).count == steps.count { $0.question != nil })
  }

  @Test(arguments: TeachingScriptsTests.ids) func noTitleEndsTwice(id: CaseID) throws {
    let page = try html(id).html
    #expect(!page.contains("?.</") && !page.contains("..</"))
  }

  @Test func aConstructedCaseSaysSo() throws {
    let sample = try SampleStudies.controls(SampleCases.files)
    let scripts = try SampleStudies.scripts(SampleCases.files)
    let cases = sample.cases.compactMap { patient in
      TeachingCase(
        CaseView(patientCase: patient, stage: .published, consensus: sample.published[patient.id]),
        script: scripts[patient.id], codebook: sample.study.codebook, isConstructed: true)
    }
    #expect(cases.count == 4)
    // Beside the published cases: nothing of theirs is counted with these.
    let file = TeachingFile(try Self.read.get().file.cases + cases)
    for subject in cases {
      #expect(!subject.script.isDerived)
      let html = TeachingHandout(subject, file: file, study: sample.study, isUnknown: true).html
      #expect(html.contains("Constructed case, no patient. Unknown case") && html.contains("Constructed for teaching"))
      #expect(html.contains("The case was constructed") && !html.contains("readers’ grades"))
      #expect(!html.contains("no images of the patient"))
      // Nothing is counted among made-up cases.
      #expect(
        !html.contains(" cases of this study") && !html.contains("Consensus:") && html.contains("As constructed:"))
      #expect(html.contains("@top-center { content: \"Constructed case, no patient\""))
      let sheets = html.split(separator: "<section class=\"paper sheet\">")
      #expect(sheets.count == 2 && sheets[1].contains("Constructed case, no patient. Unknown case"))
    }
    let published = try #require(file["5"])
    let html = TeachingHandout(published, file: file, study: sample.study).html
    #expect(html.contains(" of 7 cases of this study") && !html.contains(" of 11 cases"))
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
    #expect(html.contains("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:;"))
    // A letter that joins with the sign behind it.
    subject.script.neutralTitle = "\u{0D4E}<img src=x onerror=alert(1)>"
    let joined = TeachingHandout(subject, file: file, study: study).html
    #expect(!joined.unicodeScalars.split(separator: "<").contains { $0.starts(with: "img".unicodeScalars) })
  }
}
