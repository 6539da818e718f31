// Where a key is given twice: the parser only says that it is.

import Yams

struct DuplicateKey {
  var name: String
  var place: FilePosition
  /// The line of the first one, where it could be told.
  var first: Int?

  /// Parsing again and again costs time; of longer texts only the key is told.
  private static let parseLimit = 256 << 10

  /// Cuts the text off behind the places where one of the keys stands: the first cut that the parser calls a duplicate
  /// is the second key. It is found by halving, since every later one is a duplicate too. In braces the key cannot be
  /// cut off; there the line is, and the last key of the line taken.
  static func find(among names: [String], in source: SourceText) -> DuplicateKey {
    let found = source.text.utf8.count > parseLimit ? [] : names.flatMap { occurrences(of: $0, in: source) }.sorted()
    guard !found.isEmpty else { return DuplicateKey(name: names.first ?? "", place: .start) }
    var (low, high) = (0, found.count - 1)
    while low < high {
      let middle = (low + high) / 2
      let cuts = [found[middle].end, found[middle].lineEnd]
      if cuts.contains(where: { isDuplicate(source.text[..<$0]) }) { high = middle } else { low = middle + 1 }
    }
    if !isDuplicate(source.text[..<found[high].end]) {
      high = found.lastIndex { $0.place.line == found[high].place.line && $0.name == found[high].name } ?? high
    }
    let second = found[high]
    let before = found[..<high].filter { $0.name == second.name }
    let first = before.last { $0.place.column == second.place.column } ?? before.last
    return DuplicateKey(name: second.name, place: second.place, first: first?.place.line)
  }

  private static func isDuplicate(_ text: Substring) -> Bool {
    do {
      _ = try Yams.compose(yaml: text + "\n" + String(repeating: "#", count: 32), .basic, .default, .utf8)
      return false
    } catch YamlError.duplicatedKeysInMapping {
      return true
    } catch {
      return false
    }
  }

  private struct Occurrence: Comparable {
    var name: String
    var place: FilePosition
    /// Behind the colon.
    var end: String.Index
    var lineEnd: String.Index

    static func < (a: Occurrence, b: Occurrence) -> Bool { a.place < b.place }
  }

  /// Where `name:` stands as a word of its own, quoted or not.
  private static func occurrences(of name: String, in source: SourceText) -> [Occurrence] {
    guard !name.isEmpty else { return [] }
    var found: [Occurrence] = []
    for (number, line) in source.lines.enumerated() {
      for range in line.ranges(of: name) {
        let before = line[..<range.lowerBound].last
        let behind = line[range.upperBound...].drop { "\"' ".contains($0) }
        // It only finds a place for a fault that is known.
        guard behind.first == ":",  // by characters
          before.map({ " \t-{,[\"'?".contains($0) }) ?? true  // by characters
        else { continue }
        let column = line[..<range.lowerBound].unicodeScalars.count + 1
        found.append(
          Occurrence(
            name: name, place: FilePosition(number + 1, column), end: behind.index(after: behind.startIndex),
            lineEnd: line.endIndex))
      }
    }
    return found
  }
}
