// One kind of block of a file: its keys, each bound to the property it fills. The reader, the writer and the description
// of the format are made from it, so that a key stands in one place and cannot be misspelt in another.

import ReviewCore
import Yams

struct BlockKey<Root>: Sendable {
  let key: SchemaKey
  fileprivate let path: PartialKeyPath<Root> & Sendable
  fileprivate let read: @Sendable (Fields, inout Root, inout FaultList) -> Void
  /// Nil leaves the key out.
  fileprivate let write: @Sendable (Root) -> Node?

  /// What must be stated.
  static func required<Value>(
    _ name: String, _ path: WritableKeyPath<Root, Value> & Sendable, _ form: FieldForm<Value>, _ meaning: String
  ) -> BlockKey {
    BlockKey(key: SchemaKey(name, form.type, required: true, meaning), path: path) { fields, root, faults in
      if let value = fields.value(name, form, &faults) { root[keyPath: path] = value }
    } write: {
      form.write($0[keyPath: path])
    }
  }

  /// What is nil where it is not stated.
  static func optional<Value>(
    _ name: String, _ path: WritableKeyPath<Root, Value?> & Sendable, _ form: FieldForm<Value>, _ meaning: String
  ) -> BlockKey {
    BlockKey(key: SchemaKey(name, form.type, meaning), path: path) { fields, root, faults in
      root[keyPath: path] = fields.value(name, form, &faults)
    } write: {
      $0[keyPath: path].map(form.write)
    }
  }

  /// What has a value of its own where it is not stated, and is left out where it has that.
  static func usual<Value: Equatable & Sendable>(
    _ name: String, _ path: WritableKeyPath<Root, Value> & Sendable, _ form: FieldForm<Value>, unless usual: Value,
    refusal: String? = nil, _ meaning: String
  ) -> BlockKey {
    let key = SchemaKey(name, form.type, refusal: refusal, leftOut: refusal != nil, meaning)
    return BlockKey(key: key, path: path) { fields, root, faults in
      root[keyPath: path] = fields.value(name, form, &faults) ?? usual
    } write: {
      $0[keyPath: path] == usual ? nil : form.write($0[keyPath: path])
    }
  }
}

struct Block<Root>: Sendable {
  /// As in `a biopsy`: singular.
  let name: String
  let keys: [BlockKey<Root>]
  /// Where nothing is stated yet.
  private let empty: @Sendable () -> Root
  /// Looks at what was read as a whole: faults between keys, places to keep.
  private let check: @Sendable (inout Root, Places, inout FaultList) -> Void

  init(
    _ name: String, _ empty: @escaping @Sendable () -> Root, _ keys: [BlockKey<Root>],
    check: @escaping @Sendable (inout Root, Places, inout FaultList) -> Void = { _, _, _ in }
  ) {
    (self.name, self.empty, self.keys, self.check) = (name, empty, keys, check)
  }

  var schema: FileSchema { FileSchema(name, keys.map(\.key)) }

  func read(_ fields: Fields, _ faults: inout FaultList) -> Root {
    var root = empty()
    for key in keys { key.read(fields, &root, &faults) }
    check(&root, Places(block: self, fields: fields), &faults)
    return root
  }

  func write(_ root: Root) -> Node { .block(keys.map { ($0.key.name, $0.write(root)) }) }

  /// Where in the file the properties stand.
  struct Places {
    fileprivate let block: Block
    fileprivate let fields: Fields

    /// Where the block begins.
    var start: FilePosition { fields.place }

    /// Whether a property's key is there, right or wrong.
    func says(_ path: PartialKeyPath<Root>) -> Bool {
      block.keys.contains { $0.path == path && fields.said.contains($0.key.name) }
    }

    /// The name of a property's key and its place; nil where the file does not state it.
    subscript(path: PartialKeyPath<Root>) -> (name: String, place: FilePosition)? {
      guard let name = block.keys.first(where: { $0.path == path })?.key.name, fields.has(name) else { return nil }
      return (name, fields.place(of: name))
    }
  }
}

extension Fields {
  fileprivate func value<Value>(_ name: String, _ form: FieldForm<Value>, _ faults: inout FaultList) -> Value? {
    byKey[name].flatMap { form.read($0.value, &faults) }
  }
}
