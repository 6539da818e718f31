// The worklist, key by key.

import Grid
import ReviewCore
import Testing

@testable import Workstation

@Suite struct WorklistTests {
  @Test func theCursorStaysOnTheListAndOpensTheCaseUnderIt() throws {
    var bench = try Bench.published()
    bench.press("↑↓↓↓")
    #expect(bench.state.worklist.cursor == 3)
    bench.press("G↓")
    #expect(bench.state.worklist.cursor == 6)
    bench.press("⏎")
    #expect(bench.state.screen == .patientCase)
    #expect(bench.state.caseScreen.view?.id == "7")
    bench.press("]")
    #expect(bench.state.message?.text == "this is the last case")
    bench.press("[⎋")
    #expect(bench.state.screen == .worklist)
    #expect(bench.state.worklist.cursor == 5)
  }

  /// `n` begins with the case under the cursor where nothing of it is graded; from one that is begun it goes on.
  @Test func theNextToDoIsTheCaseUnderTheCursorWhereNothingOfItIsGraded() throws {
    var bench = try Bench.practice()
    let rows = bench.state.worklist.page.rows
    let open = try #require(rows.lastIndex { $0.own == .draft(graded: 0, of: 13) })
    let begun = try #require(rows.firstIndex { !$0.own.isNotBegun })
    try #require(rows.firstIndex { $0.own.isNotBegun } != open)
    bench.press(String(repeating: "↓", count: open) + "n")
    #expect(bench.state.worklist.cursor == open)
    #expect(bench.state.message?.text == "case \(rows[open].id) is the next; g grades it")
    bench.press("<" + String(repeating: "↓", count: begun) + "n")
    #expect(bench.state.worklist.cursor == rows.firstIndex { $0.own.isNotBegun })
  }

  @Test func aFilterCanBeUndoneAndAWrongOneIsExplained() throws {
    var bench = try Bench.published()
    bench.press("/rimm:absent⏎")
    #expect(bench.frame().text.contains("there is no fact ‘rimm’; did you mean ‘rim’?"))
    #expect(bench.state.overlay != nil)
    #expect(bench.state.worklist.query.filter.isEmpty)
    bench.press("⎋/halo rim:absent⏎")
    #expect(bench.state.worklist.query.filter.facts == [.grade(Codebook.ID.rimSign, "absent")])
    bench.press("r")
    #expect(bench.state.worklist.query.descending)
    bench.press("uu")
    #expect(bench.state.worklist.query == WorklistQuery())
    #expect(bench.state.worklist.filterText == "")
    bench.press("u")
    #expect(bench.state.message?.text == "there is nothing to undo")
  }

  /// Heads, grades and flags that matter are whole in a narrow window, for a reader too.
  @Test(arguments: [60, 80, 120])
  func nothingThatMattersIsCutOff(width: Int) throws {
    var bench = try Bench.practice(width, 24)
    var rows = bench.state.worklist.page.rows
    rows[0].followUps = [3, 6, 10.5]
    rows[0].flags = [.abscess]
    bench.act(.pageLoaded(WorklistPage(rows: rows, total: rows.count), for: bench.state.worklist.query))
    let text = bench.frame().text
    #expect(text.contains(" bones "))
    #expect(width < 72 || text.contains("! 3× 10.5 mo"))
    #expect(text.contains("! ") && text.contains(CourseFlag.abscess.title))
    #expect(text.contains(width < 96 ? "2 of 3 signed" : "2 of 3 "))
  }

  /// Ids keep the end that tells them apart, and lists say how many more there are.
  @Test(arguments: [60, 80, 120])
  func whatIsCutStillTellsCasesApart(width: Int) throws {
    var bench = try Bench.practice(width, 24)
    var rows = Array(bench.state.worklist.page.rows.prefix(2))
    for index in rows.indices {
      rows[index].id = CaseID("multicentre-spine-infection-case-000\(index + 1)")
      rows[index].bones = .sites([.t3, .t5, .t7, .t9, .t11, .l2, .l4, .s1].map(Site.bone))
    }
    bench.act(.pageLoaded(WorklistPage(rows: rows, total: rows.count), for: bench.state.worklist.query))
    let lines = bench.frame().text.split(separator: "\n").filter { $0.contains("-000") }
    #expect(lines.count == 2 && lines[0].contains("0001") && lines[1].contains("0002"))
    #expect(lines.allSatisfy { $0.contains("T3 +7") || $0.contains(", T5 +6") || $0.contains(" +") })
  }

  /// The case under the cursor of a wide list is shown beside it, asked for once, and again when it has changed.
  @Test func aWideListShowsTheCaseUnderTheCursor() throws {
    var bench = try Bench.practice(120, 40)
    #expect(bench.frame().text.contains("Case 1  M 53"))
    let asked = bench.asked.count
    bench.press("↓")
    #expect(bench.frame().text.contains("Case 2  M 42"))
    #expect(bench.asked.count == asked + 1)
    bench.press("↑↓")
    #expect(bench.asked.count == asked + 3)
    bench.press("g↓1⎋")
    #expect(bench.frame().text.contains("spared") || bench.state[WorklistPreview.self].view?.readings.isEmpty == false)
    var narrow = try Bench.practice(80, 24)
    narrow.press("↓↑")
    #expect(!narrow.asked.contains { if case .ask = $0 { true } else { false } })
  }

