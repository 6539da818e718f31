// Paths as they are written.

extension String {
  /// The folder that a path names its last part in: `a` for `a/b`, `/` for `/b`, nothing for `b`.
  ///
  /// Foundation's own way to it ends the program on a path of a single letter.
  package var folderOfPath: String {
    let slash = UInt8(ascii: "/")
    let path = utf8.reversed().drop { $0 == slash }
    let folder = path.drop { $0 != slash }.drop { $0 == slash }
    if folder.isEmpty { return utf8.first == slash ? "/" : "" }
    return String(decoding: folder.reversed(), as: UTF8.self)
  }
}
