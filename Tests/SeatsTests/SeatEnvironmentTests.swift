// Of what a client sends nothing is taken over unseen.

import Testing

@testable import Seats

@Suite struct SeatEnvironmentTests {
  private func environment(_ given: [String: String]) -> SeatEnvironment {
    SeatEnvironment(given: given, home: "/home/study", user: "study")
  }

  private let plain = [
    "HOME": "/home/study", "USER": "study", "LOGNAME": "study", "PATH": "/usr/bin:/bin", "TERM": "xterm-256color",
    "LC_ALL": "C.UTF-8",
  ]

  @Test("what is not known is not there")
  func dropped() {
    let given = [
      "TERM": "xterm-256color", "LANG": "en_GB.UTF-8", "ENDPLATE_STUDY": "/other.study", "XDG_DATA_HOME": "/tmp",
      "XDG_CONFIG_HOME": "/tmp", "XDG_STATE_HOME": "/tmp", "TERMINFO": "/tmp/t", "TERMINFO_DIRS": "/tmp/t",
      "TERMCAP": "x:", "NCURSES_NO_UTF8_ACS": "1", "NCURSES_TRACE": "9", "HOME": "/tmp", "USER": "root",
      "LD_PRELOAD": "/tmp/x.so", "LOCPATH": "/tmp", "LC_MESSAGES": "../../tmp/x", "LANGUAGE": "x", "TZ": ":/tmp/x",
      "COLUMNS": "9999999", "LINES": "-1", "SQLITE_TMPDIR": "/tmp", "TMPDIR": "/tmp", "PATH": "/tmp",
      "SSH_ORIGINAL_COMMAND": "list", "BASH_ENV": "/tmp/x", "no_color": "1", "ESCDELAY": "99999999",
    ]

    #expect(environment(given).variables == plain)
    #expect(environment(given).advice.isEmpty)
  }

  @Test(
    "a terminal's name is a name, or nothing",
    arguments: [
      ("tmux-256color", true), ("rxvt-unicode+x", true), ("", true), ("../../tmp/evil", false), ("/tmp/evil", false),
      ("xterm\n", false), ("x term", false), ("xterm;id", false), ("xtërm", false),
      (String(repeating: "x", count: 65), false),
    ])
  func terminal(name: String, isKept: Bool) {
    let environment = environment(["TERM": name])

    #expect(environment.variables["TERM"] == (isKept ? name : ""))
    #expect(environment.advice.isEmpty == isKept)
  }

  @Test(
    "of a locale only the character set is taken; the first that is set counts, and none is UTF-8",
    arguments: [
      ([:], true), (["LANG": ""], true), (["LANG": "de_DE.UTF-8"], true), (["LANG": "C.utf8"], true),
      (["LANG": "ca_ES.UTF-8@valencia"], true), (["LANG": "C"], false), (["LANG": "POSIX"], false),
      (["LANG": "de_DE.ISO-8859-1"], false), (["LANG": "de_DE"], false), (["LANG": "../../../tmp/x"], false),
      (["LANG": "C", "LC_CTYPE": "C.UTF-8"], true), (["LANG": "C.UTF-8", "LC_ALL": "C"], false),
      (["LANG": "C", "LC_ALL": ""], false), (["LANG": "UTF-8"], false),
    ])
  func locale(given: [String: String], isUTF8: Bool) {
    let environment = environment(given)

    #expect(environment.variables["LC_ALL"] == (isUTF8 ? "C.UTF-8" : "C"))
    #expect(environment.advice.isEmpty == isUTF8)
  }

  @Test(
    "the client's address is what sshd wrote",
    arguments: [
      ("192.0.2.7 50000 198.51.100.1 22", "192.0.2.7"), ("2001:db8::1 1 ::1 22", "2001:db8::1"),
      ("fe80::1%eth0 1 ::1 22", "fe80::1%eth0"), ("", nil), ("192.0.2.7", nil), ("a\nb 1 2 3", nil),
      ("$(id) 1 2 3", nil), ("\u{1B}[2J 1 2 3", nil),
    ])
  func client(connection: String, address: String?) {
    #expect(SeatEnvironment.client(connection) == address)
    #expect(environment(["SSH_CONNECTION": connection]).variables["SSH_CONNECTION"] == address.map { _ in connection })
  }

  @Test("a wish for no colour is kept")
  func noColor() {
    #expect(environment(["NO_COLOR": "x y"]).variables["NO_COLOR"] == "1")
  }
}
