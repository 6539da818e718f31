// Which readers read which case, where not everybody reads everything.

/// The readers of one case.
public struct CaseReaders: Codable, Hashable, Sendable, Identifiable {
  public var id: CaseID
  public var readers: [PrincipalID]

  public init(_ id: CaseID, _ readers: [PrincipalID]) {
    self.id = id
    self.readers = readers
  }
}

/// Allots readers to one case after another, so that all read about as many cases and every two readers meet about equally
/// often.
///
/// The first reader of a case is who has the fewest cases; each further one is who met those of the case least often (by
/// the sum of squares, so that no two meet much more often than others), then who has the fewest cases. What is left equal
/// is drawn by the seed. Of 20 readers, 5 a case and 300 cases, each reads 74 to 76, and every two meet 15 to 17 times.
public struct ReaderAllotment: Sendable {
  private let readers: [PrincipalID]
  private let perCase: Int
  private let seed: UInt64
  private var cases: [Int]
  private var meetings: [[Int]]

  /// - Parameter readers: among whom the cases are divided.
  public init(_ readers: [PrincipalID], perCase: Int, seed: UInt64) {
    (self.readers, self.perCase, self.seed) = (readers, perCase, seed)
    cases = readers.map { _ in 0 }
    meetings = readers.map { _ in readers.map { _ in 0 } }
  }

  /// Counts a case with the readers that it has.
  public mutating func count(_ readers: [PrincipalID]) {
    count(places: readers.compactMap { self.readers.firstIndex(of: $0) })
  }

  /// Takes back that a case was counted.
  public mutating func forget(_ readers: [PrincipalID]) {
    count(places: readers.compactMap { self.readers.firstIndex(of: $0) }, by: -1)
  }

  /// The readers of a case, in the order of the study: those that it has, and as many more as it lacks.
  ///
  /// - Parameter except: who had the case and was taken off it: it is not given back to them.
  public mutating func allot(
    _ id: CaseID, to known: [PrincipalID] = [], except: Set<PrincipalID> = []
  ) -> [PrincipalID] {
    var chosen = known.compactMap { readers.firstIndex(of: $0) }
    let strangers = known.count - chosen.count
    while chosen.count + strangers < perCase, let next = next(to: chosen, id, except) { chosen.append(next) }
    count(places: chosen)
    let places = Set(chosen)
    return known.filter { !readers.contains($0) } + readers.indices.filter(places.contains).map { readers[$0] }
  }

  private func next(to chosen: [Int], _ id: CaseID, _ except: Set<PrincipalID>) -> Int? {
    readers.indices.filter { !chosen.contains($0) && !except.contains(readers[$0]) }.min { a, b in
      rank(a, chosen, id) < rank(b, chosen, id)
    }
  }

  private func rank(_ place: Int, _ chosen: [Int], _ id: CaseID) -> (Int, Int, UInt64) {
    (chosen.reduce(0) { $0 + meetings[place][$1] * meetings[place][$1] }, cases[place], lot(place, id))
  }

  private mutating func count(places: [Int], by step: Int = 1) {
    for place in places {
      cases[place] += step
      for other in places where other != place { meetings[place][other] += step }
    }
  }

  /// FNV-1a over seed, reader and case, mixed as SplitMix64 does.
  private func lot(_ place: Int, _ id: CaseID) -> UInt64 {
    var lot: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in "\(seed)|\(readers[place])|\(id)".utf8 { lot = (lot ^ UInt64(byte)) &* 0x100_0000_01B3 }
    lot = (lot ^ (lot >> 30)) &* 0xBF58_476D_1CE4_E5B9
    lot = (lot ^ (lot >> 27)) &* 0x94D0_49BB_1331_11EB
    return lot ^ (lot >> 31)
  }
}