  @Test(arguments: [
    (0, "none finished in the last 7 days"), (2, "2 in the last 7 days; too few to say when it will be done"),
    (7, "7 in the last 7 days; at this pace done in 20 days"),
  ])
  func aCaseOrTwoAreNoPace(signed: Int, words: String) {
    let reader = ReaderProgress(
      reader: "R1", name: "A", round: 1, signed: signed, draft: 0, todo: 20,
      signaturesByDay: [.init(day: "2026-11-25", count: signed)], lastSignature: nil)
    #expect(pace(reader, today: "2026-11-26") == words)
  }

  @Test func aFilterSaysHowManyAndWhetherItIsChanged() throws {
    var bench = try Bench.published()
    bench.press("/halo⏎")
    let found = bench.state.worklist.page.total
    #expect(bench.frame().text.contains("\(found) of 7 cases  / halo"))
    bench.press("/")
    #expect(bench.frame().text.contains("Change the filter (Ctrl-U begins a new one)"))
  }

  /// What was found by a filter is still under the cursor among all cases: one looks at what stands around it.
  @Test(arguments: ["⎋", "u"]) func theCursorStaysOnItsCaseWhenAllAreShown(key: String) throws {
    var bench = try Bench.published()
    bench.press("/spine⏎G")
    let (id, index) = (try #require(bench.state.worklist.row?.id), bench.state.worklist.cursor)
    bench.press(key)
    #expect(bench.state.worklist.page.total == 7 && bench.state.worklist.cursor != index)
    #expect(bench.state.worklist.row?.id == id)
    // Nor is it lost by one that finds nothing.
    bench.press("/nowhere⏎")
    #expect(bench.state.worklist.page.total == 0)
    bench.press("⎋")
    #expect(bench.state.worklist.row?.id == id)
    // What is looked for begins with what fits best.
    bench.press("/spine⏎")
    #expect(bench.state.worklist.cursor == 0)
  }

  /// Beside long ids a column is left out rather than drawn into what stands beside the list.
  @Test(arguments: [80, 100, 120, 150, 200]) func longIdsLeaveTheListInItsPlace(width: Int) throws {
    var bench = try Bench.practice(width, 40)
    var rows = bench.state.worklist.page.rows
    for index in rows.indices { rows[index].id = CaseID("multicentre-spine-infection-case-000\(index + 1)") }
    bench.act(.pageLoaded(WorklistPage(rows: rows, total: rows.count), for: bench.state.worklist.query))
    let (grid, parts) = (bench.frame(), bench.state.worklistParts)
    let head = grid.text.split(separator: "\n").first { $0.contains("patient") }
    #expect(head?.contains("bones") == true && head?.contains("consensus") == true)
    #expect(width < 118 || grid.cells[parts.list.y * width + parts.preview.x].text == "│")
    #expect(parts.list.maxX == width || grid.cells[parts.list.y * width + parts.list.maxX - 1].text == " ")
  }

  @Test func onlyRowsAroundTheScreenAreAskedFor() throws {
    // Given: a list of 100,000 rows.
    var state = try Bench.published().state
    func page(_ offset: Int, _ limit: Int) -> WorklistPage {
      WorklistPage(
        offset: offset,
        rows: (offset..<min(offset + limit, 100_000)).map { WorklistRow(id: CaseID(String($0)), position: $0 + 1) },
        total: 100_000)
    }
    _ = update(&state, .pageLoaded(page(0, 60), for: state.worklist.query))
    // When: a step within the window, then a jump to the end.
    #expect(update(&state, .key(.down)).isEmpty)
    let effects = update(&state, .key(.end))
    // Then
    #expect(effects == [.loadPage(state.worklist.query, offset: 100_000 - 40, limit: 60)])
    _ = update(&state, .pageLoaded(page(100_000 - 40, 60), for: state.worklist.query))
    #expect(state.worklist.row?.id == "99999")
  }

  @Test func aDamagedCaseIsMarkedWithTheWord() throws {
    var bench = try Bench.published()
    var page = bench.state.worklist.page
    page.rows[2].isDamaged = true
    bench.act(.pageLoaded(page, for: bench.state.worklist.query))
    let lines = bench.frame().text.split(separator: "\n")
    let marked = lines.filter { $0.contains("! damaged") }
    #expect(marked.count == 1 && marked[0].contains(page.rows[2].patient))
    #expect(lines.contains { $0.contains("damaged: cannot be read; go back to a backup") })
  }

  @Test func anAnswerToAnOlderQuestionIsDropped() throws {
    var bench = try Bench.published()
    let rows = bench.state.worklist.page
    bench.act(.pageLoaded(WorklistPage(), for: WorklistQuery(sort: .age)))
    #expect(bench.state.worklist.page == rows)
  }
}
