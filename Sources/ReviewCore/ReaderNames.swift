// What readers are called beside grades of a case: letters until its consensus is recorded.

/// The one answer to how a reader is named beside a grade. Acts are told by person; whoever shows a grade asks here.
public struct ReaderNames: Codable, Hashable, Sendable {
  /// The readers in the order in which they are shown: that of the study, or while they are letters another for each case.
  public let order: [PrincipalID]
  /// False while they are letters.
  public let areKnown: Bool
  private let letters: [PrincipalID: String]

  /// Names stand for themselves.
  public init(known order: [PrincipalID] = []) {
    (self.order, areKnown, letters) = (order, true, [:])
  }

  /// - Parameter order: the readers as they were shuffled for the case.
  public init(shuffled order: [PrincipalID]) {
    self.order = order
    areKnown = false
    letters = Dictionary(
      zip(order, Self.letters(order)), uniquingKeysWith: { first, _ in first })
  }

  /// A letter, or the reader's id.
  public func title(of reader: PrincipalID) -> String { areKnown ? reader.rawValue : letters[reader] ?? "?" }

  /// `A` to `Z`, then `A1`; where a reader is called like one of them, `#1`, `#2`.
  static func letters(_ readers: [PrincipalID]) -> [String] {
    let letters = readers.indices.map { index in
      let letter = String(UnicodeScalar(UInt8(65 + index % 26)))
      return index < 26 ? letter : letter + String(index / 26)
    }
    let taken = Set(readers.map { $0.rawValue.uppercased() })
    return letters.contains(where: taken.contains) ? readers.indices.map { "#\($0 + 1)" } : letters
  }
}
