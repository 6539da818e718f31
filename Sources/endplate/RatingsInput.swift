// Reading a table of ratings from a file or from standard input, with progress and exit statuses.

import Agreement
import ArgumentParser
import Desk
import Foundation

struct RatingsInput {
  let arguments: RatingsArguments
  let finding: String?
  /// The positive level; nil for the last of two.
  var positive: String?
  /// What divides the cases.
  var by: Subgrouping?
  /// The column that readers are held against.
  var reference: String?

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
    var line = progress
    defer { progress = line }
    do {
      return try reading(path) { descriptor, options in
        let size = Self.size(descriptor)
        return try RatingsFile(
          levels: arguments.levelList, scale: arguments.ratingScale, positive: positive,
          isOfSets: arguments.isOfSets, options: options,
          progress: { bytes in line.show("reading", share: size > 0 ? Double(bytes) / Double(size) : nil) },
          source: { try Self.fill($0, descriptor) })
      }
    } catch {
      line.clear()
      throw error
    }
  }

  /// That levels are to be declared, with what there is in the file; or what is wrong with it whatever its levels are.
  func levelsNeeded(_ path: String) throws -> Failure {
    let cells = try reading(path) { descriptor, options in
      try RatingsFile.cells(options) { try Self.fill($0, descriptor) }
    }
    let list = cells.map { $0.utf8.contains(UInt8(ascii: ",")) ? "\"\($0)\"" : $0 }.joined(separator: ",")
    let stand =
      cells.isEmpty ? "" : ". Its cells hold \(list): name with --missing any of them that stands for a missing rating"
    let numbers = arguments.counts ? "" : ". Where cells are numbers, add --scale interval instead"
    return Failure(
      .usage,
      "\(Self.title(path)): --ratings needs --levels, all levels in their order with commas between them\(stand)\(numbers)"
    )
  }

  /// Opens a file and closes it again; what is wrong with it is told, and is an exit status.
  private func reading<T>(_ path: String, _ body: (Int32, RatingsOptions) throws -> T) throws -> T {
    let name = Self.title(path)
    let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY)
    guard descriptor >= 0 else {
      let number = errno
      let reason = number == ENOENT ? "there is no such file" : String(cString: strerror(number))
      throw failure(["\(name): error: \(reason)"], Self.statuses[number] ?? 74)
    }
    defer { if descriptor != STDIN_FILENO { close(descriptor) } }
    do {
      var options = try arguments.options(finding: finding)
      (options.by, options.reference) = (by, options.form == .wide ? reference : nil)
      return try body(descriptor, options)
    } catch let error as RatingsFileError {
      throw failure(error.lines(fileName: name), 65)
    } catch let error as RatingTableError {
      throw failure(["\(name): error: \(error.message)"], 65)
    } catch let error as POSIXError {
      throw failure(["\(name): error: \(String(cString: strerror(error.code.rawValue)))"], 74)
    }
  }

  private static func size(_ descriptor: Int32) -> Int {
    var information = stat()
    let isFile = fstat(descriptor, &information) == 0 && information.st_mode & S_IFMT == S_IFREG
    return isFile ? Int(information.st_size) : 0
  }

  private static func fill(_ buffer: UnsafeMutableRawBufferPointer, _ descriptor: Int32) throws -> Int {
    let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
    guard count >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    return count
  }

  private func failure(_ lines: [String], _ status: Int32) -> ExitCode {
    for line in lines { Output.error(line) }
    return ExitCode(status)
  }
}
