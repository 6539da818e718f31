// Checks that the steps of a script follow each other: in order, nothing shown twice, nothing covered before it is shown.

import ReviewCore

struct TeachingOrder {
  private var topic: TeachingTopic?
  private var months = 0.0
  private var shown: Set<TeachingElement> = []

  mutating func check(_ step: TeachingStep, _ fields: Fields, _ codebook: Codebook, _ faults: inout FaultList) {
    if let topic, step.topic < topic || (step.topic == topic && topic != .followUp) {
      faults.add(
        fields.place(of: "topic"),
        "topic: ‘\(step.topic.rawValue)’ comes too late or twice; the order is "
          + TeachingTopic.allCases.map(\.rawValue).joined(separator: ", "))
    }
    if !step.examination.isBaseline, step.examination.months <= months {
      faults.add(fields.place(of: "months"), "months: follow-up steps stand in the order of their months")
    }
    let twice = step.shows.intersection(shown).map { $0.title(codebook) }.sorted()
    if !twice.isEmpty {
      faults.add(fields.place, "the step shows what a step before has shown: \(twice.joined(separator: ", "))")
    }
    let early = step.hides.subtracting(shown).map { $0.title(codebook) }.sorted()
    if !early.isEmpty {
      faults.add(
        fields.place(of: "hides"),
        "hides: \(early.joined(separator: ", ")) was not shown before; what no step has shown is hidden anyway")
    }
    topic = step.topic
    if !step.examination.isBaseline { months = step.examination.months }
    shown.formUnion(step.shows)
  }
}
