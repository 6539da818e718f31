// Where something can be: the spine of the program, or places of a codebook's own.

/// A place that an answer can name.
package struct BodyPlace: Codable, Hashable, Sendable {
  package var id: String
  package var title: String
  package var region: String

  package init(_ id: String, title: String? = nil, region: String) {
    (self.id, self.title, self.region) = (id, title ?? id.replacing("_", with: " "), region)
  }
}

/// Several places under one name, as `whole_spine`.
package struct BodyExtent: Codable, Hashable, Sendable {
  package var id: String
  package var title: String
  /// Indices of places.
  package var places: Set<Int>
  /// It may be one lesion, so that naming it is not naming several places.
  package var countsAsOne: Bool

  package init(_ id: String, title: String? = nil, places: Set<Int>, countsAsOne: Bool = false) {
    (self.id, self.title) = (id, title ?? id.replacing("_", with: " "))
    (self.places, self.countsAsOne) = (places, countsAsOne)
  }

  private enum CodingKeys: String, CodingKey { case id, title, places, countsAsOne }

  /// Its places in their order: the same codebook is written the same each time.
  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(id, forKey: .id)
    try values.encode(title, forKey: .title)
    try values.encode(places.sorted(), forKey: .places)
    try values.encode(countsAsOne, forKey: .countsAsOne)
  }
}

package struct Body: Codable, Hashable, Sendable {
  /// In anatomical order: runs such as `T4..L4` follow it.
  package var places: [BodyPlace]
  package var extents: [BodyExtent]

  /// Segments that only some patients have, by their indices, each with the place that it lies below. They stand after all
  /// other places, so that runs and lists are those of everybody.
  package private(set) var segments: [Int: Int] = [:]
  /// Of them those that the patient has.
  private var present: Set<Int> = []

  package init(places: [BodyPlace], extents: [BodyExtent] = []) {
    (self.places, self.extents) = (places, extents)
  }

  private enum CodingKeys: String, CodingKey { case places, extents }

  /// The places that everybody has.
  package var usual: Range<Int> { 0..<(places.count - segments.count) }

  /// Whether it is the spine of the program.
  package var isSpine: Bool { !segments.isEmpty || self == .spine }

  /// With what some patients have besides, where it is the spine of the program.
  var withSegments: Body {
    guard self == .spine, let above = place("L5") else { return self }
    var body = self
    body.segments = [places.count: above]
    body.places.append(BodyPlace("L6", region: places[above].region))
    return body
  }

  /// The body of one patient.
  func having(_ segments: Set<Int>) -> Body {
    var body = self
    body.present = segments
    return body
  }

  /// Some places with the segments that lie between them.
  private func filled(_ places: Set<Int>, _ all: some Sequence<Int>) -> Set<Int> {
    places.union(
      all.filter { segment in
        segments[segment].map { places.contains($0) && places.contains($0 + 1) } ?? false
      })
  }

  /// Some places with the segments of the patient that lie between them.
  func covering(_ places: Set<Int>) -> Set<Int> { present.isEmpty ? places : filled(places, present) }

  /// C1 to S5 from above, then the bones beside the spine; regions as the source paper counts them (table 2).
  package static let spine: Body = {
    let segments: [(letter: String, count: Int, region: String)] = [
      ("C", 7, "cervical"), ("T", 12, "thoracic"), ("L", 5, "lumbar"), ("S", 5, "sacral"),
    ]
    let vertebrae = segments.flatMap { segment in
      (1...segment.count).map { BodyPlace("\(segment.letter)\($0)", region: segment.region) }
    }
    let beside = [
      ("pelvic_girdle_left", "pelvic_girdles"), ("pelvic_girdle_right", "pelvic_girdles"), ("ribs_left", "ribs"),
      ("ribs_right", "ribs"), ("sternum", "sternum"), ("pectoral_girdle_left", "pectoral_girdles"),
      ("pectoral_girdle_right", "pectoral_girdles"),
    ].map { BodyPlace($0.0, region: $0.1) }
    var body = Body(places: vertebrae + beside)
    body.extents = [
      BodyExtent("whole_spine", places: Set(vertebrae.indices)),
      BodyExtent("upper_sacrum", places: Set(["S1", "S2"].compactMap(body.place)), countsAsOne: true),
    ]
    return body
  }()

  package var regions: [String] {
    places.reduce(into: []) { if !$0.contains($1.region) { $0.append($1.region) } }
  }

  /// The index of a place.
  package func place(_ id: String) -> Int? { places.firstIndex { $0.id.isSameID(as: id) } }

  /// The places that a word names: a place, an extent, a region or a run, as `T4..L4` or, as people type it, `T4-L4`.
  package func named(_ word: String) -> Set<Int>? {
    if let place = place(word) { return [place] }
    if let extent = extents.first(where: { $0.id.isSameID(as: word) }) { return filled(extent.places, segments.keys) }
    let region = places.indices.filter { places[$0].region.isSameID(as: word) }
    if !region.isEmpty { return Set(region) }
    return run(word).map { filled(Set($0), segments.keys) }
  }

  /// The ends of a run, the upper one first.
  package func run(_ word: String) -> ClosedRange<Int>? {
    let ends = word.utf8.split(separator: UInt8(ascii: ".")).map { String($0) }
    if ends.count == 2, let first = ends[0].flatMap(place), let last = ends[1].flatMap(place), first < last {
      return first...last
    }
    // A place's own id may hold the sign: every one of them is tried.
    for (index, byte) in zip(word.utf8.indices, word.utf8) where byte == UInt8(ascii: "-") {
      if let first = place(String(word[..<index])), let last = place(String(word[word.utf8.index(after: index)...])),
        first < last
      {
        return first...last
      }
    }
    return nil
  }

  package var words: [String] { places[usual].map(\.id) + extents.map(\.id) + regions }
}

extension String {
  /// How ids are compared: without case, and `-` like `_`.
  package var asID: String {
    if let plain = utf8.withContiguousStorageIfAvailable({ Self.asID(ascii: $0) }), let plain { return plain }
    return String(
      String.UnicodeScalarView(
        unicodeScalars.map { $0 == "-" ? "_" : $0.properties.lowercaseMapping.unicodeScalars.first ?? $0 }))
  }

  /// The same without a look into Unicode's tables, which a start would spend milliseconds on; nil where a letter is not
  /// ASCII.
  private static func asID(ascii bytes: UnsafeBufferPointer<UInt8>) -> String? {
    guard bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
    return String(unsafeUninitializedCapacity: bytes.count) { id in
      for (index, byte) in bytes.enumerated() {
        id[index] =
          switch byte {
          case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
          case UInt8(ascii: "-"): UInt8(ascii: "_")
          default: byte
          }
      }
      return bytes.count
    }
  }

  package func isSameID(as other: String) -> Bool { self == other || asID == other.asID }
}
