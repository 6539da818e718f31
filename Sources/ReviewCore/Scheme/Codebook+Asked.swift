// What is asked, warned of and worked out.

extension Codebook {
  /// What is asked of a reader at an examination.
  ///
  /// - Parameter values: the reader's grades of an examination, against a comparator.
  public func asked(
    at examination: ExaminationID, comparator: Comparator = .baseline, of view: CaseView, by reader: PrincipalID
  ) -> AskedFindings {
    if !isPlain, let reading = SchemeReading(self, of: view, by: reader) {
      return reading.asked(at: examination, comparator: comparator)
    }
    let hasNoBones = saysNoBone(view.reading(of: reader, .baseline)?.values() ?? [:])
    return AskedFindings(
      shown: findings(at: examination, comparator: comparator),
      demanded: Set(
        findings(toSign: examination).filter { !hasNoBones || !$0.isOfBonesOfBaseline }.map(\.id)))
  }

  /// Whether the grades of a baseline say that no bone is involved. A change for each of its bones is then asked of nobody,
  /// and can still be given, of a bone that is new.
  func saysNoBone(_ baseline: [FindingID: GradeValue]) -> Bool {
    bones.flatMap { baseline[$0] }?.isNone ?? false
  }

  /// What does not go together in the grades that somebody gave at an examination.
  ///
  /// - Parameter grades: those of the examination, with their bones.
  public func warnings(
    at examination: Examination, of view: CaseView, studyProtocol: StudyProtocol, grades: [GradeKey: Grade],
    values: (ExaminationID, Comparator) -> [FindingID: GradeValue]
  ) -> [ConsistencyWarning] {
    let reading = SchemeReading(self, of: view.patientCase, withheld: view.withheldFacts, values: values)
    return (reading?.warnings(at: examination.id) ?? [])
      + ConsistencyWarning.ofBones(
        grades, involved: bones.flatMap { values(.baseline, .baseline)[$0] }, self, view.patientCase.bones)
      + ConsistencyWarning.ofAcquisitions(examination, studyProtocol)
  }

  /// The readings that are final as they count: without answers to what is not asked, and with what the rules make of
  /// them.
  public func settled(_ readings: [Reading], of patientCase: Case) -> [Reading] {
    guard !isPlain || !former.isEmpty else { return readings }
    return readings.map { reading in
      let codebook = of(reading)
      guard reading.state.isFinal, !codebook.isPlain else { return reading }
      let own = readings.filter { $0.reader == reading.reader && $0.round == reading.round }
      let scheme = SchemeReading(codebook, of: patientCase) { examination, comparator in
        own.first { $0.examination == examination }?.values(comparator: comparator) ?? [:]
      }
      var settled = reading
      let result = scheme?.settled(reading.grades.mapValues(\.value), at: reading.examination)
      for key in result?.uncounted ?? [] { settled.grades[key] = nil }
      for (key, value) in result?.derived ?? [:] { settled.grades[key] = Grade(value) }
      return settled
    }
  }

  /// The findings that a final reading has a row of in exports: all that are graded at the examination; where places are
  /// many and mostly not named, or not all is asked, those that were answered, and what the rules make of them. Those that
  /// a later version of the codebook brought are among them, without an answer.
  public func reported(_ reading: Reading) -> [Finding] {
    guard !isPlain else { return findings(at: reading.examination) }
    let own = of(reading)
    let later = findings(at: reading.examination).filter { $0.cell == nil && own[$0.id] == nil }
    let named = Set(reading.grades.keys.map(\.finding)).union(later.map(\.id))
    return findings.filter { named.contains($0.id) }
  }

  /// What the flags of a codebook file warn of in a whole case.
  public func flags(of patientCase: Case, _ consensus: Consensus) -> [String] {
    SchemeReading(of(consensus), of: patientCase) { consensus.values(at: $0, comparator: $1) }?.flags ?? []
  }

  /// The same of a consensus.
  public func settled(_ consensus: Consensus, of patientCase: Case) -> Consensus {
    let codebook = of(consensus)
    let scheme =
      codebook.isPlain ? nil : SchemeReading(codebook, of: patientCase) { consensus.values(at: $0, comparator: $1) }
    guard let scheme else { return consensus }
    var settled = consensus
    let values = consensus.grades.compactMapValues { $0.grade?.value }
    for examination in patientCase.examinations {
      let result = scheme.settled(values, at: examination.id)
      for key in result.uncounted { settled.grades[key] = nil }
      for (key, value) in result.derived { settled.grades[key] = AgreedGrade(Grade(value)) }
    }
    return settled
  }
}

extension SchemeReading {
  /// One reader's grades in the round of a view; nil for a list of findings without a file.
  public convenience init?(_ codebook: Codebook, of view: CaseView, by reader: PrincipalID) {
    self.init(codebook, of: view.patientCase, withheld: view.withheldFacts) {
      view.reading(of: reader, $0)?.values(comparator: $1) ?? [:]
    }
  }

  /// The grades that are shown to a principal: the consensus, or their own.
  public convenience init?(_ codebook: Codebook, of view: CaseView, shownTo principal: PrincipalID) {
    self.init(codebook, of: view.patientCase, withheld: view.withheldFacts) {
      view.values(for: principal, at: $0, comparator: $1)
    }
  }
}

extension Finding {
  /// A level for bones, told at follow-ups of those that were involved.
  var isOfBonesOfBaseline: Bool { scale == .map && phase == .followUp }
}
