// What a vote on bones or places is about: those that the readers do not agree on.

/// The question of a vote on places. What all readers named is taken as agreed; each votes on the rest.
///
/// A vote is kept as the whole set that it comes to, so that it can be read without this.
public struct VoteQuestion: Hashable, Sendable {
  public let tally: BoneTally
  private let finding: Finding

  /// - Parameter positions: what each reader holds when the vote is called.
  /// - Returns: nil where nothing is disputed, or nobody answered: then the vote is on the whole grade.
  public init?(_ positions: [BoneTally.Stance], of finding: Finding) {
    guard finding.isOfPlaces else { return nil }
    let tally = BoneTally(positions, of: finding)
    guard !tally.disputed.isEmpty, positions.contains(where: { $0.value?.isAnswer ?? false }) else { return nil }
    (self.tally, self.finding) = (tally, finding)
  }

  /// The same of readers who abstained on nothing; nil of who has not graded.
  public init?(_ positions: [GradeValue?], of finding: Finding) {
    self.init(positions.map { BoneTally.Stance($0) }, of: finding)
  }

  /// As many are named one by one.
  private static let few = 6

  /// The disputed places.
  public var places: [BoneTally.Place] { tally.disputed.map(\.place) }

  /// `T5`; `T5, T6 and L1`; of many the runs that they make, `C1–T12 and L3`, and how many more. Where readers differ in how
  /// they name the bones, that is in question too: `T5, and one run or each`.
  public var title: String { placesTitle + (tally.forms.isEmpty ? "" : ", and one run or each") }

  private var placesTitle: String {
    let titles = places.count <= Self.few ? places.map(\.title) : BoneTally.titles(places)
    guard titles.count <= Self.few, let last = titles.last else {
      return titles.prefix(Self.few - 1).joined(separator: ", ") + " and \(titles.count - Self.few + 1) more"
    }
    return titles.count == 1 ? last : "\(titles.dropLast().joined(separator: ", ")) and \(last)"
  }

  /// A vote as the answer to it: `yes`; of several places `T5 yes, T6 no`, of many that are answered alike `all no`. Where
  /// readers differ in how they name the bones, that too: `yes (each)`. Nil of one that says something else too, as of a place
  /// that was not in question.
  public func words(_ value: GradeValue) -> String? {
    let form = tally.forms.isEmpty ? nil : BoneTally.Form(value)
    return marks(value).map { $0 + (form.map { " (\($0.title))" } ?? "") }
  }

  private func marks(_ value: GradeValue) -> String? {
    guard let said = tally.marks(of: value),
      tally.agreed.allSatisfy({ item in said[item.place].map { item.marks.contains($0) } ?? false })
    else { return nil }
    let disputed = places
    let marks = Set(disputed.map { said[$0] ?? .notNamed })
    if disputed.count > Self.few {
      if marks.count == 1, let mark = marks.first { return "all \(Self.words(mark, finding))" }
      var runs: [(places: [BoneTally.Place], mark: BoneTally.Mark)] = []
      for place in disputed {
        let mark = said[place] ?? .notNamed
        if runs.last?.mark == mark {
          runs[runs.count - 1].places.append(place)
        } else {
          runs.append(([place], mark))
        }
      }
      return runs.map { "\(BoneTally.titles($0.places).joined(separator: ", ")) \(Self.words($0.mark, finding))" }
        .joined(separator: ", ")
    }
    return disputed.map { place in
      let mark = Self.words(said[place] ?? .notNamed, finding)
      return disputed.count == 1 ? mark : "\(place.title) \(mark)"
    }.joined(separator: ", ")
  }

  /// A mark in words: `yes`, `no`; of a change per bone its level, or `–`.
  public static func words(_ mark: BoneTally.Mark, _ finding: Finding) -> String {
    switch mark {
    case .noAnswer: "?"
    case .notNamed: finding.scale == .map ? "–" : "no"
    case .named: "yes"
    case .level(let level): finding.level(level)?.title ?? level.rawValue
    }
  }

  /// The vote that answers make, as `T5:yes,T6:no`, with what is agreed.
  ///
  /// - Parameter own: what the voter had signed, whose way to name the bones theirs is; nil for as most readers do.
  /// - Returns: nil where the text is no list of places with yes and no.
  /// - Throws: what is wrong with it, in words.
  public func value(_ text: String, own: GradeValue? = nil) throws(VoteQuestionError) -> GradeValue? {
    let pairs = text.split(separator: ",").map { $0.split(separator: ":").map { $0.filter { $0 != " " } } }
    guard finding.scale != .map, !pairs.isEmpty,
      pairs.allSatisfy({ $0.count == 2 && ["yes", "no"].contains($0[1].lowercased()) })
    else { return nil }
    var answers: [BoneTally.Place: Bool] = [:]
    for pair in pairs {
      guard let place = places.first(where: { $0.id.isSameID(as: pair[0]) }) else {
        throw VoteQuestionError(
          "‘\(pair[0])’ is not in question; the vote is on \(title)"
            + (tally.agreed.isEmpty ? "" : ", the other places are taken as agreed"))
      }
      guard answers.updateValue(pair[1].lowercased() == "yes", forKey: place) == nil else {
        throw VoteQuestionError("\(place.title) is there twice")
      }
    }
    let open = places.filter { answers[$0] == nil }.map(\.title)
    guard open.isEmpty else { throw VoteQuestionError("say yes or no of \(open.joined(separator: ", ")) too") }
    guard
      let value = tally.value(
        as: .init(own), own: own,
        { item in
          item.isAgreed ? item.marks.first : answers[item.place] == true ? .named : .notNamed
        })
    else { throw VoteQuestionError("that leaves no bone; vote none or not-assessable, or abstain") }
    return value
  }
}

/// Why a text is no answer to a vote.
public struct VoteQuestionError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String
  init(_ description: String) { self.description = description }
}

extension Finding {
  /// Whether it names bones or places, which are compared one by one.
  public var isOfPlaces: Bool { scale == .sites || scale == .map || scale == .set && alone != nil }
}
