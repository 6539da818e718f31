// Reads answers as people and files write them.

package struct AnswerFault: Error, Hashable, Sendable, CustomStringConvertible {
  package var description: String
}

extension Scheme {
  /// Enters a grade into a record.
  ///
  /// - Parameters:
  ///   - examination: 0 for the baseline; the grade of a baseline finding goes there in any case.
  ///   - against: what a finding that compares was compared with.
  package func enter(
    _ grade: WrittenGrade, at examination: Int, against: ComparedWith, into record: inout CaseRecord,
    nearest: (String, [String]) -> String?
  ) throws(AnswerFault) {
    guard let index = question(grade.finding.text) else {
      let near = nearest(grade.finding.text, questions.map(\.id)).map { "; did you mean ‘\($0)’?" } ?? ""
      throw AnswerFault(description: "there is no finding ‘\(grade.finding.text)’\(near)")
    }
    let own = questions[index]
    var place: Int?
    if let name = grade.place {
      guard let family = own.family else {
        throw AnswerFault(description: "‘\(own.id)’ is not graded per place; give its level alone")
      }
      guard let found = body.place(name.text), places(of: family).contains(found) else {
        let near =
          nearest(name.text, places(of: family).map { body.places[$0].id }).map { "; did you mean ‘\($0)’?" } ?? ""
        throw AnswerFault(description: "‘\(own.id)’ is not graded at ‘\(name.text)’\(near)")
      }
      place = found
    }
    let at = own.written.isGiven || own.at == .baseline ? 0 : own.at == .followUp ? max(1, examination) : examination
    let compared = own.written.isComparison && at > 0 ? against : .baseline
    record.answers[CaseRecord.Key(index, at: at, against: compared, place: place)] =
      try answer(grade.value.text, to: index, isCell: place != nil, nearest: nearest)
  }

  /// The answer that a text names: a level, levels with commas, a number, places, `not-assessable`, `not-acquired`.
  func answer(
    _ text: String, to index: Int, isCell: Bool, nearest: (String, [String]) -> String?
  ) throws(AnswerFault) -> Answer {
    let own = questions[index]
    switch AnswerState(word: text) {
    case .notAssessable?: return .notAssessable
    case .notAcquired?: return .notAcquired
    default: break
    }
    if own.family != nil, !isCell {
      if text.asID == "none", own.scale.level("none") == nil { return .places([]) }
      throw AnswerFault(description: "‘\(own.id)’ is graded per place; write PLACE:LEVEL")
    }
    let parts = text.utf8.split(separator: UInt8(ascii: ",")).map { word in
      String(decoding: word.drop { $0 == UInt8(ascii: " ") }, as: UTF8.self)
    }
    switch own.scale.kind {
    case .number: return .number(try number(text, own))
    case .places: return text.asID == "none" ? .places([]) : .places(try named(parts, own, nearest))
    case .choice, .set:
      var levels: Set<Int> = []
      for part in parts {
        guard let level = own.scale.level(part) else {
          let known = own.levels.map(\.id.text)
          let near = nearest(part, known).map { "did you mean ‘\($0)’? " } ?? ""
          throw AnswerFault(
            description: "\(own.id): there is no ‘\(part)’; \(near)allowed: \(known.joined(separator: ", "))")
        }
        levels.insert(level)
      }
      let most = own.scale.kind == .choice ? 1 : own.scale.atMost ?? own.levels.count
      guard (1...max(1, most)).contains(levels.count) else {
        throw AnswerFault(
          description:
            "\(own.id): \(levels.isEmpty ? "the answer is empty" : "\(levels.count) levels"); it takes \(most == 1 ? "one" : "1 to \(most)")"
        )
      }
      return .levels(levels.sorted())
    }
  }

  private func number(_ text: String, _ own: Question) throws(AnswerFault) -> Exact {
    let scale = own.scale
    let unit = scale.unit.map { " \($0)" } ?? ""
    guard let number = Exact(text) else {
      throw AnswerFault(description: "\(own.id): ‘\(text)’ is not a number; write it in digits, as 12 or 10.5")
    }
    if let from = scale.from, number < from {
      throw AnswerFault(description: "\(own.id): \(number) is less than \(from)\(unit), the least it takes")
    }
    if let to = scale.to, to < number {
      throw AnswerFault(description: "\(own.id): \(number) is more than \(to)\(unit), the most it takes")
    }
    if let step = scale.step, let steps = (number - (scale.from ?? .zero)).flatMap({ $0 / step }), !steps.isWhole {
      throw AnswerFault(description: "\(own.id): \(number) lies between the steps of \(step)\(unit)")
    }
    return number
  }

  private func named(
    _ words: [String], _ own: Question, _ nearest: (String, [String]) -> String?
  ) throws(AnswerFault) -> [NamedPlace] {
    var found: [NamedPlace] = []
    for word in words {
      let place: NamedPlace
      if let single = body.place(word) {
        place = .place(single)
      } else if let extent = body.extents.firstIndex(where: { $0.id.isSameID(as: word) }) {
        place = .extent(extent)
      } else if let run = body.run(word) {
        place = .run(run.lowerBound, run.upperBound)
      } else {
        let near = nearest(word, own.places.map { body.places[$0].id }).map { "; did you mean ‘\($0)’?" } ?? ""
        throw AnswerFault(description: "\(own.id): there is no place ‘\(word)’\(near)")
      }
      if case .place = place {
      } else if !own.scale.takesExtents {
        throw AnswerFault(description: "\(own.id): ‘\(word)’ is several places; name each")
      }
      guard place.covered(in: body).isSubset(of: own.places) else {
        throw AnswerFault(description: "\(own.id): ‘\(word)’ is not among its places")
      }
      if !found.contains(place) { found.append(place) }
    }
    guard !found.isEmpty else {
      throw AnswerFault(description: "\(own.id): the answer is empty; write ‘none’ where there is none")
    }
    if let most = own.scale.atMost, found.count > most {
      throw AnswerFault(description: "\(own.id): \(found.count) places; it takes at most \(most)")
    }
    return found
  }
}
