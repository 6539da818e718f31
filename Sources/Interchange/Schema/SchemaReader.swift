// Checks a tree of nodes against a schema and tells every fault in one run.

import Foundation
import ReviewCore
import TextSafety
import Yams

struct SchemaReader {
  /// Characters of one text.
  static let textLimit = 2000

  let codebook: Codebook
  /// The bones of the patient whose file it is.
  private(set) var anatomy = Anatomy.usual
  var faults: FaultList

  init(_ document: YamlDocument, codebook: Codebook) {
    self.codebook = codebook
    faults = document.faults
    // Bones may be named before they are declared.
    guard case .mapping(let keys) = document.root, case .mapping(let declared)? = keys["anatomy"],
      case .sequence(let extra)? = declared["extra"]
    else { return }
    anatomy.extra = extra.compactMap { $0.text.flatMap { Bone(rawValue: $0) } }.filter(Bone.extras.contains)
  }

  /// The keys of a block that are there and right. Nil where it is no block.
  mutating func fields(_ node: Node, _ schema: FileSchema) -> Fields? {
    guard case .mapping(let mapping) = node else {
      let keys = schema.keys.prefix(3).map(\.name).joined(separator: ", ")
      faults.add(node.place, "\(schema.name): expected a block of keys (\(keys), …), found \(node.kind)")
      return nil
    }
    var fields = Fields(place: node.place)
    var seen: Set<String> = []
    for (keyNode, value) in mapping {
      guard let name = keyNode.text, let key = schema.keys.first(where: { $0.name == name }) else {
        unknown(keyNode, value, schema)
        continue
      }
      seen.insert(name)
      if let refusal = key.refusal {
        faults.add(keyNode.place, severity: key.isLeftOut ? .warning : .error, refusal)
      } else if value.isEmpty {
        faults.add(keyNode.place, "‘\(name)’ is empty; leave the key out where it is not stated")
      } else if let field = field(value, key.type, name) {
        fields.byKey[name] = field
      }
    }
    fields.said = seen
    for key in schema.keys where key.isRequired && !seen.contains(key.name) {
      faults.add(node.place, "\(schema.name): ‘\(key.name)’ is missing")
    }
    return fields
  }

  private mutating func unknown(_ node: Node, _ value: Node, _ schema: FileSchema) {
    let name = PlainText.brief(node.text ?? node.kind)
    // In braces, `{says: solitary, but large}` is a key `but large` without a value.
    if value.isEmpty, node.text?.isIdentifier == false {
      return faults.add(node.place, "‘\(name)’ stands alone: in braces a comma ends a text; put the text in quotes")
    }
    let keys = schema.keys.filter { $0.refusal == nil }.map(\.name)
    faults.add(
      node.place, "\(schema.name): there is no key ‘\(name)’; " + cure(name, keys, known: "known keys: "))
  }

  func cure(_ text: String, _ allowed: [String], known: String = "allowed: ") -> String {
    guard faults.hasRoom else { return "" }
    let near = Spelling.nearest(to: text, in: allowed).map { "did you mean ‘\($0)’? " } ?? ""
    return near + known + allowed.joined(separator: ", ")
  }

  mutating func field(_ node: Node, _ type: FieldType, _ name: String) -> Field? {
    value(node, type, name).map { Field(value: $0, place: node.place) }
  }

  private mutating func value(_ node: Node, _ type: FieldType, _ name: String) -> Field.Value? {
    switch type {
    case .record(let schema): return fields(node, schema).map { .record($0) }
    case .list(let inner): return list(node, inner, name)
    case .pairs: return pairs(node, name)
    case .grades(let phase): return grades(node, phase, name).map { .grades($0) }
    case .given: return given(node, name).map { .grades($0) }
    case .texts: return texts(node, name)
    case .numbers(let limits): return numbers(node, limits, name)
    case .facts(let schema): return facts(node, schema, name)
    case .node: return .node(node)
    case .grade(let finding?): return gradeValue(node, finding).map { .grade($0) }
    default: break
    }
    guard let text = node.text else {
      faults.add(node.place, "\(name): expected one value, found \(node.kind)")
      return nil
    }
    guard let plain = plain(text, node, name) else { return nil }
    switch scalar(plain, type) {
    case .success(let value): return value
    case .failure(let problem):
      faults.add(node.place, "\(name): \(problem.words)")
      return nil
    }
  }

  private mutating func pairs(_ node: Node, _ name: String) -> Field.Value? {
    guard case .mapping(let mapping) = node else {
      faults.add(node.place, "\(name): expected a block of words (as ‘A: R1’), found \(node.kind)")
      return nil
    }
    var pairs: [String: String] = [:]
    for (key, value) in mapping {
      guard let from = key.text.flatMap({ plain($0, key, name) }),
        let to = value.text.flatMap({ plain($0, value, name) })
      else {
        faults.add(value.place, "\(name): a word stands for one word here; found \(value.kind)")
        continue
      }
      pairs[from] = to
    }
    return .pairs(pairs)
  }

  mutating func list(_ node: Node, _ type: FieldType, _ name: String) -> Field.Value? {
    guard case .sequence(let items) = node else {
      faults.add(node.place, "\(name): expected a list (lines that begin with ‘- ’, or [a, b]), found \(node.kind)")
      return nil
    }
    var fields: [Field] = []
    for item in items {
      if item.isEmpty {
        faults.add(item.place, "\(name): an empty entry; delete the line")
      } else if let field = field(item, type, name) {
        fields.append(field)
      }
    }
    return .list(fields)
  }

  /// The text as it is recorded (see `FreeText`): on one line, neither blank nor endless. Nil where it cannot be.
  mutating func plain(_ text: String, _ node: Node, _ name: String) -> String? {
    let free = FreeText(text)
    if let words = free.words {
      faults.add(node.place, "\(name): the text holds \(words); delete it")
      return nil
    }
    if free.text.isBlank {
      faults.add(node.place, "\(name): the text is blank; leave the key out where it is not stated")
      return nil
    }
    if free.text.unicodeScalars.count > Self.textLimit {
      faults.add(node.place, "\(name): the text is longer than \(Self.textLimit) characters")
      return nil
    }
    // The last line end of a block is no part of its text.
    return text.unicodeScalars.last == "\n" ? free.text.trimmingEnd : free.text
  }
}

extension String {
  fileprivate var trimmingEnd: String {
    var scalars = unicodeScalars
    while scalars.last == " " { scalars.removeLast() }
    return String(scalars)
  }
}
