// Reading a table of ratings from a file or from standard input, with progress and exit statuses.

import Agreement
import ArgumentParser
import Foundation

struct RatingsInput {
  let arguments: RatingsArguments
  let finding: String?
  /// The positive level; nil for the last of two.
  var positive: String?
  /// What divides the cases.
  var by: Subgrouping?

  init(arguments: RatingsArguments, finding: String?) {
    (self.arguments, self.finding) = (arguments, finding)
    positive = arguments.positive
  }

  /// The exit status for a file that cannot be opened.
  private static let statuses: [Int32: Int32] = [ENOENT: 66, ENOTDIR: 66, EACCES: 77, EPERM: 77]

  /// What the file is called in messages.
  static func title(_ path: String) -> String { path == "-" ? "standard input" : path }

  /// Reads the file, or ends with the exit status of what went wrong.
  func read(_ path: String, _ progress: inout ProgressLine) throws -> RatingsFile {
    let name = Self.title(path)
    let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY)
    guard descriptor >= 0 else {
      let number = errno
      let reason = number == ENOENT ? "there is no such file" : String(cString: strerror(number))
      throw failure("\(name): error: \(reason)\n", Self.statuses[number] ?? 74)
    }
    defer { if descriptor != STDIN_FILENO { close(descriptor) } }
    var information = stat()
    let isFile = fstat(descriptor, &information) == 0 && information.st_mode & S_IFMT == S_IFREG
    let size = isFile ? Int(information.st_size) : 0
    var line = progress
    defer { progress = line }
    do {
      var options = try arguments.options(finding: finding)
      options.by = by
      return try RatingsFile(
        levels: arguments.levelList, scale: arguments.ratingScale, positive: positive,
        isOfSets: arguments.isOfSets, options: options,
        progress: { bytes in line.show("reading", share: size > 0 ? Double(bytes) / Double(size) : nil) },
        source: { buffer in
          let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
          guard count >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
          return count
        })
    } catch let error as RatingsFileError {
      line.clear()
      throw failure(error.lines(fileName: name).joined(separator: "\n") + "\n", 65)
    } catch let error as RatingTableError {
      line.clear()
      throw failure("\(name): error: \(error.message)\n", 65)
    } catch let error as POSIXError {
      line.clear()
      throw failure("\(name): error: \(String(cString: strerror(error.code.rawValue)))\n", 74)
    }
  }

  private func failure(_ message: String, _ status: Int32) -> ExitCode {
    Output.error(message.trimmingCharacters(in: .newlines))
    return ExitCode(status)
  }
}
