// The pages of the atlas: combinations of signs to be shown, and a page for each finding.

import Grid
import ReviewCore

package struct AtlasPage: Hashable, Sendable {
  package var title: String
  /// Set on the page of a finding; its level chooses the cases.
  package var finding: FindingID?
  /// What the worklist's filter takes, as `halo:present rim:absent`.
  package var query: String

  private init(_ title: String, finding: FindingID? = nil, query: String) {
    self.title = title
    self.finding = finding
    self.query = query
  }

  /// "Show me": what a teacher asks for.
  package static let combinations: [AtlasPage] = [
    AtlasPage("Halo but no rim", query: "halo:present rim:absent"),
    AtlasPage("Rim and halo", query: "rim:present halo:present"),
    AtlasPage("Marginal enhancement", query: "enhancement:marginal"),
    AtlasPage("Mixed T2W", query: "t2w:iso t2w:hyper"),
    AtlasPage("One lesion only", query: "lesions:solitary"),
    AtlasPage("Beside the spine", query: "bones:pelvic-girdles"),
    AtlasPage("Soft tissue clean", query: "soft_tissue:none"),
    AtlasPage("Followed under 6 months", query: "flag:short-follow-up"),
  ]

  /// The typed query if there is one, the combinations, and every finding of the baseline that has levels.
  package static func all(_ codebook: Codebook, typed: String) -> [AtlasPage] {
    let findings = codebook.findings(in: .baseline).filter { finding in
      (finding.scale == .choice || finding.scale == .set) && finding.id != Codebook.ID.impression
    }
    return (typed.isEmpty ? [] : [AtlasPage("/ " + typed, query: typed)]) + combinations
      + findings.map { AtlasPage($0.title, finding: $0.id, query: "") }
  }
}

package struct AtlasState: Hashable, Sendable {
  /// Index of the page, from 0.
  package var cursor = 0
  /// Index of the level of each finding, from 0; the last level where none was chosen.
  package var levels: [FindingID: Int] = [:]
  /// Index of the case under the cursor, from 0.
  package var selected = 0
  package var scroll = 0
  package var typed = ""

  package init() {}
}

/// A page with the cases on it.
struct AtlasView {
  let page: AtlasPage
  let finding: Finding?
  /// The level whose cases are shown.
  let level: Level?
  let cases: [TeachingCase]
  /// The finished cases without one that is being presented: not even a count tells of it.
  let file: TeachingFile

  init(_ state: State) {
    let atlas = state.teaching.atlas
    let pages = AtlasPage.all(state.session.codebook, typed: atlas.typed)
    let page = pages[max(0, min(atlas.cursor, pages.count - 1))]
    let finding = page.finding.flatMap { state.session.codebook[$0] }
    let level = finding.flatMap { finding -> Level? in
      let index = atlas.levels[finding.id] ?? finding.levels.count - 1
      return finding.levels.indices.contains(index) ? finding.levels[index] : nil
    }
    let query = finding.flatMap { finding in level.map { "\(finding.id):\($0.id)" } } ?? page.query
    let filter = WorklistFilter.parse(query, codebook: state.session.codebook).filter
    self.page = page
    self.finding = finding
    self.level = level
    file = state.uncoveredFile
    cases = file.cases.filter { filter.matches($0) }
  }

  /// The sequences on which the page's signs are read.
  func sequences(_ codebook: Codebook) -> [MRSequence] {
    let filter = WorklistFilter.parse(page.query, codebook: codebook).filter
    let named = filter.facts.compactMap { fact in
      if case .grade(let id, _) = fact { codebook[id] } else { nil }
    }
    let read = Set((named + [finding].compactMap { $0 }).flatMap(\.sequences))
    return MRSequence.allCases.filter { read.isEmpty || read.contains($0) }
  }
}

extension WorklistFilter {
  /// Whether a finished case is meant; of what only a worklist knows nothing is asked.
  func matches(_ entry: TeachingCase) -> Bool {
    let patient = entry.patientCase
    let symptoms = patient.presentation?.symptoms ?? []
    let text = ([patient.id.rawValue, patient.patient, patient.title ?? ""] + symptoms).joined(separator: " ")
      .lowercased()
    return words.allSatisfy(text.contains) && facts.allSatisfy { matches($0, entry) }
  }

  private func matches(_ fact: Fact, _ entry: TeachingCase) -> Bool {
    let patient = entry.patientCase
    switch fact {
    case .grade(let finding, let word):
      let examinations = patient.examinations.map(\.id)
      return examinations.contains { entry.values(at: $0)[finding]?.searchWords.contains(word) ?? false }
    case .status(let status):
      return status == .recorded || (status == .published) == (entry.consensus.origin == .published)
    case .flag(let flag):
      return CourseFlag.flags(examinations: patient.examinations.map(\.id), outcome: patient.outcome) {
        entry.values(at: $0)
      }.contains(flag)
    case .sex(let sex): return patient.sex == sex
    case .age(let range): return patient.age.map(range.contains) ?? false
    case .followUp(let range): return patient.followUps.last.map { range.contains($0.id.months) } ?? false
    }
  }
}
