// Stored grey values as bytes: packed without loss, and known by their hash.

import CPixels
import Crypto
import Foundation

enum PackedPixels {
  /// - Returns: nil where memory is missing.
  static func pack(_ values: [UInt16], columns: Int, rows: Int) -> Data? {
    var packed = Data(count: endplate_pixels_room(UInt32(columns), UInt32(rows)))
    let size = packed.withUnsafeMutableBytes { bytes in
      endplate_pixels_pack(
        values, UInt32(columns), UInt32(rows), bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count)
    }
    return size > 0 ? packed.prefix(size) : nil
  }

  /// - Returns: nil where the bytes are no picture of that size.
  static func unpack(_ packed: Data, columns: Int, rows: Int) -> [UInt16]? {
    guard (1...4096).contains(columns), (1...4096).contains(rows) else { return nil }
    var isWhole = false
    let values = [UInt16](unsafeUninitializedCapacity: columns * rows) { buffer, count in
      isWhole =
        packed.withUnsafeBytes { bytes in
          endplate_pixels_unpack(
            bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count, buffer.baseAddress, UInt32(columns),
            UInt32(rows))
        } != 0
      count = isWhole ? columns * rows : 0
    }
    return isWhole ? values : nil
  }

  /// Of size and values, so that another program can find the same.
  static func hash(_ values: [UInt16], columns: Int, rows: Int) -> Data {
    var hasher = SHA256()
    hasher.update(data: Data("\(columns) \(rows)\n".utf8))
    values.map(\.littleEndian).withUnsafeBytes { hasher.update(bufferPointer: $0) }
    return Data(hasher.finalize())
  }
}
