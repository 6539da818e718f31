// What seats over SSH need of the host: sshd's settings, the modes of the account's files, the seats' own lines.

import Desk
import CaseStore
import Foundation
import Seats

struct SeatChecks {
  var findings: [Diagnosis] {
    guard FileManager.default.isExecutableFile(atPath: Self.sshd) else {
      return [Diagnosis(state: .good, thing: "ssh: no sshd here; nobody comes over SSH")]
    }
    do {
      let account = try Account.current()
      return settings(account) + modes(account) + (try seats())
    } catch {
      return [Diagnosis(state: .poor, thing: "seats: " + words(of: error))]
    }
  }

  // MARK: sshd

  private static let sshd = "/usr/sbin/sshd"

  private func settings(_ account: Account) -> [Diagnosis] {
    guard let text = printedSettings(account) else {
      return [
        Diagnosis(
          state: .poor, thing: "ssh: sshd does not say how it is set",
          cure: "Look for faults in its configuration: sudo sshd -t")
      ]
    }
    let faults = SshdSettings(text).faults
    return faults.isEmpty
      ? [Diagnosis(state: .good, thing: "ssh: sshd is set as seats need it")]
      : faults.map { Diagnosis(state: .poor, thing: "ssh: \($0.what)", cure: $0.cure(for: account.name)) }
  }

  /// The settings as they are for this account. sshd wants a host key before it says anything, and only root can read
  /// the real ones: it gets one made for the question.
  private func printedSettings(_ account: Account) -> String? {
    var folder = Array("/tmp/endplate-doctor-XXXXXX".utf8CString)
    guard mkdtemp(&folder) != nil else { return nil }
    let made = String(decoding: folder.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { try? FileManager.default.removeItem(atPath: made) }
    let key = "\(made)/key"
    let client = "user=\(account.name),host=localhost,addr=127.0.0.1"
    guard output("/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key]) != nil else { return nil }
    return output(Self.sshd, ["-T", "-h", key, "-C", client])
  }

  /// Nil where the program fails.
  private func output(_ program: String, _ arguments: [String]) -> String? {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil, let bytes = try? pipe.fileHandleForReading.readToEnd() ?? Data() else {
      return nil
    }
    process.waitUntilExit()
    return process.terminationStatus == 0 ? String(decoding: bytes, as: UTF8.self) : nil
  }

  // MARK: Files

  /// With StrictModes sshd passes over keys in files that others could have written.
  private func modes(_ account: Account) -> [Diagnosis] {
    [account.home, "\(account.home)/.ssh", "\(account.home)/.ssh/authorized_keys"].compactMap { path in
      var status = stat()
      guard stat(path, &status) == 0, status.st_mode & 0o022 != 0 else { return nil }
      return Diagnosis(
        state: .poor, thing: "ssh: others can write to \(path), so sshd passes over its keys",
        cure: "chmod go-w \(path)")
    }
  }

  private func seats() throws -> [Diagnosis] {
    let file = try AuthorizedKeysFile(named: nil)
    let entries = try file.read().entries
    let faults = entries.flatMap { entry in
      let seat = entry.seat
      let open = entry.excess.map { "its key may do more than open its seat: \($0)" }
      let missing =
        FileManager.default.isExecutableFile(atPath: seat.program) ? [] : ["\(seat.program) is not there to be run"]
      return (open + missing + binding(seat) + writable(seat.program) + Exposure.faults(of: seat.study, strictly: true))
        .map {
          Diagnosis(
            state: .poor, thing: "seat of \(seat.principal) (\(file.path):\(entry.number)): \($0)",
            cure: "Correct it; endplate seat add --renew --study FILE rewrites the lines of a study")
        }
    }
    return entries.isEmpty || !faults.isEmpty
      ? faults : [Diagnosis(state: .good, thing: "seats: \(entries.count), each shut in as it should be")]
  }

  /// Whether a line leads to the study that it was written for.
  private func binding(_ seat: SeatLine) -> [String] {
    guard FileManager.default.fileExists(atPath: seat.study) else {
      return ["there is no study at \(seat.study); was it moved?"]
    }
    guard let uuid = seat.uuid else { return ["its line is of the first version and good for one sitting"] }
    guard let found = try? StudyStore.identity(at: seat.study), found != uuid else { return [] }
    return ["at \(seat.study) lies another study than the line is for"]
  }

  private func writable(_ program: String) -> [String] {
    var status = stat()
    guard stat(program, &status) == 0, status.st_mode & 0o022 != 0 else { return [] }
    return ["others can change \(program); chmod go-w \(program)"]
  }
}
