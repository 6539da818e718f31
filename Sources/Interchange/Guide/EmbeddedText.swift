// Texts that are part of the program.

import CGuide

package struct EmbeddedText: Sendable {
  /// As it is asked for: `swift-crypto`.
  package let name: String
  /// What it is, in a line.
  package let about: String
  package let text: String

  /// The guide, in the order in which it is read; in Markdown. The first paragraph of each is what `about` says.
  package static let chapters = list(cg_chapter)

  /// The licences of all that is linked into the program, word for word.
  package static let licences = list(cg_licence)

  /// The commit the program was built from; nil where the build was not told.
  package static let commit: String? = {
    let commit = String(cString: cg_commit())
    return commit.isEmpty ? nil : commit
  }()

  private static func list(_ entry: (Int) -> cg_text) -> [EmbeddedText] {
    var texts: [EmbeddedText] = []
    while case let found = entry(texts.count), let name = found.name {
      let bytes = UnsafeBufferPointer(start: found.bytes, count: found.length)
      texts.append(
        EmbeddedText(
          name: String(cString: name), about: String(cString: found.about), text: String(decoding: bytes, as: UTF8.self)
        ))
    }
    return texts
  }
}
