// A pseudo terminal: the test holds the end where a person would sit.

import CTerminal
import Glibc
import Grid

@testable import Terminal

struct Pty {
  let master: Int32
  let slave: Int32

  init?(_ size: Size) {
    var (master, slave): (Int32, Int32) = (-1, -1)
    guard openpty(&master, &slave, nil, nil, nil) == 0 else { return nil }
    (self.master, self.slave) = (master, slave)
    resize(size)
  }

  func resize(_ size: Size) {
    var window = winsize(
      ws_row: UInt16(size.height), ws_col: UInt16(size.width), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &window)
  }

  func options(_ name: String = "xterm-256color", environment: [String: String] = [:]) -> TerminalOptions {
    TerminalOptions(environment: environment.merging(["TERM": name]) { $1 }, input: slave, output: slave)
  }

  /// A terminal in a UTF-8 locale, whatever the machine's is.
  func terminal(_ name: String = "xterm-256color", environment: [String: String] = [:]) throws -> CursesTerminal {
    setenv("LC_ALL", "C.UTF-8", 1)
    return try CursesTerminal(options(name, environment: environment))
  }

  /// Everything sent so far.
  func received() -> [UInt8] {
    var all: [UInt8] = []
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    var wait = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    while Glibc.poll(&wait, 1, 0) > 0 {
      let count = read(master, &bytes, bytes.count)
      guard count > 0 else { break }
      all += bytes[..<count]
    }
    return all
  }

  func type(_ text: String) { _ = write(master, text, text.utf8.count) }

  func close() {
    _ = Glibc.close(master)
    _ = Glibc.close(slave)
  }
}
