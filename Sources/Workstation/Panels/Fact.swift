// One line of a panel: a label, and what is said; long texts wrap under themselves.

import Figures
import Grid
import ReviewCore

/// A labelled fact. Without a label it is a plain remark over the whole width.
package struct Fact: Sendable {
  var label: String
  var runs: Line
  /// Columns of the label.
  var indent: Int
  /// Columns that later lines are set in further, as below the text of a numbered answer.
  var hanging: Int

  init(_ label: String, _ runs: Line, indent: Int = 13, hanging: Int = 0) {
    self.label = label
    self.runs = runs
    self.indent = indent
    self.hanging = hanging
  }

  init(_ label: String, _ text: String, _ style: Style = .plain, indent: Int = 13) {
    self.init(label, [(text, style)], indent: indent)
  }

  /// A remark over the whole width.
  static func remark(_ text: String, _ style: Style = .role(.muted)) -> Fact { Fact("", text, style, indent: 0) }

  static let blank = Fact("", "", indent: 0)

  /// Fewer columns than this beside the label tear a text apart: there it flows on behind its label.
  private static let narrowest = 20
  /// Columns that the later lines of a flowing text are set in.
  static let hanging = 2

  func rows(width: Int) -> Int { lines(width: width).count }

  /// Draws it and returns the rows it took.
  func draw(_ canvas: inout Canvas, _ rect: Rect, y: Int) -> Int {
    let lines = lines(width: rect.width)
    if !flows(width: rect.width) {
      canvas.put(label, x: rect.x, y: y, .role(.muted), clip: rect.splitLeft(indent - 1).left)
    }
    for (row, line) in lines.enumerated() { canvas.put(line.runs, x: rect.x + line.x, y: y + row, clip: rect) }
    return lines.count
  }

  private func flows(width: Int) -> Bool { indent > Self.hanging && width - indent < Self.narrowest }

  /// The lines, each with the column it begins at.
  private func lines(width: Int) -> [(x: Int, runs: Line)] {
    guard flows(width: width) else {
      return Self.wrapped(runs, columns: width - indent, hanging: hanging).enumerated().map { row, line in
        (indent + (row == 0 ? 0 : hanging), line)
      }
    }
    guard !label.isEmpty else { return Self.wrapped(runs, columns: width - Self.hanging).map { (Self.hanging, $0) } }
    let first = [(label + " ", .role(.muted))] + runs
    return Self.wrapped(first, columns: width, hanging: Self.hanging).enumerated().map { row, line in
      (row == 0 ? 0 : Self.hanging, line)
    }
  }

  /// Runs broken into lines; a run keeps its style where it breaks. Widths here are of plain text, so that
  /// the height does not depend on the terminal; a wide character may cost a line more than it needs.
  private static func wrapped(_ runs: Line, columns: Int, hanging: Int = 0) -> [Line] {
    var room = max(4, columns)
    var lines: [Line] = [[]]
    var used = 0
    for (text, style) in runs {
      // Blanks wait for the word after them: at a break they are dropped.
      var blanks = 0
      for (index, word) in text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
        if index > 0 { blanks += 1 }
        guard !word.isEmpty else { continue }
        let length = word.unicodeScalars.reduce(0) { $0 + PlainWidth.width($1) }
        if used > 0, used + blanks + length > room {
          lines.append([])
          (used, blanks) = (0, 0)
          room = max(4, columns - hanging)
        }
        lines[lines.count - 1].append((String(repeating: " ", count: blanks) + word, style))
        (used, blanks) = (used + blanks + length, 0)
      }
      if blanks > 0, used + blanks < room {
        lines[lines.count - 1].append((String(repeating: " ", count: blanks), style))
        used += blanks
      }
    }
    return lines
  }
}

extension PanelContext {
  /// A finding's grade with its glyph, in its colour; or that there is none.
  func graded(_ id: FindingID?, in values: [FindingID: GradeValue]? = nil) -> Line {
    guard let id, let value = (values ?? baseline)[id], let finding = finding(id) else {
      return [(id.map { missing($0, at: values == nil ? .baseline : selected) } ?? missing, .role(.muted))]
    }
    guard value.isAnswer else { return [(finding.words(value), .role(.warning))] }
    if case .sites = value { return [(finding.words(value), .plain)] }
    if case .map = value { return [(finding.words(value), .plain)] }
    if case .number = value { return [(finding.words(value), .plain)] }
    if finding.alone != nil { return [(finding.words(value), .plain)] }
    // As in the list: all glyphs, then the words.
    let levels = value.levelIDs.map { id in
      let level = finding.level(id)
      let mark = level.map { finding.mark($0).filter { $0 != " " } } ?? ""
      return (mark: mark, words: level?.title ?? id.rawValue, style: level.map(levelStyle) ?? levelStyle(id))
    }
    let marks = levels.filter { !$0.mark.isEmpty }.map { ($0.mark, $0.style) }
    let words = levels.enumerated().flatMap { index, level -> Line in
      (index > 0 ? [(" + ", .role(.muted))] : []) + [(level.words, level.style)]
    }
    return marks + (marks.isEmpty ? [] : [(" ", .plain)]) + words
  }

  /// The notes that came with grades of the baseline.
  func notes(_ ids: [FindingID]) -> [Fact] {
    ids.compactMap { grade(GradeKey(.baseline, $0))?.note }.map { Fact("", $0, .role(.muted), indent: Fact.hanging) }
  }

  /// What was withheld says so; what nobody stated says that; an empty list says that there was none.
  func stated(_ list: [String]?, unless withheld: Withheld) -> Line {
    stated(list.map { $0.isEmpty ? "none" : $0.joined(separator: ", ") }, unless: withheld)
  }

  var withheldWords: String { view.untilWhen(session.study.studyProtocol.mode) }

  /// What was withheld says so; what nobody stated says that.
  func stated(_ text: String?, unless withheld: Withheld? = nil) -> Line {
    if let withheld, view.withheld.contains(withheld) { return [(withheldWords, .role(.muted))] }
    return text.map { [($0, .plain)] } ?? [("not stated", .role(.muted))]
  }
}

/// The colour of a level: themes have roles of some names, as *healing*; else it is that of its tone.
func levelStyle(_ level: Level) -> Style {
  if let role = Role(rawValue: level.id.rawValue) { return .role(role) }
  return level.tone.flatMap { Role(rawValue: toneRoles[$0] ?? $0) }.map { .role($0) } ?? .plain
}

/// Tones that are roles of another name.
private let toneRoles = ["low": "hypo", "same": "iso", "high": "hyper", "bad": "danger"]

/// A level's colour: roles are named as the levels are.
func levelStyle(_ level: LevelID) -> Style {
  Role(rawValue: level.rawValue).map { .role($0) } ?? .plain
}
