// Marks on a picture: arrows and ellipses as points of half a cell, each with a letter.

import Foundation
import Grid
import KeyImages
import ReviewCore

/// A mark as it is shown: whose it is, and how it stands out.
package struct ShownMark: Hashable, Sendable {
  var mark: ImageMark
  /// `A`, `R1`; empty where nobody needs to be told apart.
  var label = ""
  var role = Role.accent
}

/// Where the cells of a picture lie on it, at the crop that is shown.
package struct PictureMap {
  private let left, top, across, down: Double

  init(_ frame: ImageFrame, _ crop: ImageCrop, _ size: Size) {
    // As `ImageFrame.seen` has it: two points to a cell, one above the other.
    down = Double(frame.rows) / (Double(size.height) * 2 * crop.zoom)
    across = down * frame.aspect
    left = crop.x * Double(frame.columns) - across * Double(size.width) / 2
    top = crop.y * Double(frame.rows) - down * Double(size.height)
  }

  /// A pixel, counted from 0 at its middle, as columns and half rows of cells.
  func point(column: Double, row: Double) -> (x: Double, y: Double) {
    ((column + 0.5 - left) / across, (row + 0.5 - top) / down)
  }
}

extension ImageFrame {
  /// Of the patient where its file says where it lies, else of the picture alone.
  package var plane: ImageGeometry { geometry ?? .pixels }

  /// A point of the patient in columns and half rows of cells.
  fileprivate func point(_ point: PatientPoint, _ map: PictureMap) -> (x: Double, y: Double) {
    let (column, row) = plane.pixel(point)
    return map.point(column: column, row: row)
  }

  /// A place of the picture, 0…1 each way, in the patient.
  package func place(x: Double, y: Double) -> PatientPoint {
    plane.point(column: x * Double(columns) - 0.5, row: y * Double(rows) - 0.5)
  }

  /// Millimetres of its height; pixels where it states none.
  package var height: Double { geometry == nil ? Double(rows) : Double(rows) * spacing }
}

extension ImageMark {
  /// The points of its line, in columns and half rows of cells.
  private func line(on frame: ImageFrame, _ map: PictureMap) -> [(x: Double, y: Double)] {
    let (tip, other) = (frame.point(at, map), frame.point(to, map))
    func segment(_ a: (x: Double, y: Double), _ b: (x: Double, y: Double)) -> [(x: Double, y: Double)] {
      let steps = max(1, Int(max(abs(a.x - b.x), abs(a.y - b.y)).rounded(.up)))
      guard steps < 2000 else { return [] }
      return (0...steps).map { step in
        let part = Double(step) / Double(steps)
        return (a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part)
      }
    }
    switch shape {
    case .arrow:
      let length = max(0.001, hypot(other.x - tip.x, other.y - tip.y))
      let (x, y) = ((other.x - tip.x) / length, (other.y - tip.y) / length)
      // A short one would else be a blot.
      let barb = length < 8 ? 1 : min(3, length / 3)
      return segment(tip, other)
        + [0.5, -0.5].flatMap { turn in
          segment(tip, (tip.x + barb * (x - turn * y * 1.4), tip.y + barb * (y + turn * x * 1.4)))
        }
    case .ellipse:
      let (wide, high) = (abs(other.x - tip.x), abs(other.y - tip.y))
      let steps = min(720, max(16, Int((wide + high) * 4)))
      return (0..<steps).map { step in
        let angle = Double(step) / Double(steps) * 2 * .pi
        return (tip.x + wide * cos(angle), tip.y + high * sin(angle))
      }
    }
  }

  /// Draws it over a picture, in half cells where there are blocks.
  fileprivate func draw(
    _ shown: ShownMark, on frame: ImageFrame, _ map: PictureMap, _ rect: Rect, _ canvas: inout Canvas
  ) {
    let ink = Ink.role(shown.role)
    let isBlocks = canvas.look.colors >= .many
    for (x, y) in line(on: frame, map) {
      let (column, half) = (Int(x.rounded(.down)), Int(y.rounded(.down)))
      guard (0..<rect.width).contains(column), (0..<2 * rect.height).contains(half) else { continue }
      let (cellX, cellY) = (rect.x + column, rect.y + half / 2)
      let below = canvas.grid[cellX, cellY].style
      guard isBlocks else {
        canvas.set(cellX, cellY, Cell(canvas.look.unicode ? "●" : "*", Style(ink, on: .grey(0), .bold)))
        continue
      }
      let isFull = canvas.grid[cellX, cellY].text == " "
      let (upper, lower) = (isFull ? below.paper : below.ink, below.paper)
      let style = half.isMultiple(of: 2) ? Style(ink, on: lower) : Style(upper, on: ink)
      canvas.set(cellX, cellY, Cell("▀", style))
    }
    guard !shown.label.isEmpty else { return }
    // Beside what it points with, so that it covers nothing of what is meant.
    let (x, y) = frame.point(to, map)
    let place = (x: Int(x.rounded(.down)), y: Int(y.rounded(.down)) / 2)
    let letters = Array(shown.label.prefix(2))
    for (index, letter) in letters.enumerated() {
      let column = min(max(0, place.x), rect.width - letters.count) + index
      guard (0..<rect.height).contains(place.y), column < rect.width else { continue }
      canvas.set(rect.x + column, rect.y + place.y, Cell(String(letter), Style(ink, on: .grey(0), .bold)))
    }
  }
}

extension ShownMark {
  /// Draws marks over a picture that was drawn into the same place.
  static func draw(
    _ marks: [ShownMark], on frame: ImageFrame, _ crop: ImageCrop, _ rect: Rect, _ canvas: inout Canvas
  ) {
    let map = PictureMap(frame, crop, rect.size)
    for shown in marks { shown.mark.draw(shown, on: frame, map, rect, &canvas) }
  }
}
