// What a study needs of the host under it: a disk that keeps what it took, a clock, a locale, terminal descriptions.

import CTerminal
import Desk
import Foundation
import TextSafety

struct HostChecks {
  /// Nil where there is none.
  let study: String?

  var findings: [Diagnosis] { disk + [clock, locale, terminals, pictures] }

  private var folder: String? { study.map(\.folderOfPath).map { $0.isEmpty ? "." : $0 } }

  // MARK: Pictures

  private var pictures: Diagnosis {
    do throws(Failure) {
      return Diagnosis(state: .good, thing: "pictures: endplate-dicom, \(try PictureChild().versions())")
    } catch {
      return Diagnosis(
        state: .poor,
        thing: "pictures: no DICOM or PNG file can be added, shown or written here; what a study keeps is still seen",
        cure: error.words)
    }
  }

  // MARK: Disk

  /// Magic numbers of statfs(2).
  private static let remote: [UInt32: String] = [
    0x6969: "NFS", 0xFF53_4D42: "SMB", 0xFE53_4D42: "SMB", 0x6573_5546: "FUSE",
  ]
  private static let memory: Set<UInt32> = [0x0102_1994, 0x8584_58F6]

  private var disk: [Diagnosis] {
    guard let folder else { return [] }
    let number = ct_file_system(folder)
    if let name = Self.remote[number] {
      return [
        Diagnosis(
          state: .broken, thing: "disk: \(folder) is on another host (\(name)), where SQLite cannot keep its locks",
          cure: "Move the study to a disk of this host.")
      ]
    }
    if Self.memory.contains(number) {
      return [
        Diagnosis(
          state: .poor, thing: "disk: \(folder) is in memory and gone when the host restarts",
          cure: "Move the study to a disk.")
      ]
    }
    guard let times = syncTimes(folder), let median = times.sorted().dropFirst(times.count / 2).first else {
      return [Diagnosis(state: .poor, thing: "disk: \(folder) cannot be written to")]
    }
    let microseconds = Int(median / .microseconds(1))
    // A write to the fastest disks takes some ten microseconds; less means that nothing waits for it.
    return microseconds < 10
      ? [
        Diagnosis(
          state: .poor, thing: "disk: to sync does nothing (\(microseconds) µs)",
          cure: "Switch on what was switched off: eatmydata, a mount option, a setting of the virtual machine.")
      ] : [Diagnosis(state: .good, thing: "disk: what is stored is on it after \(Double(microseconds) / 1000) ms")]
  }

  private func syncTimes(_ folder: String) -> [Duration]? {
    let path = "\(folder)/.endplate-doctor-\(getpid())"
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { return nil }
    defer {
      close(file)
      unlink(path)
    }
    let page = [UInt8](repeating: 0x45, count: 4096)
    return (0..<15).compactMap { _ in
      let start = ContinuousClock.now
      return write(file, page, page.count) == page.count && fdatasync(file) == 0 ? ContinuousClock.now - start : nil
    }
  }

  // MARK: Clock, locale, terminals

  private var clock: Diagnosis {
    var status = stat()
    if let study, stat(study, &status) == 0, status.st_mtim.tv_sec > time(nil) + 60 {
      return Diagnosis(
        state: .broken, thing: "clock: it stands before the last write to the study",
        cure: "Set it; the audit trail dates by it.")
    }
    return ct_clock_is_kept()
      ? Diagnosis(state: .good, thing: "clock: kept right")
      : Diagnosis(
        state: .poor, thing: "clock: nobody keeps it right", cure: "Install chrony, or switch systemd-timesyncd on.")
  }

  private var locale: Diagnosis {
    // Seats are opened in this one, whatever the client's is called.
    guard let locale = newlocale(1 << LC_CTYPE, "C.UTF-8", nil) else {
      return Diagnosis(
        state: .poor, thing: "locale: there is no C.UTF-8 here, so seats are drawn in ASCII",
        cure: "Install it (libc-bin).")
    }
    freelocale(locale)
    return Diagnosis(state: .good, thing: "locale: C.UTF-8 is there for seats")
  }

  /// What people come with.
  private static let commonTerminals = [
    "xterm", "xterm-256color", "screen", "screen-256color", "tmux", "tmux-256color", "linux", "vt100", "putty",
    "rxvt-unicode-256color", "konsole-256color", "gnome-256color", "st-256color", "alacritty", "foot", "xterm-kitty",
  ]

  private var terminals: Diagnosis {
    let missing = Self.commonTerminals.filter { ct_terminal_kind($0, STDOUT_FILENO) == CT_UNKNOWN }
    return missing.isEmpty
      ? Diagnosis(state: .good, thing: "terminals: all common ones are described here")
      : Diagnosis(
        state: .poor, thing: "terminals: taken for xterm-256color: \(missing.joined(separator: ", "))",
        cure: "apt-get install ncurses-term")
  }
}
