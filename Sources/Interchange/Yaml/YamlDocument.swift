// One YAML document as a tree of nodes with their places, or the fault that kept it from being parsed.

import Yams

/// A parsed document. Anchors, aliases and tags are refused: nothing written by hand needs them, and with aliases a
/// small file can stand for a huge one.
struct YamlDocument {
  let file: String
  let root: Node
  /// What is to be warned of; whoever reads the document goes on with it.
  let faults: FaultList

  /// The most words that may look like an alias before the file is parsed at all. Composing hashes keys, and so
  /// follows aliases; this many cannot blow up.
  private static let aliasLimit = 8
  /// The most brackets and braces that may be open at once: with each of them the parser gets slower.
  private static let depthLimit = 64

  static func parse(_ file: InputFile) -> Outcome<YamlDocument> {
    let decoded = SourceText.decode(file)
    guard let source = decoded.value else { return Outcome(nil, decoded.faults) }
    if let bomb = bomb(source) { return Outcome(nil, [bomb]) }
    do {
      let parser = try Parser(yaml: source.text, resolver: .basic, encoding: .utf8)
      let root = try parser.singleRoot()
      // A node holds its anchor weakly; the parser owns it.
      return withExtendedLifetime(parser) {
        guard let root else { return Outcome(nil, [Fault(file.name, "the file holds only comments")]) }
        var faults = FaultList(file: file.name, lastLine: source.lastLine)
        refuse(root, &faults)
        faults.addCutTexts(of: root, in: source)
        return Outcome(YamlDocument(file: file.name, root: root, faults: faults), faults.all)
      }
    } catch let error as YamlError {
      return Outcome(nil, [SyntaxFault.fault(error, in: source)])
    } catch {
      return Outcome(nil, [Fault(file.name, "the file cannot be parsed: \(error)")])
    }
  }

  /// What would make the parser busy for long, found by looking at characters only: quotes do not hide it.
  private static func bomb(_ source: SourceText) -> Fault? {
    var place = FilePosition.start
    var previous: Unicode.Scalar = "\n"
    var aliases = 0
    var depth = 0
    for scalar in source.text.unicodeScalars {
      switch scalar {
      case "*" where !previous.properties.isAlphabetic: aliases += 1
      case "[", "{": depth += 1
      case "]", "}": depth = max(0, depth - 1)
      default: break
      }
      if aliases > aliasLimit {
        return Fault(
          source.file, at: place, "aliases (*name) are not taken, nor so many asterisks; write the values out")
      }
      if depth > depthLimit {
        return Fault(source.file, at: place, "more than \(depthLimit) brackets are open; write the values out")
      }
      previous = scalar
      place = scalar == "\n" ? FilePosition(place.line + 1, 1) : FilePosition(place.line, place.column + 1)
    }
    return nil
  }

  /// What a node without a tag of its own resolves to.
  private static let plainTags = ["str", "seq", "map"].map { "tag:yaml.org,2002:\($0)" }

  private static func refuse(_ node: Node, _ faults: inout FaultList) {
    guard faults.hasRoom else { return }
    if let anchor = node.anchor {
      faults.add(node.place, "the anchor ‘&\(anchor.rawValue)’ is not taken; write the values out")
      return
    }
    if !plainTags.contains(node.tag.description) {
      faults.add(node.place, "tags (!name) are not taken; delete the tag, or put a text that begins with ! in quotes")
      return
    }
    switch node {
    case .scalar, .alias: break
    case .sequence(let list): for item in list { refuse(item, &faults) }
    case .mapping(let mapping):
      for (key, value) in mapping {
        refuse(key, &faults)
        refuse(value, &faults)
      }
    }
  }
}

extension Node {
  var place: FilePosition { mark.map { FilePosition($0.line, $0.column) } ?? .start }

  /// The text as written, whatever type YAML would give it: `no`, `012` and `1:30` stay what they are.
  var text: String? { scalar?.string }

  /// Nothing after the colon, or an unquoted null.
  var isEmpty: Bool {
    guard let scalar, scalar.style == .plain || scalar.style == .any else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }

  /// `a list`, for messages.
  var kind: String {
    switch self {
    case .scalar, .alias: "a value"
    case .sequence: "a list"
    case .mapping: "a block of keys"
    }
  }
}
