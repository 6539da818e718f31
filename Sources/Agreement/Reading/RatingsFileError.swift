// What can be wrong with a file of ratings, said with the line.

/// The faults of a file of ratings: the first of them, and how many more there are.
public struct RatingsFileError: Error, Equatable, Sendable {
  /// One fault.
  public struct Fault: Equatable, Sendable {
    /// The line in the file, counted from 1; nil for the file as a whole.
    public let line: Int?
    /// What is wrong and the cure.
    public let message: String
  }

  /// The first faults in the order of their lines.
  public let faults: [Fault]
  /// How many more there are.
  public let more: Int

  init(_ faults: [Fault], more: Int = 0) {
    self.faults = faults
    self.more = more
  }

  static let empty = RatingsFileError(
    line: nil, "the file is empty; its first row names the columns: the case, then one column for each reader")

  init(line: Int?, _ message: String) { self.init([Fault(line: line, message: message)]) }

  /// The faults as lines of `NAME:LINE: error: MESSAGE`.
  public func lines(fileName: String) -> [String] {
    faults.map { fault in
      let place = fault.line.map { ":\($0)" } ?? ""
      return "\(printable(fileName))\(place): error: \(fault.message)"
    } + (more > 0 ? ["\(printable(fileName)): and \(grouped(more)) more"] : [])
  }
}

/// Faults of meaning, collected while the file is read on; ten are told, the others counted.
struct FaultList {
  private var faults: [RatingsFileError.Fault] = []
  private var more = 0

  private static let most = 10

  /// - Parameter message: made only where it is told.
  mutating func add(_ line: Int?, _ message: @autoclosure () -> String) {
    if faults.count < Self.most {
      faults.append(RatingsFileError.Fault(line: line, message: message()))
    } else {
      more += 1
    }
  }

  /// - Throws: `RatingsFileError` with all of them, if there are any.
  func check() throws {
    guard faults.isEmpty else { throw RatingsFileError(faults, more: more) }
  }

  var isEmpty: Bool { faults.isEmpty }
}

/// A count with commas between thousands, as `199,990`.
func grouped(_ count: Int) -> String {
  let digits = Array("\(count)")
  return digits.enumerated().reduce(into: "") { text, digit in
    if digit.offset > 0, (digits.count - digit.offset) % 3 == 0 { text += "," }
    text.append(digit.element)
  }
}
