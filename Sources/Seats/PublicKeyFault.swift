// Why a file is no key that can open a seat.

package enum PublicKeyFault: Error, Hashable, Sendable {
  case empty
  case tooLong(Int)
  case notText
  case privateKey
  case otherFormat
  case severalLines(Int)
  case optionsInFront
  case refusedType(String, why: String)
  case unknownType(String)
  case tooShort(bits: Int, needed: Int)
  case damaged

  /// What is wrong and the cure; the file's name goes in front.
  package var message: String {
    switch self {
    case .empty: "there is nothing in it; ask for the .pub file that ssh-keygen made"
    case .tooLong(let count): "it has \(count) bytes and no public key is that long; ask for the .pub file"
    case .notText: "it is not a line of text; ask for the .pub file that ssh-keygen made"
    case .privateKey:
      "this is a private key, which its owner must not give away: they should make a new pair "
        + "(ssh-keygen -t ed25519) and send the .pub file"
    case .otherFormat: "this key is in another format; convert it with: ssh-keygen -i -f FILE > FILE.pub"
    case .severalLines(let count): "it has \(count) lines; a seat takes one key: one line in a file of its own"
    case .optionsInFront: "there are options in front of the key; delete them: Endplate writes its own"
    case .refusedType(let type, let why): "\(type): \(why); make one with: ssh-keygen -t ed25519"
    case .unknownType(let type):
      "‘\(type.prefix(40))’ is not a type of key; the line begins with one, as ssh-ed25519. Ask for the .pub file"
    case .tooShort(let bits, let needed):
      "the RSA key has \(bits) bits, at least \(needed) are needed; make one with: ssh-keygen -t ed25519"
    case .damaged: "the key in it is damaged; ask for the .pub file again"
    }
  }
}
