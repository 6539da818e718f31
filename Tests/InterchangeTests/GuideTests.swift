// What is embedded in the program is what lies in the tree, whole and up to date.

import Foundation
import Testing

@testable import Interchange

private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()
private let catalogue = root.appending(path: "Sources/CGuide/Guide.docc")

@Suite struct GuideTests {
  @Test("every article of the catalogue is a chapter, word for word, and the first page leads to it")
  func articlesAreEmbedded() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: catalogue.path)
      .filter { $0.hasSuffix(".md") && $0 != "guide.md" }.map { String($0.dropLast(3)) }

    #expect(names.sorted() == EmbeddedText.chapters.map(\.name).sorted())
    let first = try article("guide")
    for chapter in EmbeddedText.chapters {
      #expect(chapter.text == (try article(chapter.name)), "\(chapter.name) as embedded is not as it lies there")
      #expect(first.contains("- <doc:\(chapter.name)>\n"), "guide.md does not lead to \(chapter.name)")
    }
  }

  @Test(
    "a chapter begins with its title and with what the list of chapters says of it", arguments: EmbeddedText.chapters)
  func beginnings(chapter: EmbeddedText) {
    let blocks = MarkdownBlock.blocks(of: chapter.text)

    guard case .heading(level: 1, _) = blocks.first else { Issue.record("\(chapter.name) has no title"); return }
    #expect(blocks.dropFirst().first == .paragraph(chapter.about))
  }

  @Test(
    "a chapter in the terminal keeps to its width, and no sign of Markdown is left in it",
    arguments: EmbeddedText.chapters)
  func widths(chapter: EmbeddedText) {
    let code = MarkdownBlock.blocks(of: chapter.text).reduce(into: [String]()) { lines, block in
      if case .code(let more) = block { lines += more }
    }
    for columns in [40, 80, 100] {
      let lines = PlainMarkdown.lines(of: chapter.text, columns: columns)

      // What is written as it is, as commands and pictures of the screen are, is wider.
      #expect(lines.allSatisfy { $0.count <= columns || code.contains(String($0.dropFirst(2))) })
      #expect(lines.allSatisfy { !$0.contains("<doc:") && !$0.contains("](") && !$0.contains("<!--") })
    }
  }

  @Test("every format of exports has its row in the chapter, and nothing else has one")
  func formats() throws {
    let blocks = MarkdownBlock.blocks(of: try article("exports"))
    let tables = blocks.compactMap { if case .table(let rows) = $0 { rows } else { nil } }
    let names = tables[0].dropFirst().flatMap {
      $0[0].split(separator: ", ").map { String($0).replacing("`", with: "") }
    }
    #expect(names.sorted() == ExportFormat.all.map(\.name).sorted())
  }

  private func article(_ name: String) throws -> String {
    try String(contentsOf: catalogue.appending(path: "\(name).md"), encoding: .utf8)
  }
}

@Suite struct PlainMarkdownTests {
  @Test func wordsOfATableStayWholeWhereTheyFit() {
    let markdown = """
      | key | meaning |
      |---|---|
      | `Ctrl-C,Backspace` | words that do not fit beside it, so many are they |
      """
    #expect(
      PlainMarkdown.lines(of: markdown, columns: 32) == [
        "key                 meaning", "------------------  ------------", "`Ctrl-C,Backspace`  words that",
        "                    do not fit", "                    beside it,", "                    so many are",
        "                    they",
      ])
  }

  @Test func cellsStandBelowEachOtherWhereWordsWouldGoInPieces() {
    let markdown = """
      | key | meaning |
      |---|---|
      | `brennan_prediger.unweighted` | the coefficient that stands first |
      """
    #expect(
      PlainMarkdown.lines(of: markdown, columns: 34) == [
        "key", "  meaning", "---------", "`brennan_prediger.unweighted`", "  the coefficient that stands", "  first",
      ])
  }

  @Test("no key of a file goes in pieces in a terminal of 80 columns", arguments: EmbeddedText.chapters)
  func keysStayWhole(chapter: EmbeddedText) {
    let printed = Set(PlainMarkdown.lines(of: chapter.text, columns: 80).flatMap { $0.split(separator: " ") })
    for case .table(let rows) in MarkdownBlock.blocks(of: chapter.text) {
      let words = rows.joined().flatMap { PlainMarkdown.plain($0).split(separator: " ") }
      #expect(words.filter { !printed.contains($0) } == [], "\(chapter.name)")
    }
  }

  @Test func everyBlockInPlainText() {
    let markdown = """
      # The *title*

      One **bold** paragraph of words that goes
      on, with `a * b` and 2 * 3, and <doc:terms>.

      - an [item](doc:seats) that is long enough to be wrapped
      - another, [here](#there)

      1. first

      <!-- format: x -->
      ## Part

      | key | meaning |
      |---|---|
      | `a\\|b` | words that do not fit beside it |

      ```
      endplate  list   # as *it* is
      ```

          $ indented

          $ again
      """

    #expect(
      PlainMarkdown.lines(of: markdown, columns: 34) == [
        "The title", "=========", "",
        "One bold paragraph of words that", "goes on, with `a * b` and 2 * 3,", "and endplate guide terms.", "",
        "- an item (endplate guide seats)", "  that is long enough to be", "  wrapped", "- another, here",
        "1. first", "",
        "Part", "----", "",
        "key    meaning", "-----  ---------------------------", "`a|b`  words that do not fit", "       beside it", "",
        "  endplate  list   # as *it* is", "",
        "  $ indented", "", "  $ again",
      ])
  }
}

@Suite struct LicencesTests {
  @Test("a library of the system that the manifest links has its licence among them, but for the child's own")
  func libraries() throws {
    let manifest = try String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8)
    let linked = Set(manifest.matches(of: #/\.linkedLibrary\("(\w+)"\)/#).map { String($0.1) })
    let licences = ["ncursesw": "ncurses", "tinfo": "ncurses", "sqlite3": "sqlite", "z": "zlib"]
    #expect(linked == Set(licences.keys))
    #expect(Set(licences.values).isSubset(of: EmbeddedText.licences.map(\.name)))
  }

  @Test("the licence and the notice of every package that is built in are among the licences, word for word")
  func packages() throws {
    let checkouts = root.appending(path: ".build/checkouts")
    let packages = try FileManager.default.contentsOfDirectory(at: checkouts, includingPropertiesForKeys: nil)
    #expect(packages.count >= 5)
    for package in packages {
      let papers = try FileManager.default.contentsOfDirectory(at: package, includingPropertiesForKeys: nil)
        .filter { ["LICENSE", "NOTICE"].contains($0.deletingPathExtension().lastPathComponent) }
      #expect(!papers.isEmpty, "\(package.lastPathComponent) states no licence")
      for paper in papers {
        let words = try String(contentsOf: paper, encoding: .utf8)
        #expect(
          EmbeddedText.licences.contains { $0.text.contains(words) },
          "put \(paper.path) into Sources/CGuide/Licences, and a row into licences.c")
      }
    }
  }
}
