// What is about to be signed, and what signing means.

import Grid
import ReviewCore

/// The sentence a reader signs.
package let signatureMeaning = "I graded this examination independently."

/// The box before a signature. It shows one sheet, and what it shows is what Enter signs.
package struct SignBox: Hashable, Sendable {
  package var sheet: SigningSheet
  /// What was shown before another window changed it; nil while nothing did.
  package var before: SigningSheet?
  package var scroll = 0
}

extension State {
  /// What a signature would sign as the screen knows it, or once a change is recorded.
  func signingSheet(with change: GradeChange? = nil) -> SigningSheet? {
    guard let view = grading.view else { return nil }
    let me = session.principal.id
    return SigningSheet(
      view.recording(change, by: me, session.codebook), grading.examination, of: me, in: session.study)
  }

  /// Grades as an effect. What is asked with the clinical data is signed in the act: as it is shown here, or not at all.
  func recording(_ grades: [GradeKey: Grade?]) -> [Effect] {
    guard let view = grading.view else { return [] }
    if isJoint { return agreeing(grades) }
    let change = GradeChange(view.id, grading.examination, grades: grades)
    guard change.asksAgain(session.codebook), let sheet = signingSheet(with: change) else {
      return [.grading(.record(view.id, grading.examination, grades))]
    }
    return [.grading(.signAgain(view.id, grading.examination, grades, seen: sheet))]
  }

  /// The open box shows what is to be signed now: what changed under the reader's eyes stands first, and is not signed
  /// before it was seen.
  mutating func refreshSignBox() {
    guard let box = overlay as? SignBox, let sheet = signingSheet() else { return }
    if sheet != box.sheet || whyNotGraded != nil { showChanged(sheet, since: box.before ?? box.sheet) }
  }

  /// Opens the box anew, after the store refused to sign what was shown.
  mutating func showChanged(_ now: SigningSheet, since seen: SigningSheet) {
    if let why = whyNotGraded {
      takeAway("not signed from here: " + why)
      return
    }
    overlay = SignBox(sheet: now, before: seen)
    message = Message("changed in another window, and not signed; what changed stands first", .warning)
  }

  func pagedSign(_ box: SignBox) -> PagedBox {
    let codebook = session.codebook
    let facts = changes(box) + signFacts(box.sheet, codebook)
    let obstacles = box.sheet.obstacles
    guard let first = obstacles.first else {
      let meaning = Fact("", "“\(signatureMeaning)”", Style().with(.bold), indent: 0)
      let next =
        codebook.askedAfterwards.isEmpty
        ? [] : [Fact.remark("\(whenAskedAgain) the clinical data are shown and the impression is asked again")]
      return PagedBox(facts: facts, footer: [.blank, meaning] + next, keys: "Enter signs and locks it")
    }
    let words = obstacles.map { Fact.remark("! " + self.words($0), .role(.warning)) }
    return PagedBox(facts: facts, footer: [.blank] + words, keys: "Enter \(first.cure)", actsAtOnce: true)
  }

  /// Once every examination of the case is signed; with this one, or with those that are left.
  private var whenAskedAgain: String {
    let left = grading.view.map { view in
      view.patientCase.examinations.filter {
        $0.id != grading.examination && view.reading(of: session.principal.id, $0.id)?.state.isSigned != true
      }
    }
    let isLast = left?.isEmpty ?? true && !session.study.studyProtocol.withheld.contains(.laterExaminations)
    return isLast ? "then" : "once all examinations are signed"
  }

  private func changes(_ box: SignBox) -> [Fact] {
    guard let before = box.before else { return [] }
    let differences = box.sheet.changes(since: before, session.codebook)
    let words =
      differences.isEmpty
      ? ["version, rule or warnings read otherwise than before"]
      : differences.map { describe($0, session.codebook) }
    return [Fact.remark("changed in another window since it was shown", .role(.warning, .bold))]
      + words.map { Fact("", $0, .role(.warning), indent: Fact.hanging) } + [.blank]
  }

  private func words(_ obstacle: SigningObstacle) -> String {
    switch obstacle {
    case .notGraded(let findings): "\(findings.count) not graded yet"
    case .noConfidence(let findings):
      "how certain you are of \(findings.count) \(findings.count == 1 ? "grade" : "grades") is not said yet"
    case .noReason(let check):
      "\(session.codebook[check.key.finding]?.title ?? "") is not the rule's, and nothing says why"
    case .departs(let check): "the follow-up at \(check.key.examination.title) is signed, and by this not the rule's"
    }
  }
}

extension SigningObstacle {
  fileprivate var cure: String {
    switch self {
    case .notGraded: "goes to the first"
    case .noConfidence: "asks for the first"
    case .noReason: "asks why"
    case .departs: "goes there; A amends it"
    }
  }
}

extension SignBox: Layer {
  package func take(_ key: Key, _ state: inout State) -> [Effect]? { updateSign(&state, key, self) }
  package func draw(_ state: State, _ canvas: inout Canvas) {
    state.pagedSign(self).draw("Sign", scroll: scroll, state, &canvas)
  }
  package func keys(_ state: State) -> [(key: String, words: String)]? {
    [
      ("Enter S", "sign, or go to what is missing"), ("n", "go to what is missing"),
      ("↓ ↑ PgDn PgUp End", "read on"), ("any other", "go back without signing"),
    ]
  }
}

private func updateSign(_ state: inout State, _ key: Key, _ box: SignBox) -> [Effect] {
  guard let view = state.grading.view else { return [] }
  let key = key == .character("S") ? .enter : key
  let paged = state.pagedSign(box)
  if let scroll = paged.scroll(key, from: box.scroll, state) {
    state.overlay = SignBox(sheet: box.sheet, before: box.before, scroll: scroll)
    return []
  }
  state.overlay = nil
  switch (key, box.sheet.obstacles.first) {
  case (.enter, let obstacle?), (.character("n"), let obstacle?): state.goTo(obstacle)
  case (.enter, nil): return [.grading(.sign(view.id, state.grading.examination, seen: box.sheet))]
  default: break
  }
  return []
}

extension State {
  /// Where the first thing that keeps the reading from being signed is mended.
  fileprivate mutating func goTo(_ obstacle: SigningObstacle) {
    switch obstacle {
    case .notGraded(let findings):
      grading.compare(with: .baseline)
      goTo(findings.first)
    case .noConfidence(let findings):
      grading.compare(with: .baseline)
      goTo(findings.first)
      (grading.justGraded, grading.isAskingConfidence) = (findings.first, true)
    case .noReason(let check):
      grading.compare(with: check.key.comparator)
      goTo(check.key.finding)
      if let given = check.given { prompt(.overruling(given), text: "") }
    case .departs(let check):
      guard let view = grading.view else { return }
      grading.open(view, check.key.examination)
      grading.compare(with: check.key.comparator)
      goTo(check.key.finding)
    }
  }

  private mutating func goTo(_ finding: FindingID?) {
    if let index = gradedFindings.firstIndex(where: { $0.id == finding }) { grading.cursor = index }
  }
}
