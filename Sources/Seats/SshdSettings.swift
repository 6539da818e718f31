// What sshd is set to, as `sshd -T` prints it, and what seats need of it: a row a setting.

package struct SshdSettings {
  private let values: [String: [String]]

  package init(_ text: String) {
    values = text.unicodeScalars.split(separator: "\n").reduce(into: [:]) { values, line in
      let parts = line.split(separator: " ", maxSplits: 1).map { String($0) }  // by scalars
      guard let name = parts.first else { return }
      values[name.lowercased(), default: []].append(parts.count > 1 ? parts[1] : "")
    }
  }

  package struct Fault: Hashable, Sendable {
    package var what: String
    package var cure: String
    /// sshd takes it for the whole host only, not below a `Match`.
    package var isOfHost = false

    /// The cure with the place where it goes, as the guide sets it: for this account where sshd allows that.
    package func cure(for account: String) -> String {
      isOfHost
        ? "In /etc/ssh/sshd_config, above any Match: \(cure)"
        : "In /etc/ssh/sshd_config.d/endplate.conf, below ‘Match User \(account)’: \(cure)"
    }
  }

  package var faults: [Fault] {
    Self.wanted.compactMap { row in
      guard let found = values[row.name] ?? (row.isNeeded ? [] : nil), !row.isGood(found) else { return nil }
      return Fault(what: row.what, cure: row.cure, isOfHost: Self.ofHost.contains(row.name))
    }
  }

  private static let ofHost: Set<String> = ["permituserenvironment", "strictmodes"]

  private struct Row: Sendable {
    let name: String
    let isGood: @Sendable ([String]) -> Bool
    let what: String
    let cure: String
    /// sshd says nothing of it where it is not set.
    var isNeeded = false
  }

  private static func row(_ name: String, is wanted: String, _ what: String, _ cure: String) -> Row {
    Row(name: name, isGood: { $0 == [wanted] }, what: what, cure: cure)
  }

  /// Names of variables a client may send without harm: they are read with care.
  private static let harmless: Set<String> = ["LANG", "LC_*", "COLORTERM", "NO_COLOR"]

  private static let wanted = [
    row("pubkeyauthentication", is: "yes", "keys open nothing", "PubkeyAuthentication yes"),
    row(
      "passwordauthentication", is: "no", "a password opens the account itself, with the study in it",
      "PasswordAuthentication no"),
    row(
      "kbdinteractiveauthentication", is: "no", "a password opens the account itself, with the study in it",
      "KbdInteractiveAuthentication no"),
    row(
      "permituserenvironment", is: "no", "lines of keys can set any variable, LD_PRELOAD too",
      "PermitUserEnvironment no"),
    Row(
      name: "acceptenv",
      isGood: { $0.flatMap { $0.unicodeScalars.split(separator: " ") }.allSatisfy { harmless.contains(String($0)) } },
      what: "clients may send more than their locale, to the login shell too", cure: "AcceptEnv LANG LC_*"),
    row("permittunnel", is: "no", "clients may open network tunnels", "PermitTunnel no"),
    row("permittty", is: "yes", "nobody gets a terminal", "PermitTTY yes"),
    row("forcecommand", is: "none", "another command is run instead of the seat", "ForceCommand none"),
    row("strictmodes", is: "yes", "keys in files that others can write are taken", "StrictModes yes"),
    Row(
      name: "clientaliveinterval", isGood: { $0.first.flatMap { Int($0) }.map { (1...300).contains($0) } ?? false },
      what: "a link that died in silence keeps its seat for hours",
      cure: "ClientAliveInterval 15 and ClientAliveCountMax 4"),
    Row(
      name: "clientalivecountmax", isGood: { $0 != ["0"] }, what: "links that died in silence are never let go",
      cure: "ClientAliveCountMax 4"),
    Row(
      name: "setenv",
      isGood: {
        $0.contains { $0.unicodeScalars.split(separator: " ").map { String($0) }.contains("SWIFT_BACKTRACE=enable=no") }
      },
      what: "a program that crashes while it starts may offer its memory at the terminal",
      cure: "SetEnv SWIFT_BACKTRACE=enable=no", isNeeded: true),
  ]
}
