// Examinations and their acquisitions, each checked against the protocol's ranges.

import Grid
import ReviewCore

extension Panel {
  static let examinations = Panel(
    .examinations, "Examinations",
    summary: { context in
      let examinations = context.view.patientCase.examinations
      let series = examinations.reduce(0) { $0 + $1.acquisitions.count }
      let later = context.view.withheld.contains(.laterExaminations) ? ", later ones withheld" : ""
      let months = examinations.dropFirst().map(\.id.rawValue).joined(separator: ", ")
      return [
        ((months.isEmpty ? "baseline" : "0, \(months) mo") + later, .plain), ("  \(series) series", .role(.muted)),
      ]
    },
    lines: { context in
      var lines: [Fact] = []
      for examination in context.view.patientCase.examinations {
        if !lines.isEmpty { lines.append(.blank) }
        lines.append(Fact("", examination.id.title, Style().with(.bold), indent: 0))
        if examination.acquisitions.isEmpty { lines.append(.remark("acquisitions not stated")) }
        lines += examination.acquisitions.flatMap { series(of: $0, context.session.study.studyProtocol) }
        lines += examination.remarks.map { .remark($0) }
        lines += examination.collections?.map { Fact("fluid", $0.words, indent: 8) } ?? []
      }
      if context.view.withheld.contains(.laterExaminations) {
        lines += [.blank, .remark("later examinations are \(context.view.untilWhenLater)")]
      }
      return lines
    })

  static func series(of acquisition: Acquisition, _ studyProtocol: StudyProtocol) -> [Fact] {
    guard acquisition.isAcquired else {
      return [Fact(acquisition.sequence.title, "not acquired", .role(.warning), indent: 8)]
    }
    let words = [
      acquisition.plane?.rawValue, acquisition.fatSuppressed == true ? "fat-suppressed" : nil, acquisition.timing,
      acquisition.diffusion,
    ].compactMap { $0 }.joined(separator: " ")
    // Only pulse sequences have times.
    let nothingStated = MRSequence.others.contains(acquisition.sequence) ? "acquired" : "times not stated"
    var check: Line = []
    if acquisition.timing != nil, let range = studyProtocol.range(for: acquisition.sequence) {
      let faults = range.faults(acquisition)
      check =
        faults.isEmpty
        ? [("  ✓ in range", .role(.good))] : [("  ! " + faults.joined(separator: ", "), .role(.warning))]
    }
    let figure: Line = acquisition.figure.map { [("  figure \($0)", .role(.muted))] } ?? []
    let head = Fact(
      acquisition.sequence.title, [(words.isEmpty ? nothingStated : words, .plain)] + check + figure, indent: 8)
    return [head] + (acquisition.remark.map { [Fact("", $0, .role(.muted), indent: 8)] } ?? [])
  }
}
