// A panel of the case screen is a row: title, one-line summary, and how it is drawn.

import Figures
import Grid
import ReviewCore

package typealias Line = [(String, Style)]

package enum PanelID: Int, CaseIterable, Codable, Hashable, Sendable {
  case clinical = 1, spine, signal, enhancement, rim, halo, softTissue, followUp, readers, examinations
  /// Where the codebook is a file.
  case findings, derived
  /// Key images: on the case screen alone.
  case images
}

/// What a panel is drawn from.
package struct PanelContext: Sendable {
  package let session: Session
  package let view: CaseView
  /// The follow-up or baseline chosen in the timeline.
  package let selected: ExaminationID
  /// What is told of it first: the change since the baseline, or since the examination before.
  var comparator = Comparator.baseline
  /// Draws the key images; nil away from the case screen.
  var drawImages: (@Sendable (inout Canvas, Rect) -> Void)?

  package init(session: Session, view: CaseView, selected: ExaminationID) {
    self.session = session
    self.view = view
    self.selected = selected
  }

  /// The finding that a part of the lesion's picture is drawn from.
  func part(_ role: LesionBinding.Role) -> Finding? { session.codebook.lesion?[role].flatMap { finding($0) } }

  /// Grades of the baseline as they are shown: the consensus, or the principal's own.
  package var baseline: [FindingID: GradeValue] { view.values(for: session.principal.id, at: .baseline) }

  package func values(
    at examination: ExaminationID, comparator: Comparator = .baseline
  ) -> [FindingID: GradeValue] {
    view.values(for: session.principal.id, at: examination, comparator: comparator)
  }

  /// The grade with what belongs to it.
  package func grade(_ key: GradeKey) -> Grade? {
    if let consensus = view.consensus { return consensus.grades[key]?.grade }
    return view.reading(of: session.principal.id, key.examination)?.grades[key]
  }

  /// Why a grade is what it is: the rationale of a consensus, the note of a reading.
  package func reason(_ key: GradeKey) -> String? {
    view.consensus?.grades[key].map { $0.rationale ?? $0.grade?.note } ?? grade(key)?.note
  }

  package func finding(_ id: FindingID) -> Finding? { session.codebook[id] }

  /// What the grades of the examination that is shown are under.
  var codebook: Codebook { view.codebook(session.codebook, for: session.principal.id, at: selected) }

  /// The consensus left it open.
  func isUnresolved(_ finding: FindingID, at examination: ExaminationID) -> Bool {
    view.consensus?.grades[GradeKey(examination, finding)]?.how == .unresolved
  }

  /// What stands where there is no grade of a finding.
  func missing(_ finding: FindingID, at examination: ExaminationID) -> String {
    if isUnresolved(finding, at: examination) { return "unresolved" }
    return session.codebook.former.isEmpty || codebook[finding] != nil ? missing : "not asked"
  }

  /// What stands where there is no grade.
  package var missing: String {
    view.consensus?.origin == .published ? "not stated" : view.missingGrade(at: selected)
  }

  /// Whose grades these are, for the head of the screen.
  package var origin: String {
    switch (view.consensus?.origin, view.stage) {
    case (.published, _): session.study.isConstructed ? "constructed, no patient" : "published consensus"
    case (.session, _): "recorded consensus"
    case (.imported, _): "imported consensus"
    case (nil, _) where session.principal.role == .reader && session.study.studyProtocol.mode == .independent:
      "your grades, round \(view.round)"
    default: "no consensus yet"
    }
  }
}

package struct Panel: Sendable {
  package let id: PanelID
  package let title: String
  /// At most 12 columns, for the folded layout.
  package let shortTitle: String
  /// One line for the folded layout.
  let summary: @Sendable (PanelContext) -> Line
  /// Rows it needs at a width, in cells.
  let height: @Sendable (PanelContext, Int) -> Int
  let draw: @Sendable (PanelContext, inout Canvas, Rect) -> Void

  init(
    _ id: PanelID, _ title: String, short: String? = nil, summary: @escaping @Sendable (PanelContext) -> Line,
    height: @escaping @Sendable (PanelContext, Int) -> Int,
    draw: @escaping @Sendable (PanelContext, inout Canvas, Rect) -> Void
  ) {
    self.id = id
    self.title = title
    shortTitle = short ?? title
    self.summary = summary
    self.height = height
    self.draw = draw
  }

  /// A panel that is lines of text, wrapped where they are too long.
  init(
    _ id: PanelID, _ title: String, short: String? = nil, summary: @escaping @Sendable (PanelContext) -> Line,
    lines: @escaping @Sendable (PanelContext) -> [Fact]
  ) {
    self.init(
      id, title, short: short, summary: summary,
      height: { context, width in lines(context).reduce(0) { $0 + $1.rows(width: width) } },
      draw: { context, canvas, rect in
        var y = rect.y
        for fact in lines(context) { y += fact.draw(&canvas, rect, y: y) }
      })
  }

  package static let all: [Panel] = [
    clinical, spine, signal, enhancement, rim, halo, softTissue, followUp, readers, examinations,
  ]

  /// Where no lesion is pictured: all that is graded in one panel, and what rules make of it in another.
  package static let ofFiles: [Panel] = [findings, derived, clinical, readers, examinations]

  package static func all(_ codebook: Codebook) -> [Panel] { codebook.hasPictures ? all : ofFiles }

  /// With the key images, which are not words: what the case screen has.
  static func onScreen(_ codebook: Codebook) -> [Panel] { all(codebook) + [images] }

  /// The digit that goes to the panel at a place in the list, from 0: 1 to 9, then 0. Those after that have none; Tab and
  /// the palette go there.
  package static func digit(at place: Int) -> Character? { place < 10 ? Character(String((place + 1) % 10)) : nil }

  /// As it stands before the title.
  package func digit(_ codebook: Codebook) -> String {
    Self.onScreen(codebook).firstIndex { $0.id == id }.flatMap { Self.digit(at: $0) }.map { String($0) } ?? " "
  }

  package static func of(_ id: PanelID) -> Panel {
    (all + [findings, derived, images]).first { $0.id == id } ?? clinical
  }
}
