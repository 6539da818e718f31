// Where the cases of a file go: levels into patterns, sets into sets, numbers into numbers.

/// Cells and cases of a scale of levels, of sets of levels, or of numbers.
struct CaseSink {
  private let levels: [String]
  private let scale: RatingScale
  private let positive: String?
  private let missing: [String]
  private let readersPerCase: Int?
  /// Of a scale of levels.
  private let levelReader: LevelReader?
  private var all = Collected()
  /// The same for each subgroup, and what one begins with.
  private var parts: [String: Collected] = [:]
  private var blank = Collected()
  /// Of sets, which have numbers in the order in which they are met.
  private var values: [Set<String>] = []
  private var known: [Set<String>: Int32] = [:]
  /// Of numbers, which are coded by the order in which they are met.
  private var reader: NumberReader?
  /// The readers, once they are known.
  private(set) var readers: [String] = []
  private(set) var cases = 0

  /// - Parameter isOfSets: whether cells are members with `+` between them, `{}` an empty set.
  init(
    levels: [String], scale: RatingScale, positive: String?, isOfSets: Bool, options: RatingsOptions
  ) throws {
    let (missing, hasDecimalComma) = (options.missing, options.hasDecimalComma)
    (self.levels, self.scale, self.positive, self.missing) = (levels, scale, positive, missing)
    readersPerCase = options.readersPerCase
    reader = scale == .interval ? NumberReader(missing: missing, hasDecimalComma: hasDecimalComma) : nil
    levelReader =
      isOfSets || scale == .interval
      ? nil : try LevelReader(levels: levels, missing: missing, hasDecimalComma: hasDecimalComma)
  }

  /// - Throws: `RatingTableError`.
  mutating func begin(readers: [String]) throws {
    self.readers = readers
    if reader != nil {
      all.numbers = try NumberTable(readers: readers, readersPerCase: readersPerCase)
    } else if levelReader != nil {
      all.tally = try RatingTally(
        readers: readers, levels: levels, scale: scale, positive: positive, readersPerCase: readersPerCase)
    } else {
      all.sets = try SetRatings(readers: readers, readersPerCase: readersPerCase)
    }
    blank = all
  }

  /// The number of what a cell says, `RatingTable.missing` for none, nil where it is no level.
  mutating func code(_ field: CSVRecords.Field, in records: CSVRecords) -> Int32? {
    if let levelReader { return levelReader.read(field, in: records) }
    if reader != nil { return reader?.read(field, in: records) }
    let text = trimmed(records.text(field))
    if text.isEmpty || missing.contains(text) { return RatingTable.missing }
    let divider: Unicode.Scalar = isJoined(text) ? "+" : ","
    let members = text == "{}" ? [] : text.unicodeScalars.split(separator: divider).map { trimmed(String($0)) }
    guard levels.isEmpty || members.allSatisfy(levels.contains) else { return nil }
    if let code = known[Set(members)] { return code }
    let code = Int32(values.count)
    known[Set(members)] = code
    values.append(Set(members))
    return code
  }

  /// Whether this text is a rating, or none; where every text can be a set, whether it looks like a set.
  func isRating(_ text: String) -> Bool {
    levelReader?.isRating(text) ?? reader?.isRating(text) ?? (text == "{}" || isJoined(text))
  }

  private func isJoined(_ text: String) -> Bool { text.utf8.contains(UInt8(ascii: "+")) }

  /// The position of a level, as one of a table of counts is.
  func level(_ text: String) -> Int32? { levelReader?.code(ofText: text) }

  /// What cells hold, for a message.
  var ratings: String { reader == nil ? "levels" : "numbers" }

  func fault(_ text: String, reader: String) -> String {
    levelReader?.fault(text, reader: reader) ?? self.reader?.fault(text, reader: reader)
      ?? "\(quoted(text)) of reader \(quoted(reader)) holds something that is not a declared level; members stand with + between them"
  }

  /// - Parameter part: the subgroup of the case.
  mutating func add(
    _ codes: UnsafeBufferPointer<Int32>, count: Int = 1, patient: String? = nil, part: String? = nil
  ) {
    cases += count
    all.add(codes, count: count, patient: patient, values, reader)
    if let part { parts[part, default: blank].add(codes, count: count, patient: patient, values, reader) }
  }

  /// Nil before the readers are known.
  var result: RatingsFile.Content? { all.content }

  /// The subgroups by name, in no order.
  var groups: [String: RatingsFile.Content] { parts.compactMapValues(\.content) }

  /// Ratings of one kind.
  private struct Collected {
    var tally: RatingTally?
    var sets: SetRatings?
    var numbers: NumberTable?

    mutating func add(
      _ codes: UnsafeBufferPointer<Int32>, count: Int, patient: String?, _ values: [Set<String>],
      _ reader: NumberReader?
    ) {
      if let pattern = tally?.add(codes: codes, count: count) {
        if let patient { tally?.note(pattern, of: patient) }
      } else if let reader {
        numbers?.add(codes.map { reader.value(of: $0) }, patient: patient)
      } else {
        sets?.add(codes.map { $0 == RatingTable.missing ? nil : values[Int($0)] }, patient: patient)
      }
    }

    var content: RatingsFile.Content? {
      tally.map { .levels($0.table()) } ?? sets.map { .sets($0) } ?? numbers.map { .numbers($0) }
    }
  }
}
