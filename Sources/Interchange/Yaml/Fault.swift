// What is wrong in a file, and where.

import TextSafety

/// One fault of a file. Printed as `file:line:column: error: message`, which editors can jump to.
package struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Severity: String, Hashable, Sendable { case error, warning }

  package var file: String
  /// From 1.
  package var line: Int
  /// From 1, in Unicode scalars.
  package var column: Int
  package var severity: Severity
  /// What is wrong and the cure, in words.
  package var message: String

  package init(_ file: String, at place: FilePosition = .start, severity: Severity = .error, _ message: String) {
    self.file = file
    self.line = place.line
    self.column = place.column
    self.severity = severity
    self.message = message.count <= Self.messageLimit ? message : message.prefix(Self.messageLimit) + "…"
  }

  /// Characters of a message: what it quotes from a file may be endless.
  private static let messageLimit = 1000

  /// Safe to print: names of files and words from them may hold anything.
  package var description: String {
    "\(file):\(line):\(column): \(severity.rawValue): \(message)".madeSafe
  }
}

/// A place in a file, both counted from 1.
package struct FilePosition: Hashable, Sendable, Comparable {
  package var line: Int
  package var column: Int

  package init(_ line: Int, _ column: Int) {
    self.line = line
    self.column = column
  }

  package static let start = FilePosition(1, 1)

  package static func < (a: FilePosition, b: FilePosition) -> Bool { (a.line, a.column) < (b.line, b.column) }
}

/// What came of reading a file: a value unless there was an error, and all faults in the order of the file.
package struct Outcome<Value> {
  package var value: Value?
  package var faults: [Fault]

  package init(_ value: Value?, _ faults: [Fault] = []) {
    self.value = faults.contains { $0.severity == .error } ? nil : value
    self.faults = faults.sorted { ($0.file, $0.line, $0.column) < ($1.file, $1.line, $1.column) }
  }
}

extension Outcome: Sendable where Value: Sendable {}
extension Outcome: Equatable where Value: Equatable {}

/// Collects faults, but no more than a person would read.
struct FaultList {
  static let limit = 100

  let file: String
  /// What the parser finds at the end of a file may lie behind its last line.
  private let lastLine: Int
  private(set) var faults: [Fault] = []
  private var dropped = 0

  init(file: String, lastLine: Int = .max) { (self.file, self.lastLine) = (file, lastLine) }

  /// False once further faults are only counted, so that no cure needs to be sought.
  var hasRoom: Bool { faults.count < Self.limit }

  mutating func add(_ place: FilePosition, severity: Fault.Severity = .error, _ message: String) {
    guard hasRoom else { return dropped += 1 }
    let shown = place.line > lastLine ? FilePosition(lastLine, 1) : place
    faults.append(Fault(file, at: shown, severity: severity, message))
  }

  var isEmpty: Bool { faults.isEmpty }
  /// How many there are, listed or not.
  var count: Int { faults.count + dropped }

  /// All of them, with a last one that says how many more there were.
  var all: [Fault] {
    guard dropped > 0, let last = faults.map({ FilePosition($0.line, $0.column) }).max() else { return faults }
    return faults + [Fault(file, at: last, "\(dropped) further faults are not listed; correct these first")]
  }
}
