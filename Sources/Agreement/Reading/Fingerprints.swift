// A compact set of hashes, to notice a name that stands twice among a million.

/// 64-bit hashes of names.
///
/// As long as each name is longer than the one before, or as long and greater, as numbered cases are, none can stand twice
/// and nothing is looked up. From the first that is not, the hashes stand in a table with linear probing, at most half full:
/// one look-up touches one place in memory.
struct Fingerprints {
  /// Of the names so far, as long as they ascend.
  private var ascending: [UInt64] = []
  private var last: [UInt8] = []
  /// 0 is an empty place; no places while names ascend.
  private var places: [UInt64] = []
  private var count = 0

  /// Adds a name; false when it is there already.
  mutating func insert(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    let hash = Self.hash(name)
    if places.isEmpty {
      if follows(name) {
        ascending.append(hash)
        last.removeAll(keepingCapacity: true)
        last.append(contentsOf: name)
        return true
      }
      places = [UInt64](repeating: 0, count: 1 << 10)
      for hash in ascending { _ = place(hash) }
      ascending = []
    }
    return place(hash)
  }

  /// FNV-1a, 64 bits, with a last multiplication that spreads it over the high bits. Two different names of a million share
  /// a hash in one file of forty million.
  private static func hash(_ name: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash = (hash ^ (hash >> 32)) &* 0x9E37_79B9_7F4A_7C15
    return max(hash, 1)
  }

  private func follows(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    guard name.count == last.count else { return name.count > last.count }
    for index in name.indices where name[index] != last[index] { return name[index] > last[index] }
    return false
  }

  private mutating func place(_ hash: UInt64) -> Bool {
    if 2 * count >= places.count { grow() }
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
