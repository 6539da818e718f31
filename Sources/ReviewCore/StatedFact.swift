// What a source states of a patient beside the images: measured over time, found, done. Nothing here is graded.

import TextSafety

/// A word of a file for which there is a list of usual ones, and which may be another.
public protocol OpenWord: RawRepresentable, Codable, Hashable, Sendable where RawValue == String {
  init(rawValue: String)
  /// The usual ones, in the order in which they are counted.
  static var usual: [Self] { get }
}

extension OpenWord {
  /// As people read it: `lymph node`.
  public var title: String { rawValue.replacing("_", with: " ") }
}

/// What was measured or is stated under a name of its own: a laboratory value, an exposure, a disease beside.
public struct StatedFact: Codable, Hashable, Sendable {
  /// As stated: `CRP`, `contact with sheep`.
  public var name: String
  /// As stated, numbers in digits: `64`, `<5`, `yes`.
  public var value: String
  /// As stated: `mg/l`. Nil where none is, also of a number.
  public var unit: String?
  /// Days after the baseline, before it negative; nil where it is stated in months, or not.
  public var day: Int?
  /// Months after the baseline.
  public var months: Double?
  /// As `2020-01-02`; nil unless the study keeps dates.
  public var date: String?

  public init(
    _ name: String, _ value: String, unit: String? = nil, day: Int? = nil, months: Double? = nil, date: String? = nil
  ) {
    (self.name, self.value, self.unit) = (name, value, unit)
    (self.day, self.months, self.date) = (day, months, date)
  }

  /// `crp 64 mg/l`.
  public var words: String { [name, value, unit].compactMap { $0 }.joined(separator: " ") }

  /// `day 30`, `1.5 months`; nil where it is not stated.
  public var time: String? { StatedFact.time(day: day, months: months) }

  static func time(day: Int?, months: Double?) -> String? {
    day.map { "day \($0)" } ?? months.map { $0 == 0 ? "baseline" : ExaminationID(months: $0).title }
  }

  /// One line for each time, in the order given: `day 0: crp 64, esr 70`. What has no time stands alone.
  public static func lines(_ facts: [StatedFact]) -> [String] {
    var groups: [(time: String?, words: [String])] = []
    for fact in facts {
      let time = fact.time
      if let last = groups.indices.last, groups[last].time == time {
        groups[last].words.append(fact.words)
      } else {
        groups.append((time, [fact.words]))
      }
    }
    return groups.map { group in (group.time.map { "\($0): " } ?? "") + group.words.joined(separator: ", ") }
  }
}

/// A test for antibodies.
public struct Serology: Codable, Hashable, Sendable {
  /// As stated: `Wright`.
  public var test: String
  /// As stated: `1/640`.
  public var titre: String?
  public var result: Culture.Result?
  /// Days after the baseline.
  public var day: Int?
  /// Months after the baseline.
  public var months: Double?

  public init(
    _ test: String, titre: String? = nil, result: Culture.Result? = nil, day: Int? = nil, months: Double? = nil
  ) {
    (self.test, self.titre, self.result, self.day, self.months) = (test, titre, result, day, months)
  }

  /// `Wright 1/640, positive, day 3`.
  public var words: String {
    let found = [titre, result?.rawValue, StatedFact.time(day: day, months: months)].compactMap { $0 }
    return found.isEmpty ? test : "\(test) \(found.joined(separator: ", "))"
  }
}

/// What caused the infection.
public struct Pathogen: Codable, Hashable, Sendable {
  /// As stated: `Brucella melitensis`.
  public var species: String
  /// How it was found, as stated: `blood culture`, `PCR of pus`.
  public var found: String?

  public init(_ species: String, found: String? = nil) { (self.species, self.found) = (species, found) }

  /// `Brucella melitensis (blood culture)`.
  public var words: String { species + (found.map { " (\($0))" } ?? "") }
}

/// Fluid that the source describes on an examination: an abscess, an effusion.
public struct FluidCollection: Codable, Hashable, Sendable {
  public struct Side: OpenWord {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public static let usual = ["left", "right", "both", "midline"].map { Side(rawValue: $0) }
  }

  /// As stated: `epidural`, `left psoas`.
  public var place: String
  public var side: Side?
  /// As stated: `C5-C6`.
  public var level: String?
  /// Millimetres, one to three of them, in the order stated.
  public var size: [Double]?
  /// What else is stated of it.
  public var remark: String?

  public init(
    _ place: String, side: Side? = nil, level: String? = nil, size: [Double]? = nil, remark: String? = nil
  ) {
    (self.place, self.side, self.level, self.size, self.remark) = (place, side, level, size, remark)
  }

  /// `5 × 20 mm`; nil where it is not stated.
  public var sizeWords: String? { size.map { "\($0.map(\.plain).joined(separator: " × ")) mm" } }

  /// `epidural, left, C5-C6, 5 × 20 mm, cord compression`.
  public var words: String {
    [place, side?.title, level, sizeWords, remark].compactMap { $0 }.joined(separator: ", ")
  }
}

extension Case {
  /// The same without days of the calendar.
  public var withoutDates: Case {
    var bare = self
    for index in bare.examinations.indices { bare.examinations[index].date = nil }
    for path in [\Case.labs, \Case.facts] {
      bare[keyPath: path] = bare[keyPath: path]?.map { fact in
        var fact = fact
        fact.date = nil
        return fact
      }
    }
    return bare
  }

  /// The same without some facts, and without what would tell them: the grades stated of the whole course tell of outcome
  /// and later examinations; the source's remarks on the images are a report on them.
  public func without(_ facts: Set<Withheld>) -> Case {
    var bare = self
    for fact in facts { Self.removals[fact]?(&bare) }
    return bare
  }

  private static let removals: [Withheld: @Sendable (inout Case) -> Void] = [
    .title: { $0.title = nil },
    .biopsy: {
      $0.biopsies = nil
      $0.basisOfDiagnosis = nil
    },
    .culture: {
      $0.cultures = nil
      $0.serology = nil
      $0.pathogens = nil
    },
    .labs: { $0.labs = nil },
    .facts: {
      $0.occupation = nil
      $0.facts = nil
    },
    .therapy: {
      $0.therapy = nil
      $0.surgery = nil
    },
    .outcome: {
      $0.outcome = nil
      $0.course = [:]
    },
    .originalReport: {
      $0.originalReport = nil
      for index in $0.examinations.indices { $0.examinations[index].dropRemarks() }
    },
    .laterExaminations: { $0.course = [:] },
  ]
}

extension Examination {
  fileprivate mutating func dropRemarks() {
    (remarks, collections) = ([], nil)
    for index in acquisitions.indices { (acquisitions[index].remark, acquisitions[index].figure) = (nil, nil) }
  }
}

extension FluidCollection {
  /// Without what is free text: remarks go out only with notes.
  public var bare: FluidCollection { FluidCollection(place, side: side, level: level, size: size) }
}
