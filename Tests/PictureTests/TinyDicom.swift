// Small DICOM files for tests: explicit little endian, whatever elements are wanted.

import Foundation

struct TinyDicom {
  /// Elements by group and number, each with its value representation.
  private var elements: [UInt32: (vr: String, bytes: [UInt8])] = [:]
  /// Instead of the elements from 7FE0 on.
  var tail: [UInt8]?
  /// Before the pixels, as they are.
  var inserted: [UInt8] = []

  /// A grey picture of 8 × 6 pixels, whose values count up.
  init(rows: UInt16 = 6, columns: UInt16 = 8, stored: UInt16 = 12) {
    text(0x0008_0016, "UI", "1.2.840.10008.5.1.4.1.1.4")
    text(0x0008_0018, "UI", "1.2.3.4")
    text(0x0010_0010, "PN", "SECRET^NAME")
    text(0x0010_0030, "DA", "19010203")
    text(0x0008_103E, "LO", "SECRET DESCRIPTION")
    text(0x0009_0010, "LO", "SECRET PRIVATE")
    number(0x0028_0002, 1)
    text(0x0028_0004, "CS", "MONOCHROME2")
    number(0x0028_0010, rows)
    number(0x0028_0011, columns)
    number(0x0028_0100, 16)
    number(0x0028_0101, stored)
    number(0x0028_0102, stored - 1)
    number(0x0028_0103, 0)
    pixels((0..<48).map { UInt16($0 * 10) })
  }

  mutating func text(_ tag: UInt32, _ vr: String, _ value: String) {
    var bytes = Array(value.utf8)
    if bytes.count % 2 == 1 { bytes.append(vr == "UI" ? 0 : 0x20) }
    elements[tag] = (vr, bytes)
  }

  mutating func number(_ tag: UInt32, _ value: UInt16) { elements[tag] = ("US", Self.little(value)) }

  mutating func pixels(_ values: [UInt16]) { elements[0x7FE0_0010] = ("OW", values.flatMap(Self.little)) }

  mutating func remove(_ tag: UInt32) { elements[tag] = nil }

  private static func little(_ value: UInt16) -> [UInt8] { [UInt8(value & 0xFF), UInt8(value >> 8)] }
  private static func little(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(value >> (8 * UInt32($0)) & 0xFF) } }

  private static func element(_ tag: UInt32, _ vr: String, _ bytes: [UInt8]) -> [UInt8] {
    let head = little(UInt16(tag >> 16)) + little(UInt16(tag & 0xFFFF)) + Array(vr.utf8)
    let isLong = ["OB", "OW", "SQ", "UN", "UT"].contains(vr)
    return head + (isLong ? [0, 0] + little(UInt32(bytes.count)) : little(UInt16(bytes.count))) + bytes
  }

  /// Sequences in sequences, each with one item, of no stated length.
  static func nested(_ depth: Int) -> [UInt8] {
    // A sequence with an item, and the ends of both.
    let open: [UInt8] = [
      0x28, 0x00, 0x45, 0x91, 0x53, 0x51, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0x00, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF,
    ]
    let close: [UInt8] = [0xFE, 0xFF, 0x0D, 0xE0, 0, 0, 0, 0, 0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0]
    var bytes: [UInt8] = []
    for _ in 0..<depth { bytes += open }
    for _ in 0..<depth { bytes += close }
    return bytes
  }

  var bytes: [UInt8] {
    let meta = Self.element(0x0002_0010, "UI", Array("1.2.840.10008.1.2.1\0".utf8))
    let head = Self.element(0x0002_0000, "UL", Self.little(UInt32(meta.count)))
    let all = elements.sorted { $0.key < $1.key }
    let before = all.filter { $0.key < 0x7FE0_0000 }.flatMap { Self.element($0.key, $0.value.vr, $0.value.bytes) }
    let pixels = all.filter { $0.key >= 0x7FE0_0000 }.flatMap { Self.element($0.key, $0.value.vr, $0.value.bytes) }
    var file = [UInt8](repeating: 0, count: 128)
    for part in [Array("DICM".utf8), head, meta, before, inserted, tail ?? pixels] { file += part }
    return file
  }
}
