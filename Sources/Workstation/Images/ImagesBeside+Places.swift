// Where key images stand beside a screen, and what they are about there.

import Figures
import Grid
import KeyImages
import ReviewCore

extension State {
  /// The case and the examination whose images would stand beside the screen; nil where none may.
  private var subjectBeside: (patientCase: Case, examination: ExaminationID)? {
    let screens: [ScreenID] = [.patientCase, .grading, .consensus, .teaching]
    guard lock == nil, cover == nil, screens.contains(screen), let subject = imagedCase else { return nil }
    return screen != .teaching && isHidden(subject.0.id) ? nil : subject
  }

  /// Where they go, inside of any border; nil where there is no room.
  private func placeBeside() -> Rect? {
    switch deed {
    case .patientCase: CaseLayout(self).images
    case .grading: gradingImages
    case .consensus: consensusImages
    case .teaching: teachingImages
    default: nil
    }
  }

  /// Whether the screen leaves room for them: where there are some, as far as that is known.
  var hasImagesBeside: Bool {
    subjectBeside.map { beside.hasRoom($0.patientCase, $0.examination) } ?? false
  }

  /// The finding that they follow.
  private var findingBeside: Finding? {
    switch deed {
    case .grading: return gradedFinding
    case .consensus: return consensus.row.flatMap { session.codebook[$0.key.finding] }
    case .patientCase:
      let signs: [PanelID: FindingID] = [
        .enhancement: Codebook.ID.enhancement, .rim: Codebook.ID.rimSign, .halo: Codebook.ID.haloSign,
      ]
      return signs[caseScreen.focus].flatMap { session.codebook[$0] }
    default: return nil
    }
  }

  /// The series that the finding under the cursor, or the step, is about.
  private var seriesBeside: [MRSequence] {
    guard screen == .teaching else { return findingBeside?.sequences ?? [] }
    let findings = (teaching.walk?.step?.grades ?? [:]).keys.compactMap { session.codebook[$0] }
    return findings.flatMap(\.sequences)
  }

  /// What is to be seen beside the screen that is open; nil where nothing is.
  var wantedBeside: ImagesBeside.Wanted? {
    guard let (patientCase, examination) = subjectBeside, let place = placeBeside(), !place.isEmpty else { return nil }
    var subject = ImagesBeside.Subject(patientCase: patientCase, examination: examination)
    guard screen != .teaching else { return taughtBeside(subject, place.size) }
    let finding = findingBeside?.id
    // Where one grades, of what is under the cursor alone: a small picture has no room for all.
    let marks = shownMarks(at: examination, on: deed, about: finding)
      .filter { deed != .grading || $0.role == .accent }
    let isPointed = finding != nil && !marks.isEmpty
    subject.image = isPointed ? marks.first?.mark.image : nil
    return ImagesBeside.Wanted(
      subject: subject, series: seriesBeside, marks: marks, isPointed: isPointed, size: place.size)
  }

  private func taughtBeside(_ subject: ImagesBeside.Subject, _ size: Size) -> ImagesBeside.Wanted {
    var subject = subject
    let step = teaching.walk?.step
    var taught = step?.examination == subject.examination ? step?.image : nil
    subject.slice = taught?.slice.map { $0 - 1 }
    if teaching.walk?.isRevealed != true || taught == images.covered { taught?.marks = [] }
    return ImagesBeside.Wanted(subject: subject, series: seriesBeside, taught: taught, size: size)
  }

  /// Draws what was made last, if it is of this case and of this size.
  ///
  /// - Returns: false where there is nothing to draw.
  @discardableResult func drawImagesBeside(_ canvas: inout Canvas, _ rect: Rect?) -> Bool {
    guard let rect, let (patientCase, examination) = subjectBeside, let picture = beside.picture,
      picture.wanted.subject.patientCase == patientCase, picture.wanted.subject.examination == examination,
      picture.wanted.size == rect.size
    else { return false }
    picture.draw(&canvas, rect, series: seriesBeside)
    return true
  }

