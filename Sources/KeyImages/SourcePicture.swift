// A picture as a file has it: what the reading child says of it, and its stored values.

import ReviewCore

package struct SourcePicture: Hashable, Sendable {
  package private(set) var columns = 0
  package private(set) var rows = 0
  /// Row by row.
  package private(set) var values: [Int32] = []
  package private(set) var frames = 1
  /// White is 0.
  package private(set) var isInverted = false
  /// From stored to rescaled values, in which windows count.
  package private(set) var slope = 1.0
  package private(set) var intercept = 0.0
  package private(set) var windows: [GreyWindow] = []
  /// Millimetres between rows and between columns; nil where the file does not say.
  package private(set) var spacing: (rows: Double, columns: Double)? {
    get { spacings.map { ($0[0], $0[1]) } }
    set { spacings = newValue.map { [$0.rows, $0.columns] } }
  }
  private var spacings: [Double]?
  /// Height of a pixel against its width.
  package private(set) var aspect = 1.0
  /// The first pixel's place, and the directions of rows and columns (DICOM's LPS, millimetres); empty where the file
  /// does not say, or says what cannot be.
  package private(set) var position: [Double] = []
  package private(set) var orientation: [Double] = []
  /// Milliseconds.
  package private(set) var tr: Double?
  package private(set) var te: Double?
  package private(set) var ti: Double?
  package private(set) var hasContrast = false
  /// The file says that text is burned into it, or it is a picture of a screen.
  package private(set) var mayHaveText = false
  /// Numbers of its series and of itself in it.
  package private(set) var series: Int?
  package private(set) var number: Int?
  /// For the store alone, which keeps salted hashes of them. A frame of several has its number behind the instance.
  package private(set) var instanceUID: String?
  package private(set) var frameOfReferenceUID: String?
  /// Of a picture of a release: what it was in the study that wrote it.
  private var carriedSequence: MRSequence?
  private var carriedPlane: Plane?
  private var carriedID: KeyImageID = ""
  private var frame = 0

  /// What the child wrote: lines of `name value…`, then `pixels` and 32-bit values. Nil where it is not that.
  package init?(_ output: [UInt8]) {
    let mark = Array("\npixels\n".utf8)
    guard let end = output.indices.first(where: { output[$0...].starts(with: mark) }) else { return nil }
    for line in String(decoding: output[..<end], as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      take(words[0], words.dropFirst().compactMap(Double.init).filter(\.isFinite))
      if words.count == 2 { take(words[0], word: words[1]) }
    }
    if frames > 1 { instanceUID = instanceUID.map { "\($0) \(frame)" } }
    let bytes = output[(end + mark.count)...]
    guard columns > 0, rows > 0, bytes.count == 4 * columns * rows else { return nil }
    values.reserveCapacity(columns * rows)
    for start in stride(from: bytes.startIndex, to: bytes.endIndex, by: 4) {
      values.append(
        Int32(
          bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << (8 * UInt32($1)) }))
    }
  }

  private mutating func take(_ name: String, _ numbers: [Double]) {
    switch (name, numbers.count) {
    case ("rows", 1): rows = Self.size(numbers[0])
    case ("columns", 1): columns = Self.size(numbers[0])
    case ("frames", 1): frames = max(1, Int(min(numbers[0], 1e6)))
    case ("frame", 1): frame = Int(max(0, min(numbers[0], 1e6)))
    case ("series", 1): series = Self.counted(numbers[0])
    case ("number", 1): number = Self.counted(numbers[0])
    case ("inverted", 0): isInverted = true
    case ("rescale", 2): (slope, intercept) = (numbers[0] == 0 ? 1 : numbers[0], numbers[1])
    case ("window", 2): windows.append(GreyWindow(center: numbers[0], width: numbers[1]))
    case ("spacing", 2): spacing = (numbers[0], numbers[1])
    case ("aspect", 1): aspect = min(20, max(0.05, numbers[0]))
    case ("position", 3): position = numbers
    case ("orientation", 6): orientation = numbers
    case ("tr", 1): tr = numbers[0]
    case ("te", 1): te = numbers[0]
    case ("ti", 1): ti = numbers[0]
    case ("contrast", 0): hasContrast = true
    case ("text", 0): mayHaveText = true
    default: break
    }
  }

  private mutating func take(_ name: String, word: String) {
    switch name {
    case "instance": instanceUID = word
    case "frame-of-reference": frameOfReferenceUID = word
    case "sequence": carriedSequence = MRSequence(rawValue: word)
    case "plane": carriedPlane = Plane(rawValue: word)
    case "image": carriedID = KeyImageID(word)
    default: break
    }
  }

  private static func counted(_ number: Double) -> Int? { (0...99_999).contains(number) ? Int(number) : nil }

  private static func size(_ number: Double) -> Int { (1...4096).contains(number) ? Int(number) : 0 }

  package static func == (a: SourcePicture, b: SourcePicture) -> Bool {
    a.values == b.values && a.columns == b.columns && a.position == b.position && a.windows == b.windows
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(values) }
}

