// The columns of the consensus list, and what stands in them.

import Figures
import Grid
import ReviewCore

/// Where the columns begin: each takes what stands in it, and where that is too much the widest give.
struct ConsensusColumns {
  static func isWide(_ width: Int) -> Bool { width >= 110 }
  /// Columns of the findings' names.
  static func titles(_ width: Int) -> Int { width >= 150 ? 48 : isWide(width) ? 35 : 17 }

  /// Below these a column has no room for words.
  private static let (leastReader, leastConsensus) = (10, 11)

  let isWide: Bool
  /// Grades have no room beside whole words of the agreement: those stand below the list.
  let isTight: Bool
  /// Grades are told by their glyphs, and in words below the list: a column has no room for words.
  let isOfGlyphs: Bool
  let title: Int
  /// One for each reader.
  let readers: [Int]
  let agreement: Int
  let consensus: Int
  let how: Int?
  let end: Int

  init(_ state: State, _ table: ConsensusTable, _ names: [FindingID: String], _ area: Rect, _ canvas: Canvas) {
    let needs = Needs(state, table, names, isWide: Self.isWide(area.width), canvas)
    self.init(needs, area, isTight: false)
    guard !isWide, needs.all(most: Self.titles(area.width)) > end - title else { return }
    let tight = Self(needs, area, isTight: true)
    if !tight.isOfGlyphs { self = tight }
  }

  private init(_ needs: Needs, _ area: Rect, isTight: Bool) {
    self.isTight = isTight
    isWide = Self.isWide(area.width)
    title = area.x + 3
    end = area.maxX
    let most = Self.titles(area.width)
    let how = isWide ? 11 : 0
    let count = needs.readers.count
    let agreement = isTight ? Needs.shortAgreement : needs.agreement
    // What grades leave, titles take; at the least what tells them apart.
    let left = isTight ? end - title - agreement - needs.grades - 1 : most
    let first = title + min(most, max(needs.shortTitle, min(needs.title, left))) + 1
    let room = end - first - agreement - how
    var widths = Self.widths(needs.readers + [needs.consensus], in: room)
    if widths[count] < Self.leastConsensus {
      widths = Self.widths(needs.readers, in: room - Self.leastConsensus) + [Self.leastConsensus]
    }
    isOfGlyphs = zip(widths, needs.readers).contains { $0 < min($1, Self.leastReader) }
    if isOfGlyphs {
      let reader = max(4, min(Self.leastReader, (room - needs.consensus) / max(1, count)))
      widths = [Int](repeating: reader, count: count) + [room - count * reader]
    }
    readers = widths.prefix(count).reduce(into: [first]) { $0.append(($0.last ?? first) + $1) }
    self.agreement = readers.last ?? first
    consensus = self.agreement + agreement
    self.how = isWide ? end - how : nil
  }

  /// What is left over goes to all alike.
  private static func widths(_ needs: [Int], in room: Int) -> [Int] {
    let spare = room - needs.reduce(0, +)
    if spare >= 0 { return needs.map { $0 + spare / max(1, needs.count) } }
    var most = needs.max() ?? 0
    while most > 4, needs.reduce(0, { $0 + min($1, most) }) > room { most -= 1 }
    var left = room - needs.reduce(0) { $0 + min($1, most) }
    // What is agreed comes last, and first in this.
    return needs.reversed().map { need in
      guard need > most, left > 0 else { return min(need, most) }
      left -= 1
      return most + 1
    }
    .reversed()
  }

  func reader(_ index: Int, _ y: Int) -> Rect { cell(readers[index], readers[index + 1], y) }

  func cell(_ x: Int, _ next: Int, _ y: Int) -> Rect { Rect(x: x, y: y, width: next - x - 1, height: 1) }

  /// Whether a grade of a row is not whole in its column. Of bones and places a number says how many more there are.
  func cut(_ row: ConsensusRow, _ finding: Finding, _ canvas: Canvas) -> Bool {
    !finding.isOfPlaces
      && row.grades.indices.contains { index in
        let shown = ReaderCell(row, index)
        return shown.isAsked && (isOfGlyphs || shown.columns(finding, canvas) > reader(index, 0).width)
      }
  }
}

/// What stands in a reader's column of a row.
struct ReaderCell {
  let value: GradeValue?
  let isAsked: Bool
  let before: Line
  let after: Line

  init(_ row: ConsensusRow, _ index: Int) {
    let grade = row.grades[index]
    // Who holds something else after a vote is shown with it.
    let now = row.positions[index] == grade?.value ? nil : row.positions[index]
    value = now ?? grade?.value
    isAsked = row.asked[index] || now != nil
    before = now == nil ? [] : [("»", .role(.warning))]
    after = grade?.note == nil ? [] : [("✎", .role(.muted))]
  }

