// Which state of a consensus is meant: what a reader confirms must be what is on the screen.

/// A version of a case's consensus and how often its content has changed, written `1.12`.
public struct ConsensusVersion: Codable, Hashable, Sendable, CustomStringConvertible {
  /// From 1; reopening makes the next.
  public var number: Int
  /// Changes of agreed grades and notes in this version so far.
  public var revision: Int

  public init(_ number: Int = 1, revision: Int = 0) {
    self.number = number
    self.revision = revision
  }

  /// Reads `1.12`; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let revision = parts[1], number > 0, revision >= 0 else {
      return nil
    }
    self.init(number, revision: revision)
  }

  public var description: String { "\(number).\(revision)" }
}
