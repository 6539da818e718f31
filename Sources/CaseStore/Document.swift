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
      throw StoreError.badData(["\(name) in the study file cannot be understood: \(words(error)); go back to a backup"])
    }
  }

  private static func words(_ error: any Error) -> String {
    func place(_ path: [any CodingKey]) -> String {
      let names = path.map { $0.intValue.map { "\($0 + 1)" } ?? $0.stringValue }
      return names.isEmpty ? "all of it" : "‘\(names.joined(separator: "."))’"
    }
    return switch error as? DecodingError {
    case .keyNotFound(let key, let context): "\(place(context.codingPath + [key])) is missing"
    case .valueNotFound(_, let context): "\(place(context.codingPath)) says nothing"
    case .typeMismatch(_, let context): "\(place(context.codingPath)) is of another kind than it should be"
    case .dataCorrupted(let context): "\(place(context.codingPath)) says what this program does not know"
    default: "it is damaged"
    }
  }
}
