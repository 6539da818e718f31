// The account's authorized_keys: lines of seats are added and taken out, every other byte stays.

import Foundation
import ReviewCore

package struct AuthorizedKeys: Hashable, Sendable {
  /// Lines with their ends.
  private var lines: [[UInt8]]

  package init(_ bytes: some Collection<UInt8>) {
    lines = []
    var rest = Array(bytes)[...]
    while let end = rest.firstIndex(of: 0x0A) {
      lines.append(Array(rest[...end]))
      rest = rest[(end + 1)...]
    }
    if !rest.isEmpty { lines.append(Array(rest)) }
  }

  package var bytes: [UInt8] { Array(lines.joined()) }

  /// A line that opens a seat.
  package struct Entry: Hashable, Sendable {
    /// From 1.
    package var number: Int
    package var seat: SeatLine
    /// What the line lets this key do beside its seat; empty as Endplate writes it.
    package var excess: [String]
  }

  package var entries: [Entry] {
    lines.enumerated().compactMap { index, line in
      guard let parsed = KeyLine(line), let command = parsed.command, let seat = SeatLine(command: command) else {
        return nil
      }
      return Entry(number: index + 1, seat: seat, excess: parsed.excess)
    }
  }

  /// Adds a seat.
  ///
  /// - Throws: `Taken` where the key stands in the file already: sshd takes the first line of a key, so a second one
  ///   would open nothing.
  package mutating func add(_ seat: SeatLine, key: PublicKey) throws(Taken) {
    if let index = lines.firstIndex(where: { Self.holds($0, key.blob) }) {
      throw Taken(number: index + 1, seat: entries.first { $0.number == index + 1 }?.seat)
    }
    if let last = lines.last, last.last != 0x0A { lines[lines.count - 1] = last + [0x0A] }
    lines.append(Array((seat.text(key: key) + "\n").utf8))
  }

  package struct Taken: Error, Hashable, Sendable {
    package var number: Int
    /// Nil where the key does something else there.
    package var seat: SeatLine?
  }

  /// Writes commands of seats anew, and leaves what else stands in their lines; answers the seats as they are now.
  package mutating func renew(_ renewed: (SeatLine) -> SeatLine?) -> [SeatLine] {
    entries.compactMap { entry in
      let index = entry.number - 1
      guard let seat = renewed(entry.seat), let command = KeyLine(lines[index])?.command,
        let range = lines[index].firstRange(of: Array("\"\(command)\"".utf8))
      else { return nil }
      lines[index].replaceSubrange(range, with: Array("\"\(seat.command)\"".utf8))
      return seat
    }
  }

  /// Takes out the seats that match; answers them.
  package mutating func remove(where isMeant: (SeatLine) -> Bool) -> [SeatLine] {
    let removed = entries.filter { isMeant($0.seat) }
    let numbers = Set(removed.map(\.number))
    lines = lines.enumerated().filter { !numbers.contains($0.offset + 1) }.map(\.element)
    return removed.map(\.seat)
  }

  /// Whether any word of a line is this key. Looks at more than sshd does, so that none is overlooked.
  private static func holds(_ line: [UInt8], _ blob: [UInt8]) -> Bool {
    guard line.first(where: { $0 != 0x20 && $0 != 0x09 }) != UInt8(ascii: "#") else { return false }
    let blanks: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
    return line.split { blanks.contains($0) }.contains { word in
      Data(base64Encoded: Data(word)).map { $0.elementsEqual(blob) } ?? false
    }
  }
}
