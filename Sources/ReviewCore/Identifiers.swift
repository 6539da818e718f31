// Names of things, each a type of its own so that they cannot be mixed up.

import TextSafety

/// What all ids share: a text, used as it is in files and on the command line.
public protocol Identifier: RawRepresentable, Hashable, Codable, Sendable, ExpressibleByStringLiteral, Comparable,
  CustomStringConvertible, CodingKeyRepresentable
where RawValue == String {
  init(rawValue: String)
}

extension Identifier {
  public init(_ text: String) { self.init(rawValue: text) }
  public init(stringLiteral value: String) { self.init(rawValue: value) }
  public var description: String { rawValue }
  public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// A case's id in its file, as `1`.
public struct CaseID: Identifier {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
}

/// A row of the codebook, as `rim_sign`.
public struct FindingID: Identifier {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
}

/// A level of a finding, as `hypo`.
public struct LevelID: Identifier {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
}

/// Who sits at a seat, as `R1`.
public struct PrincipalID: Identifier {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// 1 to 32 ASCII letters, digits, `-` and `_`: safe in a file name and in a forced command of sshd.
  public var isValid: Bool {
    (1...32).contains(rawValue.utf8.count)
      && rawValue.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
          || byte == 0x2D || byte == 0x5F
      }
  }
}

/// An examination within its case: `baseline`, or the months of a follow-up as `10.5`.
public struct ExaminationID: Identifier {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let baseline: ExaminationID = "baseline"

  /// The follow-up at `months` after baseline; 5.0 is written `5`.
  public init(months: Double) {
    self.init(rawValue: months == 0 ? "baseline" : months.plain)
  }

  /// As a person types it: `baseline`, or the months of a follow-up, so that `5.0` is `5`.
  public init(typed text: String) {
    if let months = Double(text) { self.init(months: months) } else { self.init(rawValue: text) }
  }

  public var isBaseline: Bool { self == .baseline }

  /// Months after baseline, 0 for the baseline itself.
  public var months: Double { isBaseline ? 0 : Double(rawValue) ?? 0 }

  /// `baseline`, or `5 months`.
  public var title: String { isBaseline ? "baseline" : rawValue == "1" ? "1 month" : "\(rawValue) months" }
}
