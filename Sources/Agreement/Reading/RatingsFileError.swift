// What can be wrong with a file of ratings, said with the line.

/// The faults of a file of ratings: all that were found until the reader gave up.
public struct RatingsFileError: Error, Equatable, Sendable {
  /// One fault.
  public struct Fault: Equatable, Sendable {
    /// The line in the file, counted from 1; nil for the file as a whole.
    public let line: Int?
    /// What is wrong and the cure.
    public let message: String
  }

  /// The faults in the order of their lines.
  public let faults: [Fault]

  init(_ faults: [Fault]) { self.faults = faults }

  init(line: Int?, _ message: String) { faults = [Fault(line: line, message: message)] }

  /// The faults as lines of `NAME:LINE: error: MESSAGE`.
  public func lines(fileName: String) -> [String] {
    faults.map { fault in
      let place = fault.line.map { ":\($0)" } ?? ""
      return "\(printable(fileName))\(place): error: \(fault.message)"
    }
  }
}
