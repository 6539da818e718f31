// The pages of the atlas: combinations of signs to be shown, and a page for each finding.

import Grid
import ReviewCore

package struct AtlasPage: Hashable, Sendable {
  package var title: String
  /// Set on the page of a finding; its level chooses the cases.
  package var finding: FindingID?
  /// What chooses the cases: of the codebook's own page its condition, else what the worklist's filter takes.
  package var query: String
  /// The place in the codebook's list of a page of its own.
  package var place: Int?

  private init(_ title: String, finding: FindingID? = nil, query: String = "", place: Int? = nil) {
    (self.title, self.finding, self.query, self.place) = (title, finding, query, place)
  }

  /// The typed query if there is one, the pages of the codebook, and one for each finding.
  package static func all(_ codebook: Codebook, typed: String) -> [AtlasPage] {
    (typed.isEmpty ? [] : [AtlasPage("/ " + typed, query: typed)])
      + codebook.pages.enumerated().map { AtlasPage($1.title, query: $1.when, place: $0) }
      + findings(codebook).map { AtlasPage($0.title, finding: $0.id) }
  }

  /// All that is graded in levels, or given; where lesions are pictured what the panels show: bones, signs, and of the
  /// follow-up what is stated of whole cases.
  private static func findings(_ codebook: Codebook) -> [Finding] {
    guard codebook.hasPictures else {
      return codebook.findings.filter { !$0.levels.isEmpty && !$0.isAskedAfterwards }.map(\.whole).reduce(into: []) {
        if $0.last?.id != $1.id, !$0.contains($1) { $0.append($1) }
      }
    }
    let shown = Set(
      codebook.groups.flatMap(\.findings) + [codebook.bones, codebook.suggestedGrade].compactMap { $0 })
    return codebook.findings.filter { shown.contains($0.id) }
  }
}

package struct AtlasState: Hashable, Sendable {
  /// Index of the page, from 0.
  package var cursor = 0
  /// Index of the level of each finding, from 0; the last level that has cases where none was chosen.
  package var levels: [FindingID: Int] = [:]
  /// Index of the case under the cursor, from 0.
  package var selected = 0
  package var scroll = 0
  package var typed = ""

  package init() {}
}

/// What a finding's page leafs through: a level, or a region where bones are the answer.
struct AtlasChoice: Hashable {
  /// As the worklist's filter takes it.
  let word: String
  let title: String
  let glyph: String
  let level: LevelID?

  static func all(_ finding: Finding) -> [AtlasChoice] {
    guard finding.scale == .sites else {
      return finding.levels.map {
        AtlasChoice(word: GradeValue.level($0.id).searchWords[0], title: $0.title, glyph: $0.glyph, level: $0.id)
      }
    }
    return Region.allCases.map { region in
      AtlasChoice(word: region.rawValue.replacing("_", with: "-"), title: region.title, glyph: "█", level: nil)
    }
  }

  /// Of the cases that have an answer to a finding, those with this one.
  func cases(_ file: TeachingFile, _ finding: Finding) -> (found: [TeachingCase], of: Int) {
    let answered = file.cases.filter { !$0.answers(to: finding.id).isEmpty }
    return (answered.filter { $0.answers(to: finding.id).contains { $0.searchWords.contains(word) } }, answered.count)
  }
}

extension TeachingCase {
  /// The consensus on a finding at each examination that has one, or what is stated of the whole course.
  func answers(to finding: FindingID) -> [GradeValue] {
    // An id holds no point but that before a place.
    let ofPlaces = finding.rawValue + "."
    let dated = patientCase.examinations.flatMap { examination in
      let values = values(at: examination.id)
      return values[finding].map { [$0] }
        ?? values.filter { $0.key.rawValue.hasPrefix(ofPlaces) }.sorted { $0.key < $1.key }.map(\.value)
    }
    return (dated + [patientCase.course[finding]].compactMap { $0 }).filter(\.isAnswer)
  }
}

/// A page with the cases on it.
struct AtlasView {
  let page: AtlasPage
  let finding: Finding?
  let choices: [AtlasChoice]
  /// The one whose cases are shown.
  let choice: AtlasChoice?
  let cases: [TeachingCase]
  /// The finished cases without one that is being presented: not even a count tells of it.
  let file: TeachingFile

  init(_ state: State) {
    let atlas = state.teaching.atlas
    let pages = AtlasPage.all(state.session.codebook, typed: atlas.typed)
    let page = pages[max(0, min(atlas.cursor, pages.count - 1))]
    let finding = page.finding.flatMap { state.session.codebook[$0] }
    let file = state.uncoveredFile.ofPatients
    // Of many places those that somebody named.
    let choices =
      finding.map(AtlasChoice.all)?.filter { choice in
        finding.map { $0.levels.count <= 9 || !choice.cases(file, $0).found.isEmpty } ?? true
      } ?? []
    self.page = page
    self.finding = finding
    self.file = file
    self.choices = choices
    if let place = page.place {
      let codebook = state.session.codebook
      choice = nil
      cases = file.cases.filter { codebook.isOnPage(place, $0.patientCase, $0.consensus) }
      return
    }
    guard let finding else {
      let codebook = state.session.codebook
      let filter = WorklistFilter.parse(page.query, codebook: codebook).filter
      (choice, cases) = (nil, file.cases.filter { filter.matches($0, codebook) })
      return
    }
    let index =
      atlas.levels[finding.id] ?? choices.lastIndex { !$0.cases(file, finding).found.isEmpty } ?? choices.count - 1
    choice = choices.indices.contains(index) ? choices[index] : nil
    cases = choice.map { $0.cases(file, finding).found } ?? []
  }

  /// The sequences on which the page's signs are read.
  func sequences(_ codebook: Codebook) -> [MRSequence] {
    let named = page.place.map { codebook.pages[$0].findings } ?? named(codebook)
    let read = Set((named.compactMap { codebook[$0] } + [finding].compactMap { $0 }).flatMap(\.sequences))
    return MRSequence.allCases.filter { read.isEmpty || read.contains($0) }
  }

  private func named(_ codebook: Codebook) -> [FindingID] {
    WorklistFilter.parse(page.query, codebook: codebook).filter.facts.compactMap { fact in
      if case .grade(let id, _) = fact { id } else { nil }
    }
  }
}

extension WorklistFilter {
  /// Whether a finished case is meant; of what only a worklist knows nothing is asked.
  func matches(_ entry: TeachingCase, _ codebook: Codebook) -> Bool {
    let patient = entry.patientCase
    let symptoms = patient.presentation?.symptoms ?? []
    let text = ([patient.id.rawValue, patient.patient, patient.title ?? ""] + symptoms).joined(separator: " ")
      .lowercased()
    return words.allSatisfy(text.contains) && facts.allSatisfy { matches($0, entry, codebook) }
  }

  private func matches(_ fact: Fact, _ entry: TeachingCase, _ codebook: Codebook) -> Bool {
    let patient = entry.patientCase
    switch fact {
    case .grade(let finding, let word):
      return entry.answers(to: finding).contains { $0.searchWords.contains(word) }
    case .status(let status):
      return status == .recorded || (status == .published) == (entry.consensus.origin == .published)
    case .flag(let flag):
      return CourseFlag.flags(codebook, of: patient, outcome: patient.outcome) {
        entry.values(at: $0)
      }.contains(flag)
    case .sex(let sex): return patient.sex == sex
    case .age(let range): return patient.age.map(range.contains) ?? false
    case .id(let pattern): return Self.matches(pattern, patient.id)
    case .followUp(let range): return patient.followUps.last.map { range.contains($0.id.months) } ?? false
    }
  }
}