extension SourcePicture {
  /// The normal of the slice; nil without orientation.
  private var normal: [Double]? {
    guard orientation.count == 6 else { return nil }
    let (r, c) = (orientation.prefix(3).map(\.self), orientation.suffix(3).map(\.self))
    return [r[1] * c[2] - r[2] * c[1], r[2] * c[0] - r[0] * c[2], r[0] * c[1] - r[1] * c[0]]
  }

  /// The plane that the slice is within 40° of; nil where the file does not say.
  package var plane: Plane? {
    guard let normal, let (axis, size) = normal.map(abs).enumerated().max(by: { $0.element < $1.element }),
      size > 0.766
    else { return nil }
    return [Plane.sagittal, .coronal, .axial][axis]
  }

  /// The plane that its release or its header says.
  package var statedPlane: Plane? { carriedPlane ?? plane }

  /// Where along its plane the slice lies: to the left, to the back, to the head. Millimetres.
  package var place: Double? {
    guard let plane, position.count == 3 else { return nil }
    return position[plane == .sagittal ? 0 : plane == .coronal ? 1 : 2]
  }

  /// What the timing says that it is: inversion, long echo, or short times before or after contrast medium. Nil where it
  /// does not say.
  package var sequence: MRSequence? {
    if let carriedSequence { return carriedSequence }
    guard let tr, let te else { return nil }
    if let ti, ti > 0, ti < 400 { return .stir }
    if te >= 70, tr >= 1500 { return .t2w }
    return te <= 30 && tr <= 1200 ? (hasContrast ? .contrastEnhancedT1W : .t1w) : nil
  }

  /// As it is looked at: stored values from 0 on, and windows in them. Up to 16 bits, which is all that is read, lossless.
  private struct Raised {
    var pixels: [UInt16] = []
    let low: Int32
    let top: Double
    let scale: Double

    init(_ values: [Int32], isInverted: Bool) {
      low = values.min() ?? 0
      let range = Double(values.max() ?? 0) - Double(low)
      scale = range > 65535 ? 65535 / range : 1
      top = (range * scale).rounded(.down)
      pixels = values.map { value in
        let raised = min(top, max(0, (Double(value) - Double(low)) * scale))
        return UInt16(isInverted ? top - raised : raised)
      }
    }
  }

  private func window(_ window: GreyWindow, in raised: Raised) -> GreyWindow {
    let center = ((window.center - intercept) / slope - Double(raised.low)) * raised.scale
    return GreyWindow(
      center: isInverted ? raised.top - center : center, width: window.width / abs(slope) * raised.scale)
  }

