// What the tests of files share.

import Interchange
import ReviewCore

func file(_ text: String, _ name: String = "case.yaml") -> InputFile { InputFile(name: name, bytes: Array(text.utf8)) }

/// The faults of a case file as they are printed.
func faults(_ text: String) -> [String] { CaseFileReader.read(file(text)).faults.map(\.description) }

let head = "format: endplate-case/1\nid: 9\n"

/// A random number generator whose sequence is given by its seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
