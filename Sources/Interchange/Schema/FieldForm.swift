// How a value of one kind stands in a file: what is allowed, how it is read and how it is written.

import ReviewCore
import TextSafety
import Yams

/// - Note: `read` answers nil for what the schema has refused already, and for nothing else.
struct FieldForm<Value>: Sendable {
  let type: FieldType
  let read: @Sendable (Field.Value, inout FaultList) -> Value?
  let write: @Sendable (Value) -> Node

  init(
    _ type: FieldType, read: @escaping @Sendable (Field.Value, inout FaultList) -> Value?,
    write: @escaping @Sendable (Value) -> Node
  ) {
    self.type = type
    self.read = read
    self.write = write
  }
}

extension FieldForm where Value == String {
  static let text = FieldForm(.text) { value, _ in
    value.text
  } write: {
    .text($0)
  }
}

extension FieldForm where Value == String {
  /// The one word that may stand there.
  static func onlyWord(_ word: String) -> FieldForm {
    FieldForm(.word([word])) { value, _ in
      value.text
    } write: {
      .text($0)
    }
  }
}

extension FieldForm where Value == Bool {
  static let yesNo = FieldForm(.yesNo) { value, _ in
    if case .yesNo(let answer) = value { answer } else { nil }
  } write: {
    Node($0 ? "yes" : "no")
  }
}

extension FieldForm where Value == Int {
  static func whole(_ limits: ClosedRange<Int>) -> FieldForm {
    FieldForm(.whole(limits)) { value, _ in
      if case .whole(let number) = value { number } else { nil }
    } write: {
      Node(String($0))
    }
  }
}

extension FieldForm where Value == Double {
  static func number(_ limits: ClosedRange<Double>) -> FieldForm {
    FieldForm(.number(limits)) { value, _ in
      if case .number(let number) = value { number } else { nil }
    } write: {
      Node($0.plain)
    }
  }
}

extension FieldForm where Value == Bone {
  static let bone = FieldForm(.bone) { value, _ in
    value.text.flatMap { Bone(rawValue: $0) }
  } write: {
    .text($0.rawValue)
  }
}

extension FieldForm where Value == [Bone] {
  /// Bones that only some patients have.
  static let extraBones = FieldForm(.list(.word(Bone.extras.map(\.rawValue)))) { value, _ in
    if case .list(let items) = value { items.compactMap { $0.value.text.flatMap { Bone(rawValue: $0) } } } else { nil }
  } write: {
    FieldForm<[String]>.texts.write($0.map(\.rawValue))
  }
}

extension FieldForm where Value: CaseIterable & RawRepresentable<String> & SendableMetatype {
  /// One of an enumeration's words.
  static var word: FieldForm {
    FieldForm(.word(Value.allCases.map(\.rawValue))) { value, _ in
      value.text.flatMap(Value.init(rawValue:))
    } write: {
      .text($0.rawValue)
    }
  }
}

extension FieldForm where Value: OpenWord {
  /// One of the usual words, or another.
  static var openWord: FieldForm {
    FieldForm(.openWord(Value.usual.map(\.rawValue))) { value, _ in
      value.text.map { Value(rawValue: $0) }
    } write: {
      .text($0.rawValue)
    }
  }
}

extension FieldForm where Value == MRSequence {
  /// One of the series that a codebook reads, or of the others that a source may state.
  static func series(_ read: [MRSequence]) -> FieldForm {
    let allowed = read + MRSequence.others.filter { !read.contains($0) }
    return FieldForm(.word(allowed.map(\.rawValue))) { value, _ in
      value.text.map { MRSequence(rawValue: $0) }
    } write: {
      .text($0.rawValue)
    }
  }
}

extension FieldForm where Value == [FindingID: GradeValue] {
  /// Facts that a codebook file declares.
  static let given = FieldForm(.given) { value, _ in
    if case .grades(let grades) = value { grades.mapValues(\.value) } else { nil }
  } write: { facts in
    .block(facts.sorted { $0.key < $1.key }.map { ($0.key.rawValue, .grade($0.value)) })
  }
}

