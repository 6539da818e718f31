// What may be said of a case at a step.

import Grid
import ReviewCore

/// Grades and facts that may be named: first those that the step shows, then the others, and what is still hidden.
struct TeachingFacts {
  private(set) var own: [Fact] = []
  private(set) var others: [Fact] = []

  var all: [Fact] { own + others }

  init(_ walk: TeachingWalk, _ codebook: Codebook) {
    let shown = walk.isRevealed ? walk.step?.shows ?? [] : []
    var (own, others): ([Fact], [Fact]) = ([], [])
    func add(_ element: TeachingElement, _ fact: Fact) {
      if shown.contains(element) { own.append(fact) } else { others.append(fact) }
    }
    func addTold() {
      for fact in TeachingFact.allCases where walk.visible.contains(.fact(fact)) {
        walk.subject.patientCase.words(fact).map { add(.fact(fact), Fact(fact.label, $0, indent: 12)) }
      }
    }
    // Once the diagnosis is told, what was done and found comes before the grades.
    let isToldFirst = (walk.step?.topic ?? .presentation) >= .diagnosis
    if isToldFirst { addTold() }
    for finding in codebook.findings(in: .baseline) {
      guard let value = walk.visibleGrades[finding.id] else { continue }
      let style = value.levelIDs.last.map(levelStyle) ?? .plain
      let glyph = finding.scale == .sites ? "" : finding.glyphs(value) + " "
      add(.finding(finding.id), Fact(finding.shortTitle, glyph + finding.words(value), style, indent: 12))
    }
    if !isToldFirst { addTold() }
    if own.isEmpty, others.isEmpty { own.append(.remark("Nothing is shown of the case yet.")) }
    let hidden = walk.hidden.map { $0.title(codebook) }
    if !hidden.isEmpty {
      let names = hidden.count > 4 ? "\(hidden.count) more" : hidden.sorted().joined(separator: ", ")
      others += [.blank, .remark("hidden until their step: " + names)]
    }
    (self.own, self.others) = (own, others)
  }
}

extension Case {
  /// A fact in words; nil for the title where there is none.
  func words(_ fact: TeachingFact) -> String? {
    switch fact {
    case .presentation: presentation.map(Workstation.presentation) ?? "not stated"
    case .originalReport:
      originalReport.map { $0.misread ? "misread" + ($0.takenFor.map { " as \($0)" } ?? "") : "read correctly" }
        ?? "not stated"
    case .biopsy:
      biopsies.map { $0.map { "\($0.site ?? $0.tissue.title): \($0.result)" }.joined(separator: "; ") } ?? "not stated"
    case .culture:
      cultures.map {
        $0.map { "\($0.specimen.title): \($0.organism ?? $0.result.rawValue)" }.joined(separator: "; ")
      }
        ?? "not stated"
    case .therapy: therapy.map { $0.isEmpty ? "none" : $0.joined(separator: ", ") } ?? "not stated"
    case .outcome: outcome?.rawValue ?? "not stated"
    case .title: title
    }
  }
}
