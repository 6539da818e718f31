// A program over a pseudo-terminal: its bytes, and what a terminal can do to it.

import Glibc

package struct TerminalSize: Hashable, Sendable {
  package var columns: Int
  package var rows: Int

  package init(_ columns: Int, _ rows: Int) {
    self.columns = columns
    self.rows = rows
  }

  var window: winsize {
    winsize(ws_row: UInt16(clamping: rows), ws_col: UInt16(clamping: columns), ws_xpixel: 0, ws_ypixel: 0)
  }
}

package final class PtyProcess {
  package let pid: pid_t
  /// Everything it has sent so far.
  package private(set) var output: [UInt8] = []
  private var terminal: Int32
  private var end: ProgramEnd?

  package init(_ launch: Launch, size: TerminalSize = TerminalSize(80, 24)) throws(LaunchError) {
    var (master, slave): (Int32, Int32) = (-1, -1)
    var window = size.window
    var name = [CChar](repeating: 0, count: 256)
    guard openpty(&master, &slave, &name, nil, &window) == 0 else {
      throw LaunchError("cannot open a pseudo-terminal", errno)
    }
    // The program opens its side by name; were this end left open in it, closing it here would be no hang-up.
    _ = fcntl(master, F_SETFD, FD_CLOEXEC)
    _ = fcntl(slave, F_SETFD, FD_CLOEXEC)
    _ = fcntl(master, F_SETFL, O_NONBLOCK)
    let path = name.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    terminal = master
    do {
      pid = try launch.start([.open(path, flags: O_RDWR), .same(0), .same(0)], ownSession: true)
    } catch {
      Glibc.close(master)
      Glibc.close(slave)
      throw error
    }
    Glibc.close(slave)
  }

  /// Ends the program, if it still runs, and the terminal.
  deinit {
    if end == nil {
      kill(pid, SIGKILL)
      var status: Int32 = 0
      waitpid(pid, &status, 0)
    }
    if terminal >= 0 { Glibc.close(terminal) }
  }

  // MARK: What a terminal does

  package func type(_ keys: String) { type(Array(keys.utf8)) }

  package func type(_ keys: [UInt8]) {
    var bytes = keys
    while !bytes.isEmpty {
      let count = write(terminal, bytes, bytes.count)
      if count > 0 {
        bytes.removeFirst(count)
      } else if count < 0, errno == EAGAIN {
        // It does not read; it may be waiting for us to.
        read(within: .milliseconds(10))
      } else if errno != EINTR {
        return
      }
    }
  }

  package func resize(_ size: TerminalSize) {
    var window = size.window
    _ = ioctl(terminal, UInt(TIOCSWINSZ), &window)
  }

  package func signal(_ number: Int32) { kill(pid, number) }

  /// The link drops: the terminal is gone.
  package func hangUp() {
    Glibc.close(terminal)
    terminal = -1
  }

  // MARK: What is seen

  /// Takes what comes within a time; answers the number of bytes, 0 where nothing came.
  @discardableResult
  package func read(within time: Duration) -> Int {
    guard terminal >= 0 else { return 0 }
    var wait = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
    let milliseconds = Int32(clamping: time / .milliseconds(1) > 0 ? Int((time / .milliseconds(1)).rounded(.up)) : 0)
    guard poll(&wait, 1, milliseconds) > 0 else { return 0 }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = Glibc.read(terminal, &buffer, buffer.count)
    guard count > 0 else {
      // A terminal whose other side is closed is readable for ever: leave the core to others.
      usleep(1000)
      return 0
    }
    output += buffer[..<count]
    return count
  }

  /// Reads until something holds; answers whether it came to hold in time.
  package func read(until isDone: (PtyProcess) -> Bool, atMost limit: Duration = .seconds(30)) -> Bool {
    let deadline = ContinuousClock.now + limit
    while !isDone(self) {
      guard ContinuousClock.now < deadline else { return false }
      read(within: .milliseconds(20))
    }
    return true
  }

  /// Reads until nothing has come for a time.
  package func readUntilQuiet(for silence: Duration = .milliseconds(300), atMost limit: Duration = .seconds(30)) {
    let deadline = ContinuousClock.now + limit
    var last = ContinuousClock.now
    while ContinuousClock.now - last < silence, ContinuousClock.now < deadline {
      if read(within: silence) > 0 { last = .now }
    }
  }

  /// How it ended, once it has within the time; nil while it runs. What it sends meanwhile is kept.
  package func waitForEnd(atMost limit: Duration = .seconds(30)) -> ProgramEnd? {
    _ = read(until: { $0.hasEnded() }, atMost: limit)
    while read(within: .zero) > 0 {}
    return end
  }

  private func hasEnded() -> Bool {
    if end != nil { return true }
    var status: Int32 = 0
    guard waitpid(pid, &status, WNOHANG) == pid else { return false }
    end = ProgramEnd(status: status)
    return true
  }
}
