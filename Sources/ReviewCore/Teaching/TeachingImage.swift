// The key image that a teaching step is about: which one, what of it is shown, and what is marked on it.

public struct TeachingImage: Codable, Hashable, Sendable {
  /// A mark by its place on the picture, so that a script can be written beside the picture: percent from its left and
  /// upper edge.
  public struct Mark: Codable, Hashable, Sendable {
    public var shape: ImageMark.Shape
    /// The tip of an arrow, the middle of an ellipse.
    public var x: Double
    public var y: Double
    /// The end of an arrow, the corner of an ellipse's box.
    public var toX: Double
    public var toY: Double

    public init(_ shape: ImageMark.Shape, x: Double, y: Double, toX: Double, toY: Double) {
      (self.shape, self.x, self.y, self.toX, self.toY) = (shape, x, y, toX, toY)
    }
  }

  public var series: MRSequence
  /// From 1, as the viewer counts them; nil for the middle one.
  public var slice: Int?
  /// 1 shows the whole height.
  public var zoom: Double
  /// What is shown is around this place, in percent from the left and upper edge.
  public var x: Double
  public var y: Double
  /// Stored values; nil for the picture's own.
  public var window: KeyImage.Window?
  public var marks: [Mark]
  /// What is on it, for who cannot see it; names nothing that is asked.
  public var alternative: String
  public var credit: String?
  public var licence: String?

  public init(
    series: MRSequence, slice: Int? = nil, zoom: Double = 1, x: Double = 50, y: Double = 50,
    window: KeyImage.Window? = nil, marks: [Mark] = [], alternative: String, credit: String? = nil,
    licence: String? = nil
  ) {
    (self.series, self.slice, self.zoom) = (series, slice, zoom)
    (self.x, self.y, self.window, self.marks) = (x, y, window, marks)
    (self.alternative, self.credit, self.licence) = (alternative, credit, licence)
  }

  /// `STIR, slice 4: …`.
  public var words: String {
    series.title + (slice.map { ", slice \($0)" } ?? "") + ": " + alternative
  }

  /// `Image: A. Author, CC BY 4.0`; nil where nothing is said.
  public var source: String? {
    let parts = [credit, licence].compactMap(\.self)
    return parts.isEmpty ? nil : "Image: " + parts.joined(separator: ", ")
  }
}
