// Under which names the readings of a case are shown, and the secret by which letters are shuffled.

import Foundation
internal import GRDB
import ReviewCore

extension Transaction {
  /// What the readers of a case are called in a round: letters, shuffled per case, until its consensus is recorded.
  func names(_ facts: CaseFacts, round: Int) throws -> ReaderNames {
    let all = try readers(of: facts.seq, round: round).map(\.id)
    let isRecorded = try db.number(
      "SELECT EXISTS (SELECT 1 FROM consensus WHERE case_seq = ? AND round = ?)", [facts.seq, round])
    if study.studyProtocol.namesInConsensus || isRecorded > 0 { return ReaderNames(known: all) }
    let secret = try lettersSecret()
    func key(_ reader: PrincipalID) -> Data {
      ReadingOrder.letterKey(secret: secret, reader: reader, round: round, id: facts.whole.id)
    }
    // Those of the consensus first, so that their letters leave out none.
    let inConsensus = Set(try readersOfConsensus(facts, round: round).map(\.id))
    return ReaderNames(
      shuffled: all.sorted { a, b in
        inConsensus.contains(a) == inConsensus.contains(b)
          ? key(a).lexicographicallyPrecedes(key(b)) : inConsensus.contains(a)
      })
  }

  /// Known to the file alone: who knew it could tell the letters' names from the ids. It salts the hashes of images' UIDs too.
  func lettersSecret() throws -> String {
    guard let secret = try db.first("SELECT letters FROM study", [], { try $0[0] as String? }) ?? nil else {
      throw StoreError.badData(["the study file holds no secret for letters; put a backup back"])
    }
    return secret
  }

  /// The readers whose readings may be shown: all once they have names; before, those whose letters the consensus has, for
  /// of one who is left over the letter would tell who they are. One's own always.
  func shownReaders(_ facts: CaseFacts, round: Int, _ names: ReaderNames) throws -> [PrincipalRecord] {
    let readers = try readers(of: facts.seq, round: round)
    let deciding = Set(try readersOfConsensus(facts, round: round).map(\.seq))
    return names.order.compactMap { id in readers.first { $0.id == id } }
      .filter { names.areKnown || $0 == actor || deciding.contains($0.seq) }
  }

  /// A reading as it may be shown: while its reader is a letter, when and how long they read is left out, which beside the
  /// audit trail would tell who they are. One's own is one's own.
  func shown(_ reading: Reading, under names: ReaderNames, openedAt: Date) -> Reading {
    guard !names.areKnown, reading.reader != actor?.id else { return reading }
    var shown = reading
    shown.reader = PrincipalID(names.title(of: reading.reader))
    shown.seconds = 0
    // Who amended is on record by name.
    (shown.version, shown.amendment) = (1, nil)
    // So is whose passphrase was reset.
    shown.unproven = nil
    if reading.state.isSigned { shown.state = .signed(openedAt) }
    return shown
  }

  func openedAt(_ facts: CaseFacts, round: Int) throws -> Date {
    let at = try db.first("SELECT at FROM opening WHERE case_seq = ? AND round = ?", [facts.seq, round]) {
      try $0[0] as String
    }
    return try Timestamp.date(at ?? "")
  }
}

extension Schema {
  /// The secret by which letters are shuffled in consensus. It lies with the study, and is under the chain like its title.
  static let letters = ["ALTER TABLE study ADD COLUMN letters TEXT;"]

  /// A study of an earlier version, in which the letters followed from the seed, is given one.
  static func drawLetters(_ db: Database) throws {
    try db.run("UPDATE study SET letters = ? WHERE letters IS NULL", [Transaction.nonce().hexadecimal])
  }
}
