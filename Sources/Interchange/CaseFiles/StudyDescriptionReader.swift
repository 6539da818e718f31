// Reads a study file (`endplate-study/1`): title, people, protocol, population.

import ReviewCore

package struct StudyDescription: Hashable, Sendable {
  package var study: Study
  package var principals: [Principal]
  /// The seed of the readers' orders is stated; where it is not, whoever makes a study draws one.
  package var statesSeed: Bool

  /// Who reads a case is stated; where it is not, it follows from how many readers there are.
  package var statesAssignment: Bool

  package init(study: Study, principals: [Principal], statesSeed: Bool = false, statesAssignment: Bool = false) {
    self.study = study
    self.principals = principals
    self.statesSeed = statesSeed
    self.statesAssignment = statesAssignment
  }
}

package enum StudyDescriptionReader {
  package static func read(
    _ file: InputFile, codebook: Codebook = .vertebralOsteomyelitis
  ) -> Outcome<StudyDescription> {
    let parsed = YamlDocument.parse(file)
    guard let document = parsed.value else { return Outcome(nil, parsed.faults) }
    var reader = SchemaReader(document, codebook: codebook)
    guard let fields = reader.fields(document.root, StudySchema.schema) else { return Outcome(nil, reader.faults.all) }
    let population = fields.records("population")?.map(step) ?? []
    for fault in populationFaults(population) {
      reader.faults.add(fields.place(of: "population"), "population: \(fault)")
    }
    var study = Study(
      title: fields.text("title") ?? "", neutralTitle: fields.text("neutral_title"), source: fields.text("source"),
      studyProtocol: fields.record("protocol").map(studyProtocol) ?? StudyProtocol(), codebook: codebook,
      population: population, isIllustrative: fields.yesNo("illustrative") ?? false,
      isConstructed: fields.yesNo("constructed") ?? false)
    let principals = principals(fields.records("people") ?? [], &reader.faults)
    let statesAssignment = fields.record("protocol")?.has("assignment") == true
    if !statesAssignment { study.studyProtocol.assignment = study.studyProtocol.usualAssignment(of: principals) }
    study.assign = assigned(fields, principals, study, &reader.faults)
    let statesSeed = fields.record("protocol")?.whole("seed") != nil
    return Outcome(
      StudyDescription(
        study: study, principals: principals, statesSeed: statesSeed, statesAssignment: statesAssignment),
      reader.faults.all)
  }

  private static func principals(_ people: [Fields], _ faults: inout FaultList) -> [Principal] {
    var principals: [Principal] = []
    for person in people {
      guard let id = person.text("id").map({ PrincipalID($0) }), let role: PrincipalRole = person.word("role")
      else { continue }
      if !id.isValid {
        faults.add(
          person.place(of: "id"), "id: ‘\(id)’ is not a person's id; use 1 to 32 letters a-z, digits, ‘-’ and ‘_’")
      }
      if principals.contains(where: { $0.id == id }) {
        faults.add(person.place(of: "id"), "id: there are two people ‘\(id)’; give one of them another id")
      }
      principals.append(Principal(id, name: person.text("name"), role: role))
    }
    return principals
  }

  /// The table of who reads which case.
  private static func assigned(
    _ fields: Fields, _ people: [Principal], _ study: Study, _ faults: inout FaultList
  ) -> [CaseReaders] {
    guard let entries = fields.records("assign") else { return [] }
    if study.studyProtocol.mode == .joint {
      faults.add(fields.place(of: "assign"), "assign: in a joint protocol the readers read together; leave it out")
    }
    let readers = Set(people.filter { $0.role == .reader }.map(\.id))
    var assigned: [CaseReaders] = []
    for entry in entries {
      guard let id = entry.text("case").map({ CaseID($0) }), let names = entry.texts("readers") else { continue }
      if assigned.contains(where: { $0.id == id }) {
        faults.add(entry.place(of: "case"), "case: ‘\(id)’ is assigned twice; name all its readers at once")
      }
      let ids = names.map { PrincipalID($0) }
      for stranger in ids where !readers.contains(stranger) {
        faults.add(
          entry.place(of: "readers"), "readers: ‘\(stranger)’ is not a reader of this study; name them under ‘people’")
      }
      if Set(ids).count < ids.count { faults.add(entry.place(of: "readers"), "readers: somebody is named twice") }
      if ids.isEmpty { faults.add(entry.place(of: "readers"), "readers: name at least one") }
      assigned.append(CaseReaders(id, ids))
    }
    return assigned
  }

  private static func studyProtocol(_ fields: Fields) -> StudyProtocol {
    var result = StudyProtocol()
    result.mode = fields.word("mode") ?? result.mode
    result.readersPerCase = fields.whole("readers_per_case") ?? result.readersPerCase
    result.assignment = fields.word("assignment") ?? result.assignment
    result.countsWithdrawn = fields.yesNo("withdrawn_counts") ?? result.countsWithdrawn
    result.rounds = fields.whole("rounds") ?? result.rounds
    result.seed = fields.whole("seed").map(UInt64.init) ?? result.seed
    result.washoutDays = fields.whole("washout_days") ?? result.washoutDays
    result.opening = fields.word("opening") ?? result.opening
    result.withheld = fields.texts("withheld").map { Set($0.compactMap(Withheld.init)) } ?? result.withheld
    result.unreleased = fields.texts("unreleased").map { Set($0.compactMap(Withheld.init)) } ?? []
    result.keepsDates = fields.yesNo("keeps_dates") ?? false
    result.asksConfidence = fields.yesNo("asks_confidence") ?? result.asksConfidence
    result.impressionAfterClinicalData =
      fields.yesNo("impression_after_clinical_data") ?? result.impressionAfterClinicalData
    result.namesInConsensus = fields.yesNo("names_in_consensus") ?? result.namesInConsensus
    result.primaryStatistic = fields.text("primary_statistic") ?? result.primaryStatistic
    result.lockAfterMinutes = fields.whole("lock_after_minutes") ?? result.lockAfterMinutes
    result.quorum = fields.whole("quorum")
    result.isSharedScreen = fields.yesNo("shared_screen") ?? result.isSharedScreen
    result.countsImported = fields.yesNo("counts_imported") ?? result.countsImported
    result.imageLimits = fields.record("image_limits").map(imageLimits) ?? result.imageLimits
    result.ranges = fields.records("ranges")?.compactMap(range) ?? result.ranges
    result.imaging = fields.texts("imaging") ?? result.imaging
    result.sampleSize = fields.text("sample_size")
    return result
  }

  private static func imageLimits(_ fields: Fields) -> ImageLimits {
    let usual = ImageLimits()
    return ImageLimits(
      perExamination: fields.whole("per_examination") ?? usual.perExamination,
      each: fields.whole("each_mib") ?? usual.each, all: fields.whole("all_mib") ?? usual.all)
  }

  private static func range(_ fields: Fields) -> SequenceRange? {
    guard let sequence: MRSequence = fields.word("sequence"), let tr = fields.range("tr"), let te = fields.range("te")
    else { return nil }
    return SequenceRange(sequence, tr: tr, te: te, ti: fields.range("ti"))
  }

  private static func step(_ fields: Fields) -> PopulationStep {
    PopulationStep(
      fields.whole("count") ?? 0, fields.text("label") ?? "", excluded: fields.records("excluded")?.map(exclusion) ?? []
    )
  }

  private static func exclusion(_ fields: Fields) -> PopulationStep.Exclusion {
    PopulationStep.Exclusion(
      fields.whole("count") ?? 0, fields.text("reason") ?? "", details: fields.records("details")?.map(exclusion) ?? [])
  }
}
