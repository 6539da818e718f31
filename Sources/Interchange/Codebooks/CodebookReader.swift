// Reads a codebook file (`endplate-codebook/1`), and tells every fault in one run.

import Codebooks
import ReviewCore
import Yams

package struct CodebookReader {
  var reader: SchemaReader
  var scales: [String: AnswerScale] = ["present": .present]

  /// How many findings, facts, conditions and rules a codebook may have.
  private static let nameLimit = 1000

  /// The checked codebook unless there is a fault; its examples were run.
  package static func read(_ file: InputFile) -> Outcome<Scheme> {
    let parsed = YamlDocument.parse(file)
    guard let document = parsed.value else { return Outcome(nil, parsed.faults) }
    var reader = CodebookReader(reader: SchemaReader(document, codebook: Codebook(id: "", version: 0, findings: [])))
    guard let fields = reader.reader.fields(document.root, CodebookSchema.schema) else {
      return Outcome(nil, reader.reader.faults.all)
    }
    let codebook = reader.codebook(fields)
    let isReadable = !reader.reader.faults.faults.contains { $0.severity == .error }
    let bound = SchemeBinder.bind(codebook) { Spelling.nearest(to: $0, in: $1) }
    // What could not be read leaves names unknown that are not: only a readable file is told of those.
    if isReadable {
      for fault in bound.faults {
        reader.reader.faults.add(
          FilePosition(fault.spot.line, fault.spot.column), severity: fault.isWarning ? .warning : .error, fault.message
        )
      }
    }
    return Outcome(isReadable ? bound.scheme : nil, reader.reader.faults.all)
  }

  private mutating func codebook(_ fields: Fields) -> CodebookFile {
    var file = CodebookFile(
      id: fields.text("id") ?? "", version: fields.whole("version") ?? 0, title: fields.text("title") ?? "")
    file.source = fields.text("source")
    file.body = fields.node("body").flatMap { body($0) }
    file.series = (fields.records("series") ?? []).map { series in
      WrittenSeries(
        written(series, "id"), title: series.text("title") ?? series.text("id") ?? "",
        times: series.texts("times") ?? [])
    }
    if let node = fields.node("scales") { namedScales(node) }
    file.findings = (fields.records("findings") ?? []).compactMap { finding($0) }
    file.findings += (fields.records("given") ?? []).compactMap { given($0) }
    file.conditions = (fields.records("conditions") ?? []).map { namedCondition($0) }
    file.rules = (fields.records("rules") ?? []).compactMap { rule($0) }
    let names = file.findings.count + file.conditions.count + file.rules.count
    if names > Self.nameLimit {
      fault(fields.place, "\(names) findings, facts, conditions and rules; a codebook has at most \(Self.nameLimit)")
      return CodebookFile(id: file.id, version: file.version, title: file.title)
    }
    remarks(fields, &file)
    file.examples = (fields.records("examples") ?? []).map { example($0) }
    return file
  }

  mutating func fault(_ place: FilePosition, _ message: String) { reader.faults.add(place, message) }

  // MARK: words

  /// A text of a block with its place.
  func written(_ fields: Fields, _ key: String) -> Written {
    let place = fields.place(of: key)
    return Written(fields.text(key) ?? "", Spot(place.line, place.column))
  }

  func optional(_ fields: Fields, _ key: String) -> Written? { fields.has(key) ? written(fields, key) : nil }

  /// One value of a node, as it may be recorded.
  mutating func word(_ node: Node, _ name: String) -> Written? {
    guard case .scalar(let scalar) = node else {
      fault(node.place, "\(name): expected one value, found \(node.kind)")
      return nil
    }
    guard let text = reader.plain(scalar.string, node, name) else { return nil }
    // What is quoted begins behind the quotation mark.
    let isQuoted = scalar.style == .doubleQuoted || scalar.style == .singleQuoted
    return Written(text, Spot(node.place.line, node.place.column + (isQuoted ? 1 : 0)))
  }

  /// A word, or a list of words.
  mutating func words(_ fields: Fields, _ key: String) -> [Written]? {
    guard let node = fields.node(key) else { return nil }
    guard case .sequence(let items) = node else { return word(node, key).map { [$0] } }
    if items.isEmpty { fault(node.place, "\(key): the list is empty; leave the key out") }
    return items.compactMap { word($0, key) }
  }

  mutating func condition(_ fields: Fields, _ key: String) -> Written? { fields.node(key).flatMap { word($0, key) } }

  mutating func exact(_ fields: Fields, _ key: String) -> Exact? { fields.node(key).flatMap { exact($0, key) } }

  mutating func exact(_ node: Node, _ key: String) -> Exact? {
    guard let word = word(node, key) else { return nil }
    if let number = Exact(word.text) { return number }
    fault(node.place, "\(key): ‘\(PlainText.brief(word.text))’ is not a number; write it in digits, as 12 or 10.5")
    return nil
  }

  /// The pairs of a block whose keys are the author's own.
  mutating func pairs(_ node: Node, _ name: String) -> [(key: Written, value: Node)] {
    guard case .mapping(let mapping) = node else {
      fault(node.place, "\(name): expected a block of keys, found \(node.kind)")
      return []
    }
    return mapping.compactMap { key, value in
      guard let word = word(key, name) else { return nil }
      if value.isEmpty {
        fault(key.place, "‘\(PlainText.brief(word.text))’ is empty; in braces a comma ends a text, so put it in quotes")
        return nil
      }
      return (word, value)
    }
  }

  /// A list of words where the author's own keys have lists.
  mutating func list(_ node: Node, _ name: String) -> [Written] {
    guard case .sequence(let items) = node else { return word(node, name).map { [$0] } ?? [] }
    return items.compactMap { word($0, name) }
  }
}

extension PlainText {
  /// Columns that a text is likely to take: wide letters take two.
  static func columns(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { total, scalar in
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .format: total
      default: total + (wide.contains { $0.contains(scalar.value) } ? 2 : 1)
      }
    }
  }

  /// Blocks of letters that terminals draw two columns wide (Unicode Standard Annex 11).
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
    0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD,
  ]
}
