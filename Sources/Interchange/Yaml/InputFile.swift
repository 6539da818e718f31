// A file that was read, whole, with the name people know it by.

import Foundation
import TextSafety

package struct InputFile: Hashable, Sendable {
  /// Larger files are refused before anything looks into them: a case takes a few kilobytes, and a YAML parser takes
  /// fifty times the size of its input.
  package static let sizeLimit = 1 << 20

  package var name: String
  package var bytes: [UInt8]
  /// The whole size, where `bytes` was cut off at the limit.
  package var size: Int

  package init(name: String, bytes: [UInt8], size: Int? = nil) {
    self.name = name
    self.bytes = bytes
    self.size = size ?? bytes.count
  }

  package enum Problem: Error, Hashable, Sendable, CustomStringConvertible {
    case missing(String)
    case notAFile(String)
    case unreadable(String)

    package var description: String {
      switch self {
      case .missing(let path): "there is no file ‘\(path.madeSafe)’"
      case .notAFile(let path): "‘\(path.madeSafe)’ is not a file; give the files in it by name"
      case .unreadable(let path): "‘\(path.madeSafe)’ cannot be read; look at its permissions"
      }
    }
  }

  /// Reads a regular file, at most one byte more than the limit of it.
  ///
  /// - Parameter limit: more than is read of a file that a person writes, for tables that a program wrote.
  package static func load(_ path: String, limit: Int = sizeLimit) throws(Problem) -> InputFile {
    guard
      let found = try? FileManager.default.attributesOfItem(atPath: URL(filePath: path).resolvingSymlinksInPath().path)
    else { throw .missing(path) }
    guard found[.type] as? FileAttributeType == .typeRegular else { throw .notAFile(path) }
    guard let handle = FileHandle(forReadingAtPath: path),
      let data = try? handle.read(upToCount: limit + 1) ?? Data()
    else { throw .unreadable(path) }
    return InputFile(name: path, bytes: [UInt8](data), size: max(data.count, found[.size] as? Int ?? 0))
  }
}
