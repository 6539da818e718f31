// What the blob of each kind of key holds, so that a damaged or disguised key is told before sshd passes over it.

/// The fields after the type (RFC 4253, 5656, 8709; PROTOCOL.u2f of OpenSSH).
struct KeyShape {
  enum Field {
    case bytes(count: Int)
    case curve(String, pointBytes: Int)
    case exponent
    case modulus
    case application
  }

  let fields: [Field]

  static func of(_ type: String) -> KeyShape? { all[type].map(KeyShape.init) }

  private static let all: [String: [Field]] = [
    "ssh-ed25519": [.bytes(count: 32)],
    "sk-ssh-ed25519@openssh.com": [.bytes(count: 32), .application],
    "ecdsa-sha2-nistp256": [.curve("nistp256", pointBytes: 65)],
    "ecdsa-sha2-nistp384": [.curve("nistp384", pointBytes: 97)],
    "ecdsa-sha2-nistp521": [.curve("nistp521", pointBytes: 133)],
    "sk-ecdsa-sha2-nistp256@openssh.com": [.curve("nistp256", pointBytes: 65), .application],
    "ssh-rsa": [.exponent, .modulus],
  ]

  /// Types that people have, and why they open no seat.
  static let refused: [String: String] = {
    var refused = ["ssh-dss": "DSA keys are too weak, and sshd no longer takes them"]
    for type in all.keys.map({ $0.hasSuffix(host) ? String($0.dropLast(host.count)) : $0 }) {
      refused["\(type)-cert-v01@openssh.com"] = "this is a certificate; give the plain public key it was made from"
    }
    return refused
  }()

  private static let host = "@openssh.com"
  private static let fewestBits = 2048

  func check(_ blob: [UInt8], type: String) throws(PublicKeyFault) {
    var rest = blob[...]
    guard Self.field(&rest).map({ $0.elementsEqual(type.utf8) }) ?? false else { throw .damaged }
    for field in fields {
      guard let content = Self.field(&rest) else { throw .damaged }
      switch field {
      case .bytes(let count):
        guard content.count == count else { throw .damaged }
      case .curve(let name, let count):
        guard content.elementsEqual(name.utf8), let point = Self.field(&rest), point.count == count,
          point.first == 4
        else { throw .damaged }
      case .exponent, .application:
        guard !content.isEmpty else { throw .damaged }
      case .modulus:
        let number = content.drop { $0 == 0 }
        let bits = number.count * 8 - (number.first?.leadingZeroBitCount ?? 0)
        guard bits >= Self.fewestBits else { throw .tooShort(bits: bits, needed: Self.fewestBits) }
      }
    }
    guard rest.isEmpty else { throw .damaged }
  }

  /// A string of SSH: four bytes of length, big-endian, then the content.
  private static func field(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard rest.count >= 4 else { return nil }
    let count = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    guard rest.count - 4 >= count else { return nil }
    let content = rest.dropFirst(4).prefix(count)
    rest = rest.dropFirst(4 + count)
    return content
  }
}
