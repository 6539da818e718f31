// What the store is told about the world around it: time, ids, and who runs the program from where.

import Foundation
import ReviewCore

/// Passed in, so that tests and scripts get the same study from the same acts.
public struct StoreEnvironment: Sendable {
  public var now: @Sendable () -> Date
  /// A new text UUID.
  public var newID: @Sendable () -> String
  /// Account on the host.
  public var osUser: String
  /// Address from which an SSH session came.
  public var client: String?
  /// Fingerprint of the key that opened a seat. sshd has checked the key, so it stands for the passphrase.
  public var keyFingerprint: String?
  public var programVersion: String
  /// At whose seat a guest acts; the client and the key are that seat's then. Nil at one's own.
  var seat: PrincipalID?
  /// What the sitting was opened with; every handle has its own.
  var sitting = SittingProof()
  /// Waits for some seconds; only wrong passphrases ask for it.
  public var sleep: @Sendable (Double) -> Void

  public init(
    now: @escaping @Sendable () -> Date, newID: @escaping @Sendable () -> String, osUser: String,
    client: String? = nil, keyFingerprint: String? = nil, programVersion: String,
    sleep: @escaping @Sendable (Double) -> Void = StoreEnvironment.wait
  ) {
    self.now = now
    self.newID = newID
    self.osUser = osUser
    self.client = client
    self.keyFingerprint = keyFingerprint
    self.programVersion = programVersion
    self.sleep = sleep
  }

  /// Signals do not cut it short.
  public static let wait: @Sendable (Double) -> Void = { seconds in
    let end = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < end { usleep(20_000) }
  }
}
