// Keys as people send them: the good ones are taken, the others named.

import Testing

@testable import Seats

@Suite struct PublicKeyTests {
  @Test(
    "a key is taken with the fingerprint that ssh-keygen prints, whatever its comment says",
    arguments: [
      (Keys.ed25519, Keys.ed25519Fingerprint), (Keys.ecdsa, Keys.ecdsaFingerprint), (Keys.rsa, Keys.rsaFingerprint),
    ],
    ["", "\n", " ann@home\r\n", " \"; rm -rf ~ # $(id) ‘Ännchen’\n\n"])
  func good(key: (text: String, fingerprint: String), comment: String) throws {
    let read = try PublicKey(file: (key.text + comment).utf8)

    #expect(read.fingerprint.text == key.fingerprint)
    #expect("\(read.type) \(read.base64)" == key.text)
  }

  @Test(
    "what is no key that opens a seat is refused by what is wrong with it",
    arguments: [
      ("", .empty),
      (" \n\n", .empty),
      (String(repeating: "x", count: 20_000), .tooLong(20_000)),
      ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk=\n", .privateKey),
      ("---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n---- END SSH2 PUBLIC KEY ----\n", .otherFormat),
      ("\(Keys.ed25519)\n\(Keys.rsa)\n", .severalLines(2)),
      ("\(Keys.ed25519)\rrestrict \(Keys.rsa)\n", .severalLines(2)),
      ("\(Keys.ed25519) comment\nover two lines", .severalLines(2)),
      ("command=\"/bin/sh\" \(Keys.ed25519)\n", .optionsInFront),
      ("pty,command=\"a b\" \(Keys.ed25519)\n", .optionsInFront),
      ("\(Keys.ed25519) \u{1B}[2J\n", .notText),
      (Keys.dsa, .refusedType("ssh-dss", why: "DSA keys are too weak, and sshd no longer takes them")),
      ("ssh-quantum AAAA\n", .unknownType("ssh-quantum")),
      (Keys.shortRSA, .tooShort(bits: 1024, needed: 2048)),
      ("ssh-ed25519\n", .damaged),
      ("ssh-ed25519 AAAA\n", .damaged),
      (String(Keys.ed25519.dropLast(4)), .damaged),
      (Keys.ed25519 + "AAAA", .damaged),
      // The name in front and the name inside are two.
      (Keys.ecdsa.replacing("nistp384 ", with: "nistp256 "), .damaged),
      (Keys.ed25519.replacing("ssh-ed25519 ", with: "ssh-rsa "), .damaged),
    ] as [(String, PublicKeyFault)])
  func refused(file: String, fault: PublicKeyFault) {
    #expect(throws: fault) { try PublicKey(file: file.utf8) }
    #expect(fault.message.contains(";") || fault.message.contains(":"), "no cure: \(fault.message)")
  }

  @Test("bytes that are no text are refused")
  func noText() {
    #expect(throws: PublicKeyFault.notText) { try PublicKey(file: [0xFF, 0xFE, 0x20, 0x41]) }
  }

  @Test(
    "only what names a key is a fingerprint",
    arguments: [
      (Keys.ed25519Fingerprint, true), (String(Keys.ed25519Fingerprint.dropLast()), false),
      ("MD5" + Keys.ed25519Fingerprint.dropFirst(3), false), (Keys.ed25519Fingerprint + "=", false),
      ("SHA256:" + String(repeating: "'", count: 43), false), ("", false),
    ])
  func fingerprint(text: String, isOne: Bool) {
    #expect(KeyFingerprint(text)?.text == (isOne ? text : nil))
  }
}
