// Compares drawings with text files that a person can review.

import Foundation
import Grid
import TestSupport
import Testing

enum Golden {
  /// Draws on a canvas of its own.
  static func drawn(_ width: Int, _ height: Int, _ look: Look = Look(), _ draw: (inout Canvas, Rect) -> Void) -> Grid {
    var canvas = Canvas(size: Size(width: width, height: height), look: look, width: testWidth)
    draw(&canvas, canvas.bounds)
    return canvas.grid
  }

  /// Text as drawn; with `UPDATE_GOLDENS` set it is written instead of compared.
  static func check(_ text: String, _ name: String, _ location: SourceLocation = #_sourceLocation) {
    let source = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "goldens/\(name).txt")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] != nil {
      #expect(throws: Never.self, sourceLocation: location) {
        try Data(text.utf8).write(to: source)
      }
      return
    }
    let stored = Bundle.module.url(forResource: name, withExtension: "txt", subdirectory: "goldens")
      .flatMap { try? String(contentsOf: $0, encoding: .utf8) }
    #expect(text == stored, "\(name).txt", sourceLocation: location)
  }

  /// The greys of a picture as one digit or letter a half block, so that a golden shows tones.
  static func tones(_ grid: Grid) -> String {
    let digits = Array("0123456789abcdefghijklmnopqrst")
    func digit(_ ink: Ink) -> Character { if case .grey(let level) = ink { digits[Int(level)] } else { " " } }
    var text = ""
    for y in 0..<grid.size.height {
      let row = (0..<grid.size.width).map { grid[$0, y] }
      guard row.contains(where: { $0.text == "▀" }) else {
        text += grid.line(y) + "\n"
        continue
      }
      text += String(row.map { $0.text == "▀" ? digit($0.style.ink) : $0.text.first ?? " " }) + "\n"
      text += String(row.map { digit($0.style.paper) }) + "\n"
    }
    return text
  }
}