extension FieldForm where Value: RawRepresentable<String> & SendableMetatype {
  static var identifier: FieldForm {
    FieldForm(.identifier) { value, _ in
      value.text.flatMap(Value.init(rawValue:))
    } write: {
      .text($0.rawValue)
    }
  }
}

extension FieldForm where Value == [String] {
  /// On one line, in brackets.
  static let texts = FieldForm(.list(.text)) { value, _ in
    if case .list(let items) = value { items.compactMap(\.value.text) } else { nil }
  } write: {
    Node($0.map { .text($0) }, .implicit, .flow)
  }
}

extension FieldForm where Value == [String] {
  /// Texts, one of them, or `none`.
  static let textsOrNone = FieldForm(.texts) { value, _ in
    if case .list(let items) = value { items.compactMap(\.value.text) } else { nil }
  } write: {
    FieldForm.texts.write($0)
  }
}

extension FieldForm where Value == [Double] {
  static func numbers(_ limits: ClosedRange<Double>) -> FieldForm {
    FieldForm(.numbers(limits)) { value, _ in
      if case .numbers(let numbers) = value { numbers } else { nil }
    } write: { numbers in
      numbers.count == 1 ? Node(numbers[0].plain) : Node(numbers.map { Node($0.plain) }, .implicit, .flow)
    }
  }

  /// Lengths in millimetres.
  static let size = FieldForm(.size) { value, _ in
    if case .numbers(let numbers) = value { numbers } else { nil }
  } write: {
    .text("\($0.map(\.plain).joined(separator: " x ")) mm")
  }
}

extension FieldForm where Value == String {
  static let date = FieldForm(.date) { value, _ in
    value.text
  } write: {
    .text($0)
  }
}

extension FieldForm {
  /// Named values, of which several may share a block.
  static func facts<Root>(_ block: Block<Root>) -> FieldForm where Value == [Root] {
    let whole = FieldForm.blocks(block)
    return FieldForm(.facts(block.schema), read: whole.read, write: whole.write)
  }
}

extension FieldForm where Value == [FindingID: Grade] {
  static func grades(_ phase: Phase) -> FieldForm {
    FieldForm(.grades(phase)) { value, _ in
      if case .grades(let grades) = value { grades } else { nil }
    } write: { grades in
      .block(grades.sorted { $0.key < $1.key }.map { ($0.key.rawValue, .grade($0.value.value)) })
    }
  }
}

extension FieldForm {
  static func block(_ block: Block<Value>) -> FieldForm {
    FieldForm(.record(block.schema)) { value, faults in
      if case .record(let fields) = value { block.read(fields, &faults) } else { nil }
    } write: {
      block.write($0)
    }
  }

  static func blocks<Root>(_ block: Block<Root>) -> FieldForm where Value == [Root] {
    FieldForm(.list(.record(block.schema))) { value, faults in
      guard case .list(let items) = value else { return nil }
      return items.compactMap { item in
        if case .record(let fields) = item.value { block.read(fields, &faults) } else { nil }
      }
    } write: {
      Node($0.map(block.write))
    }
  }
}

extension Field.Value {
  fileprivate var text: String? { if case .text(let text) = self { text } else { nil } }
}

extension Node {
  /// Quoted where the bare word would read as nothing.
  static func text(_ value: String) -> Node { Node(value, .implicit, Node(value).isEmpty ? .doubleQuoted : .any) }

  static func block(_ pairs: [(String, Node?)]) -> Node {
    Node(pairs.compactMap { key, value in value.map { (Node(key), $0) } })
  }

  /// Several levels or bones as a list, changes as a block, everything else as one word.
  fileprivate static func grade(_ value: GradeValue) -> Node {
    if value.isNone { return .text(value.text) }
    return switch value {
    case .levels(let levels): FieldForm.texts.write(levels.map(\.rawValue))
    case .sites(let sites): FieldForm.texts.write(sites.map(\.id))
    case .map(let changes):
      block(changes.sorted { $0.key < $1.key }.map { ($0.key.rawValue, .text($0.value.rawValue)) })
    case .level, .number, .notAssessable, .notAcquired: .text(value.text)
    }
  }
}
