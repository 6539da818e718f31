// The environment of a seat: made anew, with nothing in it that a client chose but what was looked at here.

package struct SeatEnvironment: Hashable, Sendable {
  /// All of it.
  package let variables: [String: String]
  /// What the person at the other end should know.
  package let advice: [String]

  /// - Parameters:
  ///   - given: what sshd started the seat with.
  ///   - home, user: of the account, from the user database.
  package init(given: [String: String], home: String, user: String) {
    let terminal = given["TERM"] ?? ""
    let isName = terminal.utf8.count <= 64 && terminal.utf8.allSatisfy(Self.isInTerminalName)
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { given[$0] }.first { !$0.isEmpty }
    let isUTF8 = locale.map(Self.isUTF8) ?? true
    var variables = [
      "HOME": home, "USER": user, "LOGNAME": user, "PATH": "/usr/bin:/bin", "TERM": isName ? terminal : "",
      "LC_ALL": isUTF8 ? "C.UTF-8" : "C",
    ]
    if let color = given["NO_COLOR"], !color.isEmpty { variables["NO_COLOR"] = "1" }
    if let connection = given["SSH_CONNECTION"], Self.client(connection) != nil {
      variables["SSH_CONNECTION"] = connection
    }
    if let delay = given["ESCDELAY"], (1...4).contains(delay.utf8.count),
      delay.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    {
      variables["ESCDELAY"] = delay
    }
    self.variables = variables
    advice =
      (isName ? [] : ["the name of your terminal (TERM) is not one"])
      + (isUTF8
        ? []
        : ["your LANG is without UTF-8, so this is drawn in ASCII; better is: LC_ALL=C.UTF-8 ssh …"])
  }

  /// The address at the front of SSH_CONNECTION, which sshd sets.
  package static func client(_ connection: String) -> String? {
    let parts = connection.unicodeScalars.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 4, let address = parts.first.map({ String($0) }), (2...64).contains(address.utf8.count),
      connection.utf8.allSatisfy({ byte in
        isInTerminalName(byte) || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "%") || byte == 0x20
      })
    else { return nil }
    return address
  }

  /// Letters, digits and `+-._`: no path, and nothing that a terminal description could be smuggled in with.
  private static func isInTerminalName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: "+-._".utf8.contains(byte)
    }
  }

  /// The part behind the dot: `de_DE.UTF-8@euro`. Only this is taken of a client's locale, never its name.
  private static func isUTF8(_ locale: String) -> Bool {
    let charset = locale.drop { $0 != "." }.dropFirst().prefix { $0 != "@" }
    return ["utf-8", "utf8"].contains(charset.lowercased())
  }
}
