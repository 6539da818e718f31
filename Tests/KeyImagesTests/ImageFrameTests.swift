// How a picture is looked at: part of it, its window, its greys.

import Testing

@testable import KeyImages

@Suite struct ImageFrameTests {
  private static let window = GreyWindow(center: 500, width: 1000)

  private static func frame(_ columns: Int, _ rows: Int, _ value: (Int, Int) -> UInt16) -> ImageFrame {
    ImageFrame(
      columns: columns, rows: rows, pixels: (0..<columns * rows).map { value($0 % columns, $0 / columns) }, spacing: 1,
      position: 0, window: window)
  }

  @Test func windowsAreLinear() {
    #expect(Self.window.brightness(0) == 0)
    #expect(Self.window.brightness(250) == 0.25)
    #expect(Self.window.brightness(4000) == 1)
    #expect(GreyWindow(center: 5, width: 0).width == 1)
  }

  /// A point is the mean of what it covers: a line one pixel wide darkens it by its share, wherever it lies.
  @Test(arguments: 0..<8)
  func noLineIsLostBetweenPoints(line: Int) {
    let frame = Self.frame(64, 64) { column, _ in column == 24 + line ? 0 : 800 }
    let seen = frame.seen(through: ImageCrop(), Self.window, columns: 8, rows: 8)
    #expect(seen.count == 64)
    #expect((seen.prefix(8).min() ?? 1) < 0.71)
    let mean: Double = seen.reduce(0, +) / 64
    let wanted: Double = 0.8 * 63 / 64
    #expect(abs(mean - wanted) < 0.001)
  }

  @Test func besideThePictureIsBlack() {
    let frame = Self.frame(10, 20) { _, _ in 1000 }
    let seen = frame.seen(through: ImageCrop(), Self.window, columns: 20, rows: 20)
    #expect(seen[0] == 0)
    #expect(seen[10] == 1)
  }

  @Test func aCropIsEnlargedAroundItsMiddle() {
    let frame = Self.frame(40, 40) { column, row in column >= 30 && row >= 30 ? 1000 : 0 }
    let seen = frame.seen(through: ImageCrop(x: 0.875, y: 0.875, zoom: 4), Self.window, columns: 20, rows: 20)
    #expect(seen.allSatisfy { $0 > 0.45 })
  }

  @Test func cellsAreTwiceAsHighAsWide() {
    let frame = Self.frame(40, 40) { _, row in row < 20 ? 1000 : 0 }
    let seen = frame.seen(through: ImageCrop(), Self.window, columns: 40, rows: 20, pointHeight: 2)
    #expect(seen.prefix(40 * 10).allSatisfy { $0 == 1 })
    #expect(seen.suffix(40 * 10).allSatisfy { $0 == 0 })
  }

  @Test func aMixtureOfGreysHasTheRightMean() {
    let greys: [UInt8] = [0, 60, 120, 255]
    let mixed = GreySteps(greys, dithers: true)
    let plain = GreySteps(greys, dithers: false)
    let wanted = 90.0 / 255
    var sum = 0.0
    for y in 0..<16 {
      for x in 0..<16 { sum += Double(greys[Int(mixed.step(wanted, x: x, y: y))]) }
    }
    #expect(abs(sum / 256 - 90) < 5)
    #expect(Set((0..<16).map { plain.step(wanted, x: $0, y: 0) }).count == 1)
    #expect(plain.step(1, x: 0, y: 0) == 3)
    #expect(plain.step(0, x: 0, y: 0) == 0)
  }

  @Test func panningKeepsTheMiddleOnThePicture() {
    var crop = ImageCrop(zoom: 1)
    for _ in 0..<30 { crop.pan(x: 0.1, y: -0.1) }
    #expect((crop.x, crop.y) == (1, 0))
    for _ in 0..<30 { crop.zoom(by: 1) }
    #expect(crop.zoom == ImageCrop.zooms.last)
  }
}
