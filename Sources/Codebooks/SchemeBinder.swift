// Binds a codebook file into a scheme, and tells every fault in one run.

package struct SchemeBinder {
  package private(set) var faults: [SchemeFault] = []
  var scheme: Scheme
  let nearest: @Sendable (String, [String]) -> String?
  var ruleFamilies: [Family?] = []
  var ruleScales: [AnswerScale?] = []

  /// - Parameter nearest: the nearest of some words to a misspelt one.
  /// - Returns: the scheme unless there is a fault, and all faults.
  package static func bind(
    _ file: CodebookFile, nearest: @escaping @Sendable (String, [String]) -> String?
  ) -> (scheme: Scheme?, faults: [SchemeFault]) {
    var binder = SchemeBinder(file, nearest)
    binder.run()
    if binder.faults.isEmpty { binder.checkExamplesAndTables() }
    let isFaulty = binder.faults.contains { !$0.isWarning }
    return (isFaulty ? nil : binder.scheme, binder.faults)
  }

  /// A codebook that was checked before, as a study carries it: golden rows and tables are not tried again.
  ///
  /// - Returns: nil where it is no such codebook.
  package static func checked(_ file: CodebookFile) -> Scheme? {
    var binder = SchemeBinder(file) { _, _ in nil }
    binder.run()
    return binder.faults.contains { !$0.isWarning } ? nil : binder.scheme
  }

  private init(_ file: CodebookFile, _ nearest: @escaping @Sendable (String, [String]) -> String?) {
    self.nearest = nearest
    scheme = Scheme(file: file, body: (file.body ?? .spine).withSegments)
  }

  mutating func fault(_ spot: Spot, _ message: String) { faults.append(SchemeFault(spot, message)) }
  mutating func warn(_ spot: Spot, _ message: String) { faults.append(SchemeFault(spot, message, isWarning: true)) }

  private mutating func run() {
    register()
    for index in scheme.questions.indices { bindPlaces(of: index) }
    for index in scheme.questions.indices { bindRelations(of: index) }
    ruleFamilies = scheme.file.rules.map { $0.per.flatMap { family($0) } }
    ruleScales = scheme.file.rules.map { rule in
      rule.scale ?? rule.suggests.flatMap { scheme.question($0.text) }.map { scheme.questions[$0].scale }
    }
    for index in scheme.file.conditions.indices { bindCondition(index) }
    for index in scheme.questions.indices { bindWhen(of: index) }
    for index in scheme.file.rules.indices { bindRule(index) }
    guard faults.isEmpty else { return bindRemarks() }
    findCycles()
    guard faults.isEmpty else { return }
    settleExaminations()
    bindRemarks()
    guard faults.isEmpty else { return }
    scheme.settleClasses()
  }

  // MARK: names

  private mutating func register() {
    let file = scheme.file
    for (index, finding) in file.findings.enumerated() {
      scheme.questions.append(
        Question(written: finding, family: nil, asksEveryPlace: false, when: nil, at: finding.at ?? .baseline))
      for name in [finding.id] + finding.aliases { register(name, .question(index)) }
      checkLevels(finding.scale, of: finding.id)
    }
    for (index, condition) in file.conditions.enumerated() {
      scheme.conditions.append(BoundCondition(id: condition.id.text, parts: [], spot: condition.id.spot))
      register(condition.id, .condition(index))
    }
    for (index, rule) in file.rules.enumerated() {
      register(rule.id, .rule(index))
      if let scale = rule.scale { checkLevels(scale, of: rule.id) }
    }
    var seen: Set<String> = []
    for series in file.series where !seen.insert(series.id.text.asID).inserted {
      fault(series.id.spot, "there are two series ‘\(series.id.text)’")
    }
    if file.findings.allSatisfy(\.isGiven) { fault(.start, "there are no findings; a codebook grades at least one") }
  }

  private mutating func register(_ id: Written, _ name: Scheme.Name) {
    if id.text.utf8.contains(UInt8(ascii: ".")) {
      fault(id.spot, "‘\(id.text)’: an id holds no point; it would be taken for a prefix")
    } else if ConditionSyntax.reserved.contains(id.text.asID) {
      fault(id.spot, "‘\(id.text)’ is a word of the language of conditions; choose another id")
    } else if scheme.names[id.text.asID] != nil {
      fault(id.spot, "there are two ‘\(id.text)’; findings, facts, conditions and rules share their ids and aliases")
    } else {
      scheme.names[id.text.asID] = name
    }
  }

  private mutating func checkLevels(_ scale: AnswerScale, of owner: Written) {
    var ids: Set<String> = []
    var (keys, codes): ([Int: String], [Int: String]) = ([:], [:])
    let taken = Set(scale.levels.flatMap { [$0.key, $0.code].compactMap { $0 } })
    let free = (0...99).first { !taken.contains($0) } ?? 100
    for level in scale.levels {
      let id = level.id.text
      if AnswerState(word: id) != nil || ["several", "met"].contains(id.asID) {
        fault(level.id.spot, "‘\(id)’ is a word of the language of conditions; choose another id for the level")
      } else if !ids.insert(id.asID).inserted {
        fault(level.id.spot, "\(owner.text): there are two levels ‘\(id)’")
      } else if let key = level.key, let other = keys.updateValue(id, forKey: key) {
        fault(level.id.spot, "\(owner.text): key \(key) chooses ‘\(other)’ and ‘\(id)’; " + Self.apart(other, id, free))
      } else if let other = codes.updateValue(id, forKey: level.code) {
        fault(
          level.id.spot,
          "\(owner.text): code \(level.code) stands for ‘\(other)’ and ‘\(id)’; " + Self.apart(other, id, free))
      }
    }
  }

  /// Of two levels with one number the one to change is the one whose id is none: its number is its place.
  private static func apart(_ one: String, _ other: String, _ free: Int) -> String {
    let isNumber = { (id: String) in Int(id) != nil }
    let named = isNumber(other) && !isNumber(one) ? one : other
    return
      "a level whose id is not a number has the number of its place: write {id: \(named), key: \(free), code: \(free)}"
  }

  // MARK: conditions

  var conditionBinder: ConditionBinder {
    ConditionBinder(
      scheme: scheme, nearest: nearest, ruleScales: ruleScales, ruleFamilies: ruleFamilies,
      ruleIDs: scheme.file.rules.map(\.id.text))
  }

  mutating func condition(_ written: Written) -> Condition? {
    do {
      return try conditionBinder.condition(written.text)
    } catch {
      fault(Spot(written.spot.line, written.spot.column + error.offset), error.message)
      return nil
    }
  }

  private mutating func bindCondition(_ index: Int) {
    for part in scheme.file.conditions[index].parts {
      guard let when = condition(part.when) else { continue }
      scheme.conditions[index].parts.append(BoundCondition.Part(when: when, says: part.says))
    }
  }

  private mutating func bindWhen(of index: Int) {
    guard let when = scheme.questions[index].written.when, let condition = condition(when) else { return }
    scheme.questions[index].when = condition
    for case .term(let term) in condition.leaves {
      if case .question(let other) = term.subject, scheme.questions[other].written.isWithheld {
        fault(when.spot, "when: ‘\(scheme.questions[other].id)’ is withheld; whether a finding is asked would tell it")
      }
    }
  }

}
