// Tables of ratings from CSV.

/// A table of ratings read from a CSV file.
///
/// First row: a name for the case column, then the readers. Every other row: a case, then the level each reader gave; an
/// empty cell is a missing rating. UTF-8 with or without byte order mark, LF, CR LF or CR, commas, semicolons or tabs,
/// quotation marks as in RFC 4180. Other shapes are said in `RatingsOptions`; none is guessed.
public struct RatingsFile: Sendable {
  /// Ratings that are one of some levels, sets of them, or numbers.
  public enum Content: Sendable {
    case levels(RatingTable)
    case sets(SetRatings)
    case numbers(NumberTable)

    /// The ratings as levels; of sets the distinct sets that occur, of numbers the distinct numbers.
    public var table: RatingTable {
      switch self {
      case .levels(let table): table
      case .sets(let sets): sets.table
      case .numbers(let numbers): numbers.levels
      }
    }

    /// The most ratings that any case has.
    var mostRatings: Int {
      switch self {
      case .levels(let table): table.mostRatings
      case .sets(let sets): sets.mostRatings
      case .numbers(let numbers): numbers.mostRatings
      }
    }

    /// Who rated.
    var readers: [String] {
      switch self {
      case .levels(let table): table.readers
      case .sets(let sets): sets.readers
      case .numbers(let numbers): numbers.readers
      }
    }

    /// Computes every figure.
    public func agreement(
      resampling: Resampling? = Resampling(), progress: ((Double) -> Void)? = nil
    ) -> AgreementReport {
      switch self {
      case .levels(let table): table.agreement(resampling: resampling, progress: progress)
      case .sets(let sets): sets.agreement(resampling: resampling, progress: progress)
      case .numbers(let numbers): numbers.agreement(progress: progress)
      }
    }
  }

  /// The ratings.
  public let content: Content
  /// What is odd in the file without being wrong.
  public let notes: [String]
  /// What was taken for what: the column of the cases, of patients, what was not read.
  public let origin: String
  /// The subgroups in their order, where a column divides the cases.
  public let groups: [Group]

  /// The cases with one value of the column that divides them.
  public struct Group: Sendable {
    public let name: String
    public let content: Content
  }

  /// The ratings as levels; of sets the distinct sets that occur, of numbers the distinct numbers.
  public var table: RatingTable { content.table }

  /// Reads a file in chunks.
  ///
  /// - Parameters:
  ///   - levels: all declared levels in order; of sets their members, or none where any may occur; none of numbers.
  ///   - scale: `interval` reads numbers.
  ///   - positive: the positive level of a binary scale; the last level unless said.
  ///   - isOfSets: whether cells are sets, members with `+` between them, `{}` an empty one.
  ///   - progress: called after each chunk with the bytes read so far.
  ///   - source: fills a part of the buffer it is given and answers how many bytes; 0 at the end.
  /// - Throws: `RatingsFileError` with line numbers, `RatingTableError` for the levels, and the errors of the source.
  public init(
    levels: [String], scale: RatingScale, positive: String? = nil, isOfSets: Bool = false,
    options: RatingsOptions = RatingsOptions(), progress: ((Int) -> Void)? = nil,
    source: @escaping (UnsafeMutableRawBufferPointer) throws -> Int
  ) throws {
    if !isOfSets, scale != .interval { try RatingTally.check(levels: levels, scale: scale, positive: positive) }
    let sink = try CaseSink(
      levels: levels, scale: scale, positive: positive, isOfSets: isOfSets, options: options)
    let records = CSVRecords(chunk: 1 << 18, source: source)
    guard try records.next() else {
      throw RatingsFileError.empty
    }
    var reported = 0
    func report() {
      guard records.bytesRead != reported else { return }
      reported = records.bytesRead
      progress?(reported)
    }
    let file: RatingsFile
    switch options.form {
    case .wide:
      var reader = try WideReader(records, sink, options)
      while try reader.readCase() { report() }
      file = try reader.finish()
    case .transposed:
      var reader = try TransposedReader(records, sink)
      while try reader.readReader() { report() }
      file = try reader.finish()
    case .long:
      var reader = try LongReader(records, sink, options)
      while try reader.readRating() { report() }
      file = try reader.finish()
    case .counts:
      var reader = try CountsReader(records, sink, levels: levels)
      while try reader.readLevel() { report() }
      file = try reader.finish()
    }
    if let perCase = options.readersPerCase, case let most = file.content.mostRatings, most > perCase {
      throw RatingTableError.moreThanPerCase(most, perCase: perCase)
    }
    let name = [UInt8(ascii: ";"): "semicolons", UInt8(ascii: "\t"): "tabs"][records.separator]
    self = RatingsFile(
      content: file.content,
      notes: file.notes + Subgrouping.alike(file.groups.map(\.name))
        + (options.reference == nil && options.readersPerCase == nil ? Self.readersOfTheirOwn(file.content) : []),
      origin: ([
        file.origin, name.map { "columns separated by \($0)" }, options.hasDecimalComma ? "decimal commas" : nil,
        options.readersPerCase.map { "\($0) readers to a case" },
      ])
      .compactMap { $0 }.joined(separator: "; "),
      groups: file.groups)
  }

  /// That cases may have readers of their own, where it looks so and nothing was said.
  private static func readersOfTheirOwn(_ content: Content) -> [String] {
    let (most, readers) = (content.mostRatings, content.readers.count)
    guard (2..<readers).contains(most) else { return [] }
    return [
      "No case was rated by all \(readers) readers, and none by more than \(most). Where each was to have \(most) readers, say "
        + "--readers-per-case \(most); the other cells are then not missing."
    ]
  }

  init(content: Content, notes: [String], origin: String, groups: [Group] = []) {
    (self.content, self.notes, self.origin, self.groups) = (content, notes, origin, groups)
  }

  /// The subgroups in their order.
  ///
  /// - Throws: `RatingsFileError` where there are too many for a comparison.
  static func groups(_ parts: [String: Content], by: Subgrouping?) throws -> [Group] {
    guard let by else { return [] }
    guard parts.count <= Subgrouping.most else {
      throw RatingsFileError(
        line: nil,
        "the column \(quoted(by.name)) has \(grouped(parts.count)) different values; numbers are divided by a bound, as --by "
          + "'\(printable(by.name))<60'")
    }
    return by.sorted(parts.keys).compactMap { name in parts[name].map { Group(name: name, content: $0) } }
  }

  /// The same file with some levels taken together; of sets there are none to take.
  ///
  /// - Throws: `LevelCollapseError`, `RatingTableError`.
  public func collapsed(_ collapse: LevelCollapse, positive: String?) throws -> RatingsFile {
    func collapsed(_ content: Content) throws -> Content {
      guard case .levels(let table) = content else { return content }
      return .levels(try table.collapsed(collapse, positive: positive))
    }
    return RatingsFile(
      content: try collapsed(content), notes: notes, origin: "\(origin); taken together: \(collapse.words)",
      groups: try groups.map { Group(name: $0.name, content: try collapsed($0.content)) })
  }

  /// Computes every figure, with the notes and the origin in the report.
  ///
  /// - Parameter resampling: of numbers nothing is resampled.
  public func agreement(
    resampling: Resampling? = Resampling(), progress: ((Double) -> Void)? = nil
  ) -> AgreementReport {
    var report = content.agreement(resampling: resampling, progress: progress)
    report.notes = notes
    report.origin = origin
    return report
  }
}
