// A key image of an examination: what the study keeps of it beside its pixels. No name, date or free text of its file.

/// Names a key image: of a stored one its UUID in the study.
public struct KeyImageID: Identifier {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Enough of it to type; several images of a study hardly ever share so much.
  public var short: String { String(rawValue.prefix(8)) }
}

/// One picture that a study keeps, without its pixels.
public struct KeyImage: Codable, Hashable, Sendable, Identifiable {
  /// Which stored values are shown from black to white.
  public struct Window: Codable, Hashable, Sendable {
    public var center: Double
    public var width: Double

    public init(center: Double, width: Double) {
      self.center = center
      self.width = width
    }
  }

  public var id: KeyImageID
  public var examination: ExaminationID
  public var sequence: MRSequence
  /// Nil where neither its file nor a person says.
  public var plane: Plane?
  public var columns: Int
  public var rows: Int
  /// Millimetres between rows and between columns; nil where its file does not say.
  public var rowSpacing: Double?
  public var columnSpacing: Double?
  /// Height of a pixel against its width.
  public var aspect: Double
  /// Place of the first pixel, and the directions of rows and columns (DICOM's LPS, millimetres): 3 and 6 numbers, or none.
  public var position: [Double]
  public var orientation: [Double]
  /// The one that it is shown with first; none shows it from darkest to brightest.
  public var windows: [Window]
  /// Milliseconds.
  public var tr: Double?
  public var te: Double?
  public var ti: Double?
  /// Numbers of the series in its study and of the image in its series.
  public var series: Int?
  public var number: Int?
  /// Salted hashes: they tell only which images of this study share one.
  public var frameOfReference: String?
  public var instance: String?
  /// A person confirmed that no text is burned into it that says whose it is, because its file says there may be.
  public var isLookedThrough: Bool

  public init(
    id: KeyImageID = "", examination: ExaminationID = .baseline, sequence: MRSequence, plane: Plane? = nil,
    columns: Int, rows: Int, rowSpacing: Double? = nil, columnSpacing: Double? = nil, aspect: Double = 1,
    position: [Double] = [], orientation: [Double] = [], windows: [Window] = [], tr: Double? = nil, te: Double? = nil,
    ti: Double? = nil, series: Int? = nil, number: Int? = nil, frameOfReference: String? = nil,
    instance: String? = nil, isLookedThrough: Bool = false
  ) {
    self.id = id
    self.examination = examination
    self.sequence = sequence
    self.plane = plane
    self.columns = columns
    self.rows = rows
    self.rowSpacing = rowSpacing
    self.columnSpacing = columnSpacing
    self.aspect = aspect
    self.position = position
    self.orientation = orientation
    self.windows = windows
    self.tr = tr
    self.te = te
    self.ti = ti
    self.series = series
    self.number = number
    self.frameOfReference = frameOfReference
    self.instance = instance
    self.isLookedThrough = isLookedThrough
  }

  /// Numbers that a picture can have: what is drawn and measured by them stays on the screen.
  public var isSound: Bool {
    let numbers = position + orientation + windows.flatMap { [$0.center, $0.width] }
    let lengths = [rowSpacing, columnSpacing, tr, te, ti].compactMap(\.self) + [aspect]
    return (1...4096).contains(columns) && (1...4096).contains(rows)
      && (position.isEmpty || position.count == 3) && (orientation.isEmpty || orientation.count == 6)
      && numbers.allSatisfy { abs($0) <= 1e6 } && lengths.allSatisfy { $0 > 0 && $0 <= 1e6 }
      && windows.allSatisfy { $0.width >= 1 }
      && [series, number].allSatisfy { $0.map((0...99_999_999).contains) ?? true }
  }
}

/// How many key images a study keeps.
public struct ImageLimits: Codable, Hashable, Sendable {
  /// Images of one examination.
  public var perExamination: Int
  /// Mebibytes of one image, and of all of a study, as they are stored.
  public var each: Int
  public var all: Int

  public init(perExamination: Int = 60, each: Int = 2, all: Int = 2048) {
    self.perExamination = perExamination
    self.each = each
    self.all = all
  }
}
