// What a learner answered in a study, kept between sittings in a file of their own account.

import Foundation
import ReviewCore

struct LearnerFile {
  private let file: URL

  /// - Parameter study: path of the study file; each study has a file of its own.
  init(study: String, learner: PrincipalID, places: Places) {
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
  func results() throws -> LearnerResults {
    guard let data = try? Data(contentsOf: file) else { return LearnerResults() }
    if let results = try? JSONDecoder().decode(LearnerResults.self, from: data) { return results }
    if let results = try? LearnerResults(firstVersion: data) { return results }
    throw Failure(
      .badData,
      "\(file.path): your answers cannot be read; put an older copy there, or move the file away to begin anew")
  }

  func keep(_ results: LearnerResults) throws {
    do {
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try JSONEncoder().encode(results).write(to: file, options: .atomic)
    } catch {
      throw Failure(.inputOutput, "your answers cannot be kept in \(file.path); look at its folder and its disk")
    }
  }
}
