// Findings and their scales as a file says them.

package enum Tone: String, CaseIterable, Codable, Hashable, Sendable {
  case plain, low, same, high, good, warning, bad
}

package struct ScaleLevel: Codable, Hashable, Sendable {
  package var id: Written
  package var title: String
  /// One column.
  package var glyph: String
  package var tone: Tone
  package var points: Exact?
  /// Outside the order, as *incomplete* is.
  package var isOffScale: Bool
  /// Which digit chooses it; nil above nine levels, where it is chosen from a list.
  package var key: Int?
  /// What exports write for it.
  package var code: Int

  package init(
    _ id: Written, title: String? = nil, glyph: String, tone: Tone = .plain, points: Exact? = nil,
    isOffScale: Bool = false,
    key: Int?, code: Int
  ) {
    (self.id, self.title, self.glyph) = (id, title ?? id.text.replacing("_", with: " "), glyph)
    (self.tone, self.points, self.isOffScale, self.key, self.code) = (tone, points, isOffScale, key, code)
  }
}

package struct AnswerScale: Codable, Hashable, Sendable {
  package enum Kind: String, CaseIterable, Codable, Hashable, Sendable { case choice, set, places, number }
  /// How a set of levels is a number.
  package enum SetPoints: String, CaseIterable, Codable, Hashable, Sendable { case most, sum }

  package var kind: Kind
  package var isOrdered = false
  package var levels: [ScaleLevel] = []
  package var setPoints: SetPoints?
  /// Of levels or places; nil for any number.
  package var atMost: Int?
  /// Places that may be named; nil for all of the body.
  package var only: [Written]?
  package var takesExtents = false
  package var unit: String?
  package var from: Exact?
  package var to: Exact?
  package var step: Exact?

  package init(_ kind: Kind) { self.kind = kind }

  /// `absent` and `present`, which every codebook has.
  package static let present: AnswerScale = {
    var scale = AnswerScale(.choice)
    scale.levels = [
      ScaleLevel(Written("absent"), glyph: "·", key: 1, code: 1),
      ScaleLevel(Written("present"), glyph: "●", key: 2, code: 2),
    ]
    return scale
  }()
}

package struct WrittenFinding: Codable, Hashable, Sendable {
  package enum At: String, CaseIterable, Codable, Hashable, Sendable {
    case baseline
    case followUp = "follow_up"
    case every
  }

  package var id: Written
  package var title: String
  package var short: String
  package var scale: AnswerScale
  package var per: [Written]?
  package var asksEveryPlace = false
  package var when: Written?
  package var at: At?
  package var now: Written?
  package var isComparison = false
  package var readOn: [Written] = []
  package var definition = ""
  package var source: String?
  package var aliases: [Written] = []
  package var sameWithin: Exact?
  package var takesPlaceOfSign = false
  package var isAskedAfterwards = false
  package var rest: Written?
  package var isCompared = true
  package var isGiven = false
  package var isWithheld = false

  package init(_ id: Written, title: String, short: String, scale: AnswerScale) {
    (self.id, self.title, self.short, self.scale) = (id, title, short, scale)
  }
}
