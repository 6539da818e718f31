// What a terminal sends although nobody typed: answers that come late, reports of modes somebody left on.

/// One of each kind (xterm's ctlseqs; kitty's keyboard protocol; ECMA-48).
package let terminalReplies: [String] = strings + reports + others

/// OSC, DCS, APC, PM and SOS in 7 bits, ended by ST or BEL, and with controls of C1.
private let strings: [String] = bodies.flatMap { body -> [String] in
  let introducer: String = c1Forms[String(body.prefix(1))] ?? ""
  let text: String = String(body.dropFirst())
  return ["\u{1B}\(body)\u{1B}\\", "\u{1B}\(body)\u{7}", "\(introducer)\(text)\u{9C}"]
}

private let c1Forms: [String: String] = [
  "]": "\u{9D}", "P": "\u{90}", "_": "\u{9F}", "^": "\u{9E}", "X": "\u{98}",
]

private let bodies: [String] = [
  "]11;rgb:1111/2222/3333", "]4;1;rgb:cdcd/0000/0000", "]52;c;MTI0", "]lq1 title", "]10;?;123g", "P>|XTerm(388)",
  "P1$r0;1m", "P1+r544e=787465726d", "P!|00000000", "_Gi=1;OK", "^private 1", "Xstart 2", "]11;Ü1脊2",
]

/// CSI in both forms.
private let reports: [String] = sequences.flatMap { body -> [String] in
  ["\u{1B}[\(body)", "\u{9B}\(body)"]
}

private let sequences: [String] = [
  "?1;2c", ">41;388;0c", "=1c", "0n", "?997;1n", "24;80R", "1;5R", "?24;80;1R", "I", "O", "<0;12;3M", "<0;12;3m",
  "32;11;5M", "M !1", "t12", "T123456", "8;24;80t", "?2026;2$y", "?62;4;6c", "97u", "97;5u", "27;5;106~", "1;1:3A",
  "3;1:3~", "99~", "1;2;3;4y", "?1;0;256S", ">4;2m", "2;1;1;1;1;1x", "201~",
  String(repeating: "1;", count: 200) + "2c", "1;\u{18}",
]

private let others: [String] = [
  "\u{1B}O5j", "\u{1B}j", "\u{1B}1", "\u{1B}#8", "\u{1B} G", "\u{85}", "\u{9B}1;5y", "\u{1B}\r",
]

/// Whether a reply is still one sequence where it is cut there. A chord of Alt cut in two is Esc and a key: nothing tells
/// it from a person.
package func isOneSequence(_ reply: [UInt8], cutAt cut: Int) -> Bool {
  cut > 1 || reply.count < 2 || reply[0] != 0x1B || Array("[O]PX^_".utf8).contains(reply[1])
}
