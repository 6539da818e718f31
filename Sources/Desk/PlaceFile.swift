// Keeps a seat's place beside the study. Losing it loses nothing but the way back.

import Foundation
import Workstation

final class PlaceFile {
  private let file: URL
  private var kept: Place?

  init(folder: URL) {
    file = folder.appending(path: "place")
    try? FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  func read() -> Place? {
    kept = (try? Data(contentsOf: file)).flatMap { try? JSONDecoder().decode(Place.self, from: $0) }
    return kept
  }

  func keep(_ place: Place) {
    guard place != kept else { return }
    kept = place
    // Whole or not at all, but not waited for: it may be a step behind after a power cut.
    try? JSONEncoder().encode(place).write(to: file, options: .atomic)
  }
}
