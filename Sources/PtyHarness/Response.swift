// How quickly a program answers to keys, and with how many bytes.

package struct Response: Sendable {
  /// From the first key written to the first and the last byte of the answer.
  package let first: Duration
  package let last: Duration
  package let bytes: Int

  package init(first: Duration, last: Duration, bytes: Int) {
    self.first = first
    self.last = last
    self.bytes = bytes
  }
}

extension PtyProcess {
  /// Types keys and takes the answer: everything until nothing has come for `silence`, which is not counted. Nil where
  /// nothing comes at all within the limit.
  package func respond(
    to keys: String, silence: Duration = .milliseconds(20), atMost limit: Duration = .seconds(10)
  ) -> Response? {
    let start = ContinuousClock.now
    let before = output.count
    type(keys)
    guard read(within: limit) > 0 else { return nil }
    let first = ContinuousClock.now - start
    var last = first
    while read(within: silence) > 0 { last = ContinuousClock.now - start }
    return Response(first: first, last: last, bytes: output.count - before)
  }
}
