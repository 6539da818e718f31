// Waiting: keys, signals and wakes, all in one place.

import CTerminal
import Glibc
import Grid

extension CursesTerminal {
  /// More than this in one batch is shown in between.
  private static let batch = 1 << 16

  package func poll(timeout: Duration?, watching descriptors: [Int32]) -> [TerminalEvent] {
    let deadline = timeout.map { ContinuousClock.now + $0 }
    while true {
      var waits = ([input, signals] + descriptors).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      let until = [deadline, silence].compactMap { $0 }.min()
      let wait = until.map { max(.zero, $0 - .now).milliseconds } ?? -1
      _ = ct_poll(&waits, nfds_t(waits.count), wait)
      var events = signalEvents()
      if waits[0].revents != 0 { events += readKeys().map { .key($0) } }
      if let silence, silence <= .now { events += decoder.flush().map { .key($0) } }
      if hungUp { events.append(.hangup) }
      events += waits.dropFirst(2).filter { $0.revents != 0 }.map { .wake($0.fd) }
      if !events.isEmpty { return events }
      if let deadline, deadline <= .now { return [.idle] }
    }
  }

  /// When what has begun is given up, if nothing follows; nil where nothing has.
  private var silence: ContinuousClock.Instant? {
    decoder.patience.map { heard + .milliseconds($0) }
  }

  package func discardKeys() { _ = readKeys() }

  /// Every key that waits.
  private func readKeys() -> [Key] {
    var keys: [Key] = []
    var bytes = [UInt8](repeating: 0, count: 4096)
    var total = 0
    while total < CursesTerminal.batch, isReadable {
      let count = read(input, &bytes, bytes.count)
      if count < 0, errno == EINTR { continue }
      if count <= 0 {
        hungUp = true
        return keys
      }
      keys += decoder.feed(bytes[..<count])
      heard = .now
      total += count
    }
    return keys
  }

  private var isReadable: Bool {
    var wait = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
    return Glibc.poll(&wait, 1, 0) > 0
  }

  /// Signals since the last time, each kind once: a storm of resizes is one.
  private func signalEvents() -> [TerminalEvent] {
    var bytes = [UInt8](repeating: 0, count: 256)
    var numbers: Set<Int32> = []
    while true {
      let count = read(signals, &bytes, bytes.count)
      guard count > 0 else { break }
      numbers.formUnion(bytes[..<count].map { Int32($0) })
    }
    var events: [TerminalEvent] = []
    if numbers.contains(SIGHUP) { hungUp = true }
    if numbers.contains(SIGTERM) || numbers.contains(SIGQUIT) { events.append(.terminate) }
    if numbers.contains(SIGINT) { events.append(.interrupted) }
    let before = size
    if numbers.contains(SIGTSTP) {
      suspend()
      events.append(.continued)
    } else if numbers.contains(SIGCONT) {
      takeBack()
      events.append(.continued)
    } else if numbers.contains(SIGWINCH) {
      takeSize()
    }
    if size != before { events.append(.resized(size)) }
    return events
  }
}
