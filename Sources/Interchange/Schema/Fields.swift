// A file's content after the schema has checked it: typed values, each with its place.

import Foundation
import ReviewCore
import Yams

/// A value of one key or list entry.
struct Field {
  indirect enum Value {
    case text(String)
    case whole(Int)
    case number(Double)
    case numbers([Double])
    case range(ClosedRange<Double>)
    case yesNo(Bool)
    case moment(Date)
    case list([Field])
    case record(Fields)
    case pairs([String: String])
    case grades([FindingID: Grade])
    case grade(GradeValue)
    case node(Node)
  }

  let value: Value
  let place: FilePosition
}

/// The keys of a block that are there and right; asking for another type than the schema's answers nil.
struct Fields {
  /// Where the block begins.
  let place: FilePosition
  var byKey: [String: Field] = [:]
  /// Keys that are there, right or wrong.
  var said: Set<String> = []

  func place(of key: String) -> FilePosition { byKey[key]?.place ?? place }
  func has(_ key: String) -> Bool { byKey[key] != nil }

  func text(_ key: String) -> String? { if case .text(let text)? = byKey[key]?.value { text } else { nil } }
  func whole(_ key: String) -> Int? { if case .whole(let number)? = byKey[key]?.value { number } else { nil } }
  func number(_ key: String) -> Double? { if case .number(let number)? = byKey[key]?.value { number } else { nil } }
  func yesNo(_ key: String) -> Bool? { if case .yesNo(let answer)? = byKey[key]?.value { answer } else { nil } }
  func moment(_ key: String) -> Date? { if case .moment(let date)? = byKey[key]?.value { date } else { nil } }
  func record(_ key: String) -> Fields? { if case .record(let fields)? = byKey[key]?.value { fields } else { nil } }
  func pairs(_ key: String) -> [String: String]? {
    if case .pairs(let pairs)? = byKey[key]?.value { pairs } else { nil }
  }
  func list(_ key: String) -> [Field]? { if case .list(let fields)? = byKey[key]?.value { fields } else { nil } }

  func node(_ key: String) -> Node? { if case .node(let node)? = byKey[key]?.value { node } else { nil } }

  func grade(_ key: String) -> GradeValue? { if case .grade(let value)? = byKey[key]?.value { value } else { nil } }

  func range(_ key: String) -> ClosedRange<Double>? {
    if case .range(let range)? = byKey[key]?.value { range } else { nil }
  }

  func grades(_ key: String) -> [FindingID: Grade]? {
    if case .grades(let grades)? = byKey[key]?.value { grades } else { nil }
  }

  /// A word of an enumeration.
  func word<T: RawRepresentable<String>>(_ key: String, as type: T.Type = T.self) -> T? {
    text(key).flatMap(T.init(rawValue:))
  }

  func texts(_ key: String) -> [String]? {
    list(key)?.compactMap { if case .text(let text) = $0.value { text } else { nil } }
  }

  func records(_ key: String) -> [Fields]? {
    list(key)?.compactMap { if case .record(let fields) = $0.value { fields } else { nil } }
  }
}