  /// With the window that comes with it unless one is chosen, or from the darkest to the brightest.
  package func frame(_ chosen: GreyWindow? = nil) -> ImageFrame {
    let raised = Raised(values, isInverted: isInverted)
    let given = chosen ?? windows.first
    let window = given.map { self.window($0, in: raised) }
    return ImageFrame(
      columns: columns, rows: rows, pixels: raised.pixels, spacing: spacing?.rows ?? 0, position: place ?? 0,
      window: window ?? GreyWindow(center: raised.top / 2, width: raised.top), aspect: aspect)
  }

  /// What a study keeps of it.
  ///
  /// - Parameters:
  ///   - sequence: where a person says; else what its timing says.
  ///   - plane: where its header does not say.
  /// - Returns: nil where nobody says which series it is of.
  package func kept(
    at examination: ExaminationID, as sequence: MRSequence?, plane: Plane?
  ) -> (facts: KeyImage, pixels: [UInt16])? {
    guard let sequence = sequence ?? self.sequence else { return nil }
    let raised = Raised(values, isInverted: isInverted)
    func sound(_ time: Double?) -> Double? { time.flatMap { $0 > 0 && $0 <= 1e6 ? $0 : nil } }
    let isPlaced = (position + orientation).allSatisfy { abs($0) <= 1e5 }
    let facts = KeyImage(
      id: carriedID, examination: examination, sequence: sequence, plane: statedPlane ?? plane, columns: columns,
      rows: rows,
      rowSpacing: sound(spacing?.rows), columnSpacing: sound(spacing?.columns), aspect: aspect,
      position: isPlaced ? position : [], orientation: isPlaced ? orientation : [],
      windows: windows.map { self.window($0, in: raised) }.filter { abs($0.center) <= 1e6 && $0.width <= 1e6 }
        .map { KeyImage.Window(center: $0.center, width: $0.width) },
      tr: sound(tr), te: sound(te), ti: sound(ti), series: series, number: number)
    return (facts, raised.pixels)
  }
}

/// Why a file is not shown: the child's word, put into a sentence with its cure.
package struct PictureRefusal: Error, Hashable, Sendable {
  package let words: String
  /// There is no such file, or none that may be read.
  package let isUnreadable: Bool

  /// - Parameter line: `refused WORD DETAIL`.
  package init(_ line: String) {
    let parts = line.split(separator: " ").map(String.init)
    let detail = parts.count > 2 ? parts[2] : ""
    let word = parts.count > 1 ? parts[1] : ""
    (words, isUnreadable) = (Self.table[word]?(detail) ?? Self.failed, word == "unreadable")
  }

  private static let failed = "cannot be read as a picture; export it from the PACS again"

  private static let table: [String: @Sendable (String) -> String] = [
    "unreadable": { _ in "cannot be opened; look whether it is there, is a file and no folder, and may be read" },
    "empty": { _ in "is empty; export it from the PACS again" },
    "neither": { _ in "is neither DICOM nor PNG; export the picture from the PACS as DICOM, with its header" },
    "named": { _ in "is named as DICOM and is a PNG; give it a name that ends in .png" },
    "truncated": { _ in "is cut short: it ends before its pixels do; copy or export it again" },
    "no-pixels": { _ in "holds no picture, as a report or a list of key images does not; name the picture's own file" },
    "no-size": { _ in "has no size: its header says 0 rows or columns, or none at all; export it from the PACS again" },
    "size": { _ in "says it is larger than its file can be, or than 4096 × 4096; nothing was read of it" },
    "mismatch": { _ in "has pixels of another size than its header says; export it from the PACS again" },
    "color": { _ in "is a colour picture; key images are grey, as MR is" },
    "depth": { "has \($0) bits a pixel, which is not 8 or up to 16; export it from the PACS again" },
    "syntax": { "is coded in a way that is not read (transfer syntax \($0)); export it uncompressed" },
    "damaged": { _ in "is damaged: its pixels cannot be decoded; copy or export it again" },
    "frame": { "has no such frame; it has \($0)" },
    "memory": { _ in "needs more memory than is given to a picture; nothing was read of it" },
    "nested": { _ in "is nested deeper than any real file, or made to break what reads it; nothing was read" },
  ]
}
