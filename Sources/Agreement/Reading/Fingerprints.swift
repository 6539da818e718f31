// A compact set of hashes, to notice a name that stands twice among a million.

/// 64-bit hashes of names. A table with linear probing, at most half full: one look-up touches one place in memory.
struct Fingerprints {
  /// 0 is an empty place.
  private var places = [UInt64](repeating: 0, count: 1 << 10)
  private var count = 0

  /// Adds the hash of a name; false when it is there already.
  ///
  /// FNV-1a, 64 bits, with a last multiplication that spreads it over the high bits. Two different names of a million share
  /// a hash in one file of forty million.
  mutating func insert(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash = (hash ^ (hash >> 32)) &* 0x9E37_79B9_7F4A_7C15
    if 2 * count >= places.count { grow() }
    return place(max(hash, 1))
  }

  private mutating func place(_ hash: UInt64) -> Bool {
    var position = Int(hash >> 32) & (places.count - 1)
    while places[position] != 0 {
      if places[position] == hash { return false }
      position = (position + 1) & (places.count - 1)
    }
    places[position] = hash
    count += 1
    return true
  }

  private mutating func grow() {
    let old = places
    places = [UInt64](repeating: 0, count: old.count * 4)
    count = 0
    for hash in old where hash != 0 { _ = place(hash) }
  }
}
