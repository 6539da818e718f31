// The orders in which cases are listed.

import Crypto
import Foundation
import ReviewCore

/// Keys by which SQLite sorts. A key depends on the case alone, so that cases added later move no other.
enum ReadingOrder {
  /// A reader's own order in a round: the first 8 bytes of SHA-256 over the protocol's seed, reader, round and case.
  static func key(seed: UInt64, reader: PrincipalID, round: Int, id: CaseID) -> Data {
    Data(SHA256.hash(data: Data("\(seed)|\(reader)|\(round)|\(id)".utf8)).prefix(8))
  }

  /// The order of readers' letters in a consensus: another for each case, the same at every seat.
  ///
  /// - Parameter secret: of the study, and not its seed, from which orders of cases follow that readers see.
  static func letterKey(secret: String, reader: PrincipalID, round: Int, id: CaseID) -> Data {
    Data(SHA256.hash(data: Data("letters|\(secret)|\(reader)|\(round)|\(id)".utf8)).prefix(8))
  }

  /// Case order: runs of digits compare as numbers, so that 2 comes before 10.
  static func naturalKey(_ id: CaseID) -> Data {
    var key = digitsAsNumbers(id)
    // `01` and `1` are different cases: the id itself settles it.
    key.append(0)
    key.append(contentsOf: id.rawValue.utf8)
    return key
  }

  /// The keys of all ids that differ in nothing but letter case and leading zeros: from the first, up to another.
  static func naturalRange(_ id: CaseID) -> (from: Data, to: Data) {
    let key = digitsAsNumbers(id)
    return (key + [0], key + [1])
  }

  private static func digitsAsNumbers(_ id: CaseID) -> Data {
    var key = Data()
    var digits: [UInt8] = []
    func flush() {
      guard !digits.isEmpty else { return }
      let significant = digits.drop { $0 == 0x30 }
      key.append(contentsOf: [0x30, UInt8(min(significant.count, 255))])
      key.append(contentsOf: significant)
      digits = []
    }
    for byte in id.rawValue.lowercased().utf8 {
      if (0x30...0x39).contains(byte) {
        digits.append(byte)
      } else {
        flush()
        key.append(byte)
      }
    }
    flush()
    return key
  }
}
