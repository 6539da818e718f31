// Ratings that come in another order than case by case: transposed and long tables.

/// Collects ratings by case and reader, then hands the cases on.
struct RatingMatrix {
  private var places: [String: Int] = [:]
  private(set) var cases: [String] = []
  private var readerPlaces: [String: Int] = [:]
  private(set) var readers: [String] = []
  /// The rating of each case by each reader, grown as readers come; nil where nothing was said.
  private var rows: [[Int32?]] = []
  private var patients: [String?] = []
  private var parts: [String?] = []

  mutating func reader(_ name: String) -> Int {
    if let known = readerPlaces[name] { return known }
    readerPlaces[name] = readers.count
    readers.append(name)
    return readers.count - 1
  }

  mutating func place(of name: String) -> Int {
    if let known = places[name] { return known }
    places[name] = cases.count
    cases.append(name)
    rows.append([])
    patients.append(nil)
    parts.append(nil)
    return cases.count - 1
  }

  /// Sets a rating; false where that reader has rated that case before.
  mutating func set(_ code: Int32, case row: Int, reader: Int) -> Bool {
    while rows[row].count <= reader { rows[row].append(nil) }
    guard rows[row][reader] == nil else { return false }
    rows[row][reader] = code
    return true
  }

  /// Notes whose case it is; false where another patient was named before.
  mutating func note(patient: String, case row: Int) -> Bool {
    if let known = patients[row] { return known == patient }
    patients[row] = patient
    return true
  }

  /// Notes the subgroup of a case; false where another was named before.
  mutating func note(part: String, case row: Int) -> Bool {
    if let known = parts[row] { return known == part }
    parts[row] = part
    return true
  }

  /// Gives all cases to a sink.
  ///
  /// - Throws: `RatingTableError`.
  func fill(_ sink: inout CaseSink) throws {
    try sink.begin(readers: readers)
    for ((row, patient), part) in zip(zip(rows, patients), parts) {
      let codes = readers.indices.map { $0 < row.count ? row[$0] ?? RatingTable.missing : RatingTable.missing }
      codes.withUnsafeBufferPointer { sink.add($0, patient: patient, part: part) }
    }
  }
}