  /// On the case screen, where a panel says what it has nothing of.
  func drawImagesPanel(_ canvas: inout Canvas, _ rect: Rect) {
    guard !drawImagesBeside(&canvas, rect), let wanted = wantedBeside else { return }
    let isNone = if case .some(nil) = beside.answer(wanted.subject) { true } else { false }
    let words = isNone ? "There are no key images of \(wanted.subject.examination.title)." : "…"
    for (row, line) in canvas.wrapped(words, columns: rect.width).prefix(rect.height).enumerated() {
      canvas.put(line, x: rect.x, y: rect.y + row, .role(.muted), clip: rect)
    }
  }
}

extension State {
  /// On the largest screens below the lesion as graded, else at the foot of the findings, below the facts of the case and
  /// what does not go together.
  var gradingImages: Rect? {
    guard grading.view != nil else { return nil }
    if let large = largeGradingImages { return large }
    // While bones are chosen their map stands on the other side.
    guard mapBelowFindings == nil || grading.picker != nil else { return nil }
    let left = gradingColumns(self).left
    let rows = left.height - rowsBesideImages - (grading.examination.isBaseline ? 3 : 8)
    guard left.width >= 44, rows >= BesidePicture.fewestRows + 4 else { return nil }
    let height = min(rows, 32)
    return Rect(x: left.x + 2, y: left.maxY - height, width: left.width - 3, height: height)
  }

  /// Rows of the findings and the facts of the case.
  var rowsBesideImages: Int {
    let findings = hasSheets ? grading.lines.count : gradedFindings.count
    return findings + rowsOfFacts(width: gradingColumns(self).left.width - 4)
  }

  /// Where all series have room: beside the map of the spine, below the finding and one row of the lesion's pictures.
  var largeGradingImages: Rect? {
    guard grading.examination.isBaseline, grading.picker == nil, session.codebook.hasPictures,
      gradedFinding?.isAskedAfterwards == false
    else { return nil }
    let area = besideChangeMap(gradingColumns(self).right)
    guard area.width >= 80, area.height >= Self.rowsOfLargeImages else { return nil }
    return area.splitTop(Self.rowsAboveImages).rest
  }

  private static let rowsAboveImages = 13 + lesionRowsAboveImages
  /// Rows of a screen from which on the images stand below the lesion's pictures.
  static let rowsOfLargeImages = rowsAboveImages + 24

  /// Beside what is known of the finding under the cursor. On a screen of the usual width only where they are pointed
  /// into, or where they leave the readers' own pictures room.
  var consensusImages: Rect? {
    let area = body.inset(by: 1, 0)
    guard consensus.table != nil, area.width >= 110 else { return nil }
    let detail = detailHeight(self, area)
    guard detail >= BesidePicture.fewestRows + 4 else { return nil }
    let isWide = area.width >= 160
    guard isWide || consensus.row.map(hasOwnImages) ?? false else { return nil }
    let width = isWide ? area.width / 2 : 32
    return Rect(x: area.maxX - width, y: area.maxY - detail + 1, width: width, height: detail - 1)
  }

  private func hasOwnImages(_ row: ConsensusRow) -> Bool {
    !row.key.examination.isBaseline || row.grades.contains { $0?.mark != nil }
      || session.codebook[row.key.finding]?.sequences.isEmpty == false
  }

  /// Beside or below the pictures of a step on a large screen.
  var teachingImages: Rect? {
    guard hasLargePictures, let walk = teaching.walk, teaching.picker == nil else { return nil }
    return TeachingAside(walk, session: session).imagesPlace(teachingColumns(self).right)
  }
}

extension TeachingImage.Mark {
  /// In the patient, or in the picture where its place is not stated.
  func mark(on frame: ImageFrame) -> ImageMark {
    ImageMark(
      shape, on: frame.id, at: frame.place(x: x / 100, y: y / 100), to: frame.place(x: toX / 100, y: toY / 100))
  }
}
