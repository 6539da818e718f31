// Pulse sequences, examinations and how their images were acquired.

import TextSafety

/// A pulse sequence of the protocol, or another series that a codebook reads: `dwi`, `ct`.
public struct MRSequence: RawRepresentable, CaseIterable, Codable, Hashable, Sendable {
  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  public static let t1w = MRSequence(rawValue: "t1w")
  public static let t2w = MRSequence(rawValue: "t2w")
  public static let stir = MRSequence(rawValue: "stir")
  public static let contrastEnhancedT1W = MRSequence(rawValue: "ce_t1w")

  /// The sequences that lesions are drawn on, and that the built-in codebook reads.
  public static let allCases: [MRSequence] = [.t1w, .t2w, .stir, .contrastEnhancedT1W]

  /// Series and other images that a source may state although the codebook does not read them.
  public static let others = [
    "dwi", "adc", "pd", "flair", "gre", "dixon", "dce", "ct", "radiograph", "pet", "scintigraphy",
  ].map { MRSequence(rawValue: $0) }

  /// `T1W`, `T2W`, `STIR`, `CE T1W`.
  public var title: String { rawValue.uppercased().replacing("_", with: " ") }

  /// At most four columns: `CE` for the contrast-enhanced one.
  public var shortTitle: String { self == .contrastEnhancedT1W ? "CE" : title }
}

public enum Plane: String, CaseIterable, Codable, Hashable, Sendable {
  case axial, sagittal, coronal
}

/// One series of an examination. What is nil is *not stated*.
public struct Acquisition: Codable, Hashable, Sendable {
  public var sequence: MRSequence
  /// False only where it is said that the sequence was *not acquired*.
  public var isAcquired: Bool
  public var plane: Plane?
  /// Repetition, echo and inversion time, in milliseconds.
  public var tr: Double?
  public var te: Double?
  public var ti: Double?
  public var fatSuppressed: Bool?
  /// Of diffusion: b in s/mm², each.
  public var bValues: [Double]?
  /// The figure of the source that shows it, as `1A`.
  public var figure: String?
  /// What the source says of the images, in our words.
  public var remark: String?

  public init(
    _ sequence: MRSequence, isAcquired: Bool = true, plane: Plane? = nil, tr: Double? = nil, te: Double? = nil,
    ti: Double? = nil, fatSuppressed: Bool? = nil, figure: String? = nil, remark: String? = nil
  ) {
    self.sequence = sequence
    self.isAcquired = isAcquired
    self.plane = plane
    self.tr = tr
    self.te = te
    self.ti = ti
    self.fatSuppressed = fatSuppressed
    self.figure = figure
    self.remark = remark
  }

  /// `700/12`, with the inversion time as `3130/65/160`; nil where TR or TE is not stated.
  public var timing: String? {
    guard let tr, let te else { return nil }
    return ([tr, te] + (ti.map { [$0] } ?? [])).map(\.plain).joined(separator: "/")
  }

  /// `b 0, 800`; nil where it is not stated.
  public var diffusion: String? { bValues.map { "b \($0.map(\.plain).joined(separator: ", "))" } }
}

/// One MR study of a case.
public struct Examination: Codable, Hashable, Sendable, Identifiable {
  public var id: ExaminationID
  public var acquisitions: [Acquisition]
  /// Remarks of the source on the whole examination, in our words.
  public var remarks: [String]
  /// Fluid that the source describes; nil where nothing is stated.
  public var collections: [FluidCollection]?
  /// Days after the baseline, where it is stated so; the id then has the months.
  public var day: Int?
  /// As `2020-01-02`; nil unless the study keeps dates.
  public var date: String?

  public init(_ id: ExaminationID, acquisitions: [Acquisition] = [], remarks: [String] = []) {
    self.id = id
    self.acquisitions = acquisitions
    self.remarks = remarks
  }

  /// True where it is said that the sequence was not acquired, and no other series of it was.
  public func lacks(_ sequence: MRSequence) -> Bool {
    let series = acquisitions.filter { $0.sequence == sequence }
    return !series.isEmpty && series.allSatisfy { !$0.isAcquired }
  }
}
