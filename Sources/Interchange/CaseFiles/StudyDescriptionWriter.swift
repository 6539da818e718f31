// Writes a study as a study file (`endplate-study/1`), so that reading it back makes the same one again.

import ReviewCore
import Yams

enum StudyDescriptionWriter {
  /// - Parameter readers: by id; their names are nobody's business where the file goes.
  /// - Parameter seed: nil where it is not to be known; whoever makes a study of the file draws one.
  /// - Parameter assign: who read which case, where not everybody did.
  static func yaml(
    _ study: Study, readers: [PrincipalID], seed: UInt64?, assign: [CaseReaders] = []
  ) throws -> String {
    let node = Node.block([
      ("format", .text(StudySchema.format)), ("title", .text(study.title)),
      ("neutral_title", .text(study.neutralTitle)),
      ("source", study.source.map { .text($0) }), ("illustrative", yes(study.isIllustrative)),
      ("constructed", yes(study.isConstructed)),
      (
        "people",
        readers.isEmpty
          ? nil
          : Node(readers.map { .block([("id", .text($0.rawValue)), ("role", .text(PrincipalRole.reader.rawValue))]) })
      ),
      ("protocol", studyProtocol(study.studyProtocol, seed, readers: readers.count)),
      ("assign", assign.isEmpty ? nil : Node(assign.map(assignment))),
      ("population", study.population.isEmpty ? nil : Node(study.population.map(step))),
    ])
    return try Yams.serialize(node: node, indent: 2, width: -1, allowUnicode: true)
  }

  private static func assignment(_ entry: CaseReaders) -> Node {
    .block([("case", .text(entry.id.rawValue)), ("readers", FieldForm.texts.write(entry.readers.map(\.rawValue)))])
  }

  private static func yes(_ answer: Bool) -> Node? { answer ? Node("yes") : nil }
  private static func whole(_ number: some BinaryInteger) -> Node { Node(String(number)) }

  private static func studyProtocol(_ rules: StudyProtocol, _ seed: UInt64?, readers: Int) -> Node {
    .block([
      ("mode", .text(rules.mode.rawValue)), ("readers_per_case", whole(rules.readersPerCase)),
      ("assignment", readers > rules.readersPerCase ? .text(rules.assignment.rawValue) : nil),
      ("withdrawn_counts", rules.countsWithdrawn ? nil : Node("no")),
      ("rounds", whole(rules.rounds)), ("seed", seed.map(whole)),
      ("washout_days", whole(rules.washoutDays)), ("opening", .text(rules.opening.rawValue)),
      ("withheld", FieldForm.texts.write(rules.withheld.map(\.rawValue).sorted())),
      (
        "unreleased",
        rules.unreleased.isEmpty ? nil : FieldForm.texts.write(rules.unreleased.map(\.rawValue).sorted())
      ),
      ("keeps_dates", yes(rules.keepsDates)),
      ("asks_confidence", yes(rules.asksConfidence)),
      ("impression_after_clinical_data", yes(rules.impressionAfterClinicalData)),
      ("names_in_consensus", yes(rules.namesInConsensus)), ("primary_statistic", .text(rules.primaryStatistic)),
      ("lock_after_minutes", whole(rules.lockAfterMinutes)), ("quorum", rules.quorum.map(whole)),
      ("shared_screen", yes(rules.isSharedScreen)), ("counts_imported", rules.countsImported ? nil : Node("no")),
      ("image_limits", rules.imageLimits == ImageLimits() ? nil : imageLimits(rules.imageLimits)),
      ("ranges", rules.ranges.isEmpty ? nil : Node(rules.ranges.map(range))),
      ("imaging", rules.imaging.isEmpty ? nil : Node(rules.imaging.map { .text($0) })),
    ])
  }

  private static func imageLimits(_ limits: ImageLimits) -> Node {
    .block([
      ("per_examination", whole(limits.perExamination)), ("each_mib", whole(limits.each)),
      ("all_mib", whole(limits.all)),
    ])
  }

  private static func range(_ range: SequenceRange) -> Node {
    func text(_ limits: ClosedRange<Double>) -> Node { Node("\(limits.lowerBound.plain)-\(limits.upperBound.plain)") }
    return .block([
      ("sequence", .text(range.sequence.rawValue)), ("tr", text(range.tr)), ("te", text(range.te)),
      ("ti", range.ti.map(text)),
    ])
  }

  private static func step(_ step: PopulationStep) -> Node {
    .block([
      ("count", whole(step.count)), ("label", .text(step.label)),
      ("excluded", step.excluded.isEmpty ? nil : Node(step.excluded.map(exclusion))),
    ])
  }

  private static func exclusion(_ exclusion: PopulationStep.Exclusion) -> Node {
    .block([
      ("count", whole(exclusion.count)), ("reason", .text(exclusion.reason)),
      ("details", exclusion.details.isEmpty ? nil : Node(exclusion.details.map(Self.exclusion))),
    ])
  }
}
