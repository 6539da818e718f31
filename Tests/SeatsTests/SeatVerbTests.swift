// What a client may ask of a seat, and in which words.

import Testing

@testable import Seats

@Suite struct SeatVerbTests {
  private let verbs = [
    SeatVerb("list", flags: ["--json"], values: ["--filter"]),
    SeatVerb("show", usage: "CASE", arguments: 1...1, flags: ["--linear"], values: ["--examination"]),
    SeatVerb("consensus", "minutes", usage: "CASE", arguments: 1...1),
  ]

  @Test(
    "what is listed is read, in a form that can mean one thing only",
    arguments: [
      ("list", ["list"]), ("  list\t--json ", ["list", "--json"]), ("show 5 --linear", ["show", "5", "--linear"]),
      ("show --examination 10.5 5", ["show", "5", "--examination=10.5"]),
      ("show --examination=10.5 5", ["show", "5", "--examination=10.5"]),
      ("list --filter 'age:>60 sex:f'", ["list", "--filter=age:>60 sex:f"]),
      ("list --filter \"it's\"", ["list", "--filter=it's"]), ("'show' '5;id'", ["show", "5;id"]),
      ("consensus minutes 2", ["consensus minutes", "2"]),
    ])
  func read(text: String, expected: [String]) throws {
    let (verb, arguments) = try SeatVerb.read(text, among: verbs)

    #expect([verb.name] + arguments == expected)
  }

  @Test(
    "all else is refused",
    arguments: [
      "", " ", "sh", "bash -i", "/bin/sh", "backup /tmp/x", "seat open R2", "open", "grade 1 rim=present", "import x",
      "scp -f study", "scp -t .", "rsync --server --sender . .", "git-upload-pack 'x'", "internal-sftp",
      "/usr/lib/openssh/sftp-server", "list; id", "list && id", "list | sh", "list > /tmp/x", "list < /etc/passwd",
      "list `id`", "list $(id)", "list ${HOME}", "list $HOME", "list *", "list ~", "list &", "list # x", "list\nid",
      "list\r\nid", "list\0", "list\u{1B}[2J", "list\u{85}", "list \\\nid", "li\\st", "list 'a", "list extra",
      "list --study /tmp/other.study", "list --study=/tmp/other.study", "list --as R2", "list --as=R2", "list --",
      "list --jso", "list --json=1", "list -j", "list --filter", "list --filter=", "list --filter --json",
      "list --filter ''", "list --help", "list --version", "list --keys x", "list --dump x", "show", "show 1 2",
      "show -5", "show 1 --examination --linear", "consensus", "consensus vote 2", "--json list",
      "show 1 --filter x", "agreement --ratings x", "LIST", "list\u{A0}--json",
      String(repeating: "list ", count: 1000),
    ])
  func refused(text: String) {
    #expect(throws: SeatRefusal.self) { try SeatVerb.read(text, among: verbs) }
  }

  @Test("a refusal says what can be asked")
  func words() {
    let refusal = #expect(throws: SeatRefusal.self) { try SeatVerb.read("rm -rf /", among: verbs) }

    #expect(
      refusal?.message
        == "‘rm’ cannot be asked of a seat; these can: list [--json] [--filter …], "
        + "show CASE [--linear] [--examination …], consensus minutes CASE. Without a command ssh opens the workstation")
  }
}
