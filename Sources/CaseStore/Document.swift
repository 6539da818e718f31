// Facts that SQLite does not search lie in JSON documents, with sorted keys so that equal facts are equal text.

import Foundation

enum Document {
  static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  static func value<T: Decodable>(_ type: T.Type, _ text: String, of name: String) throws -> T {
    do { return try JSONDecoder().decode(type, from: Data(text.utf8)) } catch {
      throw StoreError.badData(["\(name) in the study file cannot be understood: \(error)"])
    }
  }
}
