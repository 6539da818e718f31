// Where findings are graded, and what they have to do with one another.

extension SchemeBinder {
  mutating func bindPlaces(of index: Int) {
    let finding = scheme.questions[index].written
    guard finding.scale.kind == .places else { return }
    scheme.questions[index].places = finding.scale.only.map { placeList($0) } ?? Array(scheme.body.usual)
  }

  mutating func placeList(_ words: [Written]) -> [Int] {
    var places: Set<Int> = []
    for word in words {
      if let named = scheme.body.named(word.text) {
        let usual = named.filter(scheme.body.usual.contains)
        if usual.isEmpty {
          fault(
            word.spot,
            "‘\(word.text)’ is a place of some patients only: their case files declare it, and no list names it")
        }
        places.formUnion(usual)
      } else {
        let near =
          nearest(word.text, scheme.body.words).map { "; did you mean ‘\($0)’?" } ?? ", region or run of places"
        fault(word.spot, "there is no place ‘\(word.text)’\(near)")
      }
    }
    return places.sorted()
  }

  mutating func family(_ per: [Written]) -> Family? {
    if per.count == 1, let index = scheme.question(per[0].text) {
      let question = scheme.questions[index]
      guard question.scale.kind == .places else {
        fault(per[0].spot, "‘\(question.id)’ names no places; ‘per’ takes a finding with a scale of places, or places")
        return nil
      }
      if question.scale.takesExtents {
        fault(per[0].spot, "‘\(question.id)’ takes extents, which are no single places; leave out ‘extents’ there")
      }
      return .named(index)
    }
    if per.count == 1, scheme.body.named(per[0].text) == nil {
      let known = scheme.questions.filter { $0.scale.kind == .places }.map(\.id) + scheme.body.words
      let near = nearest(per[0].text, known).map { "; did you mean ‘\($0)’?" } ?? ""
      fault(per[0].spot, "‘\(per[0].text)’ is neither a finding that names places nor a place, region or run\(near)")
      return nil
    }
    return .places(placeList(per))
  }

  mutating func bindRelations(of index: Int) {
    let finding = scheme.questions[index].written
    if let per = finding.per {
      let family = family(per)
      scheme.questions[index].family = family
      if case .named(let places)? = family {
        scheme.questions[index].asksEveryPlace = true
        if finding.at == nil { scheme.questions[index].at = scheme.questions[places].written.at ?? .baseline }
      } else {
        scheme.questions[index].asksEveryPlace = finding.asksEveryPlace
      }
      if finding.scale.kind == .places {
        fault(finding.id.spot, "‘\(finding.id.text)’ names places and is graded per place; it can do one of them")
      }
    } else if finding.asksEveryPlace {
      fault(finding.id.spot, "‘\(finding.id.text)’: ‘every’ asks for each place of ‘per’, which is missing")
    }
    if let now = finding.now { bindNow(now, index) }
    if let rest = finding.rest {
      do {
        _ = try scheme.answer(rest.text, to: index, isCell: true, nearest: nearest)
      } catch { fault(rest.spot, "rest: \(error.description)") }
    }
    for series in finding.readOn where scheme.series(series.text) == nil {
      let known = scheme.file.series.map(\.id.text)
      let near = nearest(series.text, known).map { "; did you mean ‘\($0)’?" } ?? "; list it under ‘series’"
      fault(series.spot, "there is no series ‘\(series.text)’\(near)")
    }
  }

  private mutating func bindNow(_ now: Written, _ index: Int) {
    let own = scheme.questions[index]
    guard let other = question(now) else { return }
    let question = scheme.questions[other]
    guard own.at == .baseline, question.at == .followUp else {
      return fault(
        now.spot, "now: a finding of the baseline answers for one of the follow-up, which ‘\(now.text)’ is not")
    }
    guard own.scale.kind == .choice, question.scale.kind == .choice,
      own.levels.map({ $0.id.text.asID }) == question.levels.map({ $0.id.text.asID }), own.family == nil,
      question.family == nil
    else { return fault(now.spot, "now: ‘\(own.id)’ and ‘\(question.id)’ need the same levels in the same order") }
    scheme.questions[index].now = other
    scheme.questions[other].atBaseline = index
  }

  /// A finding or fact by its name; nil with a fault where there is none.
  mutating func question(_ name: Written) -> Int? {
    if let index = scheme.question(name.text) { return index }
    let known = scheme.questions.map(\.id)
    let near = nearest(name.text, known).map { "; did you mean ‘\($0)’?" } ?? ""
    fault(name.spot, "there is no finding ‘\(name.text)’\(near)")
    return nil
  }
}
