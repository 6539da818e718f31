// What a reset of a passphrase leaves behind: acts of which nobody has shown whose they are.

import struct Foundation.Date

/// That a coordinator gave somebody a one-time code in place of the passphrase they had.
public struct PassphraseReset: Codable, Hashable, Sendable {
  public var by: PrincipalID?
  public var at: Date

  public init(by: PrincipalID?, at: Date) {
    self.by = by
    self.at = at
  }

  /// `coord on 2026-03-01 14:02 UTC`.
  public var words: String { "\(by?.rawValue ?? "somebody") on \(at.minute)" }

  /// `after a reset of R2's passphrase by coord on 2026-03-01 14:02 UTC; not proven to be R2`.
  public func mark(on person: PrincipalID) -> String {
    "after a reset of \(person)'s passphrase by \(words); not proven to be \(person)"
  }
}

extension Date {
  /// `2026-03-01 14:02 UTC`.
  fileprivate var minute: String { "\(utc.prefix(16)) UTC" }
}
