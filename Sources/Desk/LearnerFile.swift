// What a learner answered in a study, how a presenter's audiences did, and how a person sets off the slices of two
// examinations: kept between sittings in their own account.

import Foundation
import ReviewCore
import Workstation

package struct LearnerFile {
  private let file: URL

  /// Sessions kept at most, the latest.
  private static let sessionsKept = 100

  /// - Parameter study: path of the study file; each study has a file of its own.
  package init(study: String, learner: PrincipalID, places: Places) {
    let name = URL(filePath: study).standardizedFileURL.path
    let key = name.unicodeScalars.map { scalar in
      scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        ? String(scalar) : "%" + String(scalar.value, radix: 16)
    }.joined().suffix(200)
    file = places.results.appending(path: String(key)).appending(path: "\(learner.rawValue).json")
  }

  /// Empty where there are none yet.
  ///
  /// - Throws: `Failure` where there are some that cannot be read: they are not written over.
  package func results() throws -> LearnerResults {
    guard let data = try? Data(contentsOf: file) else { return LearnerResults() }
    if let results = try? JSONDecoder().decode(LearnerResults.self, from: data) { return results }
    if let results = try? LearnerResults(firstVersion: data) { return results }
    throw Failure(
      .badData,
      "\(file.path): your answers cannot be read; put an older copy there, or move the file away to start again")
  }

  func keep(_ results: LearnerResults) throws { try write(results, to: file, "your answers") }

  private var sessionFile: URL { file.deletingPathExtension().appendingPathExtension("sessions.json") }

  /// The sessions presented, the latest last; empty where there are none yet.
  package func sessions() throws -> [TeachingSession] {
    guard let data = try? Data(contentsOf: sessionFile) else { return [] }
    do { return try JSONDecoder().decode([TeachingSession].self, from: data) } catch {
      throw Failure(
        .badData, "\(sessionFile.path): the reports of your sessions cannot be read; move the file away to start again")
    }
  }

  /// Keeps a session, in place of what was kept of it before.
  func keep(_ session: TeachingSession) throws {
    let others = try sessions().filter { $0.began != session.began }
    try write(Array((others + [session]).suffix(Self.sessionsKept)), to: sessionFile, "the report of the session")
  }

  private var offsetFile: URL { file.deletingPathExtension().appendingPathExtension("offsets.json") }

  /// By how many slices examinations are set off in the image viewer; empty where there is nothing, or what cannot be read.
  func imageOffsets() -> [ImageOffset: Int] {
    (try? Data(contentsOf: offsetFile)).flatMap { try? JSONDecoder().decode([ImageOffset: Int].self, from: $0) } ?? [:]
  }

  func keep(_ offset: Int, of place: ImageOffset) throws {
    var offsets = imageOffsets()
    offsets[place] = offset == 0 ? nil : offset
    try write(offsets, to: offsetFile, "how the slices are set off")
  }

  private func write(_ value: some Encodable, to file: URL, _ what: String) throws {
    do {
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try JSONEncoder().encode(value).write(to: file, options: .atomic)
    } catch {
      throw Failure(.inputOutput, "\(what) cannot be kept in \(file.path); look at its folder and its disk")
    }
  }
}