  var marks: Int { before.count + after.count }

  func columns(_ finding: Finding, _ canvas: Canvas) -> Int {
    (isAsked ? canvas.columns(of: cell(value, finding)) : 9) + marks
  }

  func runs(_ finding: Finding, in columns: ConsensusColumns, _ room: Int, _ canvas: Canvas) -> Line {
    guard isAsked else { return before + [(columns.isOfGlyphs ? "∅" : "not asked", .role(.muted))] + after }
    let said =
      columns.isOfGlyphs ? glyphCell(value, finding) : cell(value, finding, columns: room - marks, canvas)
    // What is cut leaves room for its marks.
    return before + canvas.cut(said, columns: room - marks) + after
  }
}

extension Canvas {
  fileprivate func columns(of runs: Line) -> Int { runs.reduce(0) { $0 + columns($1.0) } }
}

/// The widest of what stands in each column, with a blank after it.
private struct Needs {
  /// A list says how many more there are where it is cut.
  private static let list = 13
  static let shortAgreement = 4

  var title = 7
  /// Without the word for months.
  var shortTitle = 7
  var readers: [Int]
  var agreement = 10
  var consensus = 11
  var grades: Int { readers.reduce(consensus, +) }
  func all(most title: Int) -> Int { min(self.title, title) + 1 + grades + agreement }

  init(_ state: State, _ table: ConsensusTable, _ names: [FindingID: String], isWide: Bool, _ canvas: Canvas) {
    readers = [Int](repeating: 4, count: table.columns.count)
    for row in table.rows {
      guard let finding = state.session.codebook[row.key.finding] else { continue }
      func most(_ width: Int) -> Int { finding.isOfPlaces ? min(width, Self.list) : width }
      let (name, when) = (names[finding.id] ?? finding.shortTitle, months(row.key, state, isWide: isWide))
      title = max(title, canvas.columns(name + when))
      shortTitle = max(shortTitle, canvas.columns(name + shortened(when)))
      agreement = max(agreement, row.agreement.title.count + 1)
      for index in row.grades.indices {
        let shown = ReaderCell(row, index)
        readers[index] = max(readers[index], most(shown.columns(finding, canvas) - shown.marks) + shown.marks + 1)
      }
      // As wide as what may be agreed, so that nothing moves when it is; the last column has no blank after it.
      let agreed = (row.positions + [row.decision?.grade?.value]).map { most(canvas.columns(of: cell($0, finding))) }
      consensus = max(consensus, (agreed.max() ?? 0) + (isWide ? 3 : 2))
    }
  }
}

/// The examination of a row: `8 mo`, and against another than the baseline `8 vs 3 mo`, or where that has no room `8 mo*`.
func months(_ key: GradeKey, _ state: State, isWide: Bool) -> String {
  guard !key.examination.isBaseline else { return "" }
  guard key.comparator == .previous else { return " \(key.examination) mo" }
  guard isWide, let before = state.consensus.view?.patientCase.followUp(before: key.examination) else {
    return " \(key.examination) mo*"
  }
  return " \(key.examination) vs \(before) mo"
}

func shortened(_ when: String) -> String { when.replacing(" mo", with: "") }

func glyphCell(_ value: GradeValue?, _ finding: Finding) -> Line {
  // As on the grading screen: a dash would look like the glyph of a low signal, a question mark like an answer.
  guard let value else { return [("▁", .role(.muted))] }
  return [(finding.glyphs(value), value.isAnswer ? value.levelIDs.last.map(levelStyle) ?? .plain : .role(.warning))]
}

func cell(_ value: GradeValue?, _ finding: Finding) -> Line {
  guard let value else { return [("–", .role(.muted))] }
  guard value.isAnswer else { return [(finding.words(value), .role(.warning))] }
  return [(finding.words(value).replacing(" + ", with: "+"), value.levelIDs.last.map(levelStyle) ?? .plain)]
}

/// The same in some columns: of bones and places as many as have room, and how many more there are; changes per bone by their
/// glyphs where their words have none.
func cell(_ value: GradeValue?, _ finding: Finding, columns room: Int, _ canvas: Canvas) -> Line {
  let runs = cell(value, finding)
  guard finding.isOfPlaces, let value, value.isAnswer, let (words, style) = runs.first,
    canvas.columns(words) > room
  else { return runs }
  if case .map(let changes) = value { return [(canvas.list(finding.glyphs(each: changes), columns: room), style)] }
  return [(canvas.list(finding.ranged(value), columns: room), style)]
}
