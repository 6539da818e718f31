// A slow link on loopback: a proxy that lets bytes through at a rate, and each after a delay.

import Foundation
import Glibc
import PtyHarness

/// For one connection at a time. What does not fit into the link's buffer is not taken from the sender, whose TCP waits.
struct ShapedLink {
  /// Where it listens.
  let port: Int

  /// - Parameters:
  ///   - roundTrip: the time to the other end and back, beside what the bytes take.
  ///   - bitsPerSecond: in each direction.
  init(to target: Int, roundTrip: Duration, bitsPerSecond: Int) throws {
    let listener = try LoopbackSocket()
    port = listener.port
    let delay = roundTrip / 2
    let thread = Thread {
      while true {
        let client = accept(listener.descriptor, nil, nil)
        guard client >= 0, let server = try? LoopbackSocket(connectedTo: target) else { return }
        var link = Link(
          ends: [client, server.descriptor],
          lanes: [Lane(delay: delay, rate: bitsPerSecond), Lane(delay: delay, rate: bitsPerSecond)])
        link.run()
      }
    }
    thread.start()
  }
}

/// One direction.
private struct Lane {
  let delay: Duration
  /// Bits a second.
  let rate: Int
  private var waiting: [(due: ContinuousClock.Instant, bytes: [UInt8])] = []
  private var isFree = ContinuousClock.now

  /// As much as a home router holds back.
  private static let buffer = 16_384

  init(delay: Duration, rate: Int) {
    self.delay = delay
    self.rate = rate
  }

  var hasRoom: Bool { waiting.reduce(0) { $0 + $1.bytes.count } < Self.buffer }
  var nextDue: ContinuousClock.Instant? { waiting.first?.due }

  mutating func take(_ bytes: [UInt8]) {
    isFree = max(.now, isFree) + .seconds(Double(bytes.count * 8) / Double(rate))
    waiting.append((isFree + delay, bytes))
  }

  mutating func arrived(at now: ContinuousClock.Instant) -> [UInt8]? {
    guard let first = waiting.first, first.due <= now else { return nil }
    return waiting.removeFirst().bytes
  }
}

private struct Link {
  let ends: [Int32]
  var lanes: [Lane]

  /// A frame of Ethernet carries so much of TCP.
  private static let packet = 1448

  init(ends: [Int32], lanes: [Lane]) {
    self.ends = ends
    self.lanes = lanes
    for end in ends {
      // The kernel's buffers must not hide what the link holds back.
      var (size, on): (Int32, Int32) = (4096, 1)
      setsockopt(end, SOL_SOCKET, SO_RCVBUF, &size, 4)
      setsockopt(end, Int32(IPPROTO_TCP), TCP_NODELAY, &on, 4)
    }
  }

  mutating func run() {
    var bytes = [UInt8](repeating: 0, count: Self.packet)
    defer { for end in ends { close(end) } }
    while true {
      let due = lanes.compactMap(\.nextDue).min()
      let wait = due.map { Int32(max(0, ($0 - .now) / .milliseconds(1)).rounded(.up)) } ?? -1
      var polls = ends.indices.map { index in
        pollfd(fd: lanes[index].hasRoom ? ends[index] : -1, events: Int16(POLLIN), revents: 0)
      }
      poll(&polls, 2, wait)
      for index in ends.indices where polls[index].revents != 0 {
        let count = read(ends[index], &bytes, bytes.count)
        guard count > 0 else { return }
        lanes[index].take(Array(bytes[..<count]))
      }
      for index in ends.indices {
        while let arrived = lanes[index].arrived(at: .now) {
          guard send(ends[1 - index], arrived, arrived.count, Int32(MSG_NOSIGNAL)) == arrived.count else {
            return
          }
        }
      }
    }
  }
}
