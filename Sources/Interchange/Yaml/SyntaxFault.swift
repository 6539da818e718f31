// What the YAML parser says, in words that name the cure.

import Yams

enum SyntaxFault {
  /// What libyaml says → what it means for somebody who wrote the file by hand.
  private static let words: [(said: String, meaning: String)] = [
    (
      "mapping values are not allowed",
      "a colon where none can stand: is this line indented further than the one above? a text that holds ‘: ’ is put in quotes"
    ),
    ("did not find expected key", "this line fits no key; look at the indentation here and above"),
    ("did not find expected '-' indicator", "this line fits no list; look at the indentation here and above"),
    ("did not find expected ',' or ']'", "this list in brackets is not closed with ‘]’"),
    ("did not find expected ',' or '}'", "these braces are not closed with ‘}’"),
    ("could not find expected ':'", "a key without a colon; write ‘key: value’"),
    ("found unexpected end of stream", "a quote is opened here and never closed"),
    (
      "found unknown escape character",
      "after a backslash in double quotes this character means nothing; use single quotes"
    ),
    ("block sequence entries are not allowed", "a list cannot begin here; begin it on a line of its own"),
    ("found undefined alias", "aliases (*name) are not taken; put a text that begins with * in quotes"),
    ("found undefined tag handle", "tags (!name) are not taken; put a text that begins with ! in quotes"),
    ("but found another document", "a second document begins here (---); one file holds one"),
    ("Maximum nesting level", "this is nested too deeply"),
    ("found character that cannot start any token", "this character cannot begin a value; put the text in quotes"),
  ]

  static func fault(_ error: YamlError, in source: SourceText) -> Fault {
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      return fault(problem, at: FilePosition(mark.line, mark.column), context: context, in: source)
    case .duplicatedKeysInMapping(let names, _):
      let found = DuplicateKey.find(among: names, in: source)
      let first = found.first.map { "; it stands on line \($0) already" } ?? ""
      return Fault(source.file, at: found.place, "the key ‘\(PlainText.brief(found.name))’ is given twice\(first)")
    case .reader(let problem, _, _, _):
      return Fault(source.file, "the file cannot be read as text: \(problem)")
    default:
      return Fault(source.file, "the file cannot be parsed: \(error)")
    }
  }

  private static func fault(
    _ problem: String, at place: FilePosition, context: YamlError.Context?, in source: SourceText
  ) -> Fault {
    let lines = source.lines
    if lines.indices.contains(place.line - 1), let tab = tabIndent(lines[place.line - 1]) {
      return Fault(source.file, at: FilePosition(place.line, tab), "a tab indents this line; use spaces")
    }
    let known = words.first { problem.contains($0.said) }
    // An unclosed quote is noticed at the end of the file; what helps is where it was opened.
    let isOpenQuote = problem.contains("end of stream")  // by characters: the parser's own words
    let told = isOpenQuote ? context.map { FilePosition($0.mark.line, $0.mark.column) } ?? place : place
    let shown = told.line > source.lastLine ? FilePosition(source.lastLine, 1) : told
    return Fault(source.file, at: shown, known?.meaning ?? "this is no YAML: \(problem)")
  }

  /// The column of a tab among the blanks (and list dashes) that begin a line.
  private static func tabIndent(_ line: Substring) -> Int? {
    line.unicodeScalars.prefix { " -\t".unicodeScalars.contains($0) }.enumerated().first { $0.element == "\t" }
      .map { $0.offset + 1 }
  }
}
