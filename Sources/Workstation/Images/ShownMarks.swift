// Which marks stand on the images: one's own where one grades, A, B and C in the consensus, all that are open on a case.

import Grid
import KeyImages
import ReviewCore

extension ImagesState {
  /// Whether a mark is on one of the images at the place that is shown.
  func isHere(_ mark: ImageMark) -> Bool { shown.map { $0.isHere(mark) } ?? false }
}

extension KeyImageSet {
  func isHere(_ mark: ImageMark) -> Bool { frames.values.contains { $0.id == mark.image } }
}

extension ShownMark {
  /// Whether it is drawn on a picture: the one that was looked at, and those at the same place of the same patient.
  func isOn(_ frame: ImageFrame, in set: KeyImageSet) -> Bool {
    if frame.id == mark.image { return true }
    guard let looked = set.frames.values.first(where: { $0.id == mark.image })?.geometry, let own = frame.geometry
    else {
      return false
    }
    return looked.frameOfReference != nil && looked.frameOfReference == own.frameOfReference
  }
}

extension State {
  /// The marks of an examination that the viewer shows, from where it was opened.
  func shownMarks(at examination: ExaminationID) -> [ShownMark] {
    let isGraded = images.source == .grading
    return shownMarks(at: examination, on: images.source, about: isGraded ? pointedFinding?.id : nil)
  }

  /// - Parameters:
  ///   - screen: whose marks they are.
  ///   - about: the finding that stands out where one grades; elsewhere the only one, unless it is nil.
  func shownMarks(at examination: ExaminationID, on screen: ScreenID, about: FindingID?) -> [ShownMark] {
    switch screen {
    case .grading:
      return (reading?.grades ?? [:]).filter { $0.key.examination == examination }
        .sorted { ($0.key.finding, $0.key.comparator.rawValue) < ($1.key.finding, $1.key.comparator.rawValue) }
        .compactMap { key, grade in
          grade.mark.map { ShownMark(mark: $0, role: key.finding == about ? .accent : .good) }
        }
    case .consensus:
      guard let row = consensus.row, row.key.examination == examination else { return [] }
      let names = consensus.table?.columns.map(\.title) ?? []
      let kept = row.decision?.grade?.mark
      let readers = zip(names, row.grades).compactMap { name, grade in
        grade?.mark.map { ShownMark(mark: $0, label: name, role: $0 == kept ? .good : .accent) }
      }
      let own = kept.flatMap { kept in readers.contains { $0.mark == kept } ? nil : kept }
      return readers + (own.map { [ShownMark(mark: $0, role: .good)] } ?? [])
    case .patientCase:
      let readings = (caseScreen.view?.readings ?? []).filter { $0.examination == examination }
      let readers = readings.flatMap { reading in
        reading.grades.filter { about == nil || $0.key.finding == about }.sorted { $0.key.finding < $1.key.finding }
          .compactMap { _, grade in
            grade.mark.map { ShownMark(mark: $0, label: readings.count > 1 ? reading.reader.rawValue : "") }
          }
      }
      let agreed = (caseScreen.view?.consensus?.grades ?? [:])
        .filter { $0.key.examination == examination && (about == nil || $0.key.finding == about) }
        .sorted { $0.key.finding < $1.key.finding }
      return readers + agreed.compactMap { $0.value.grade?.mark.map { ShownMark(mark: $0, role: .good) } }
    default: return []
    }
  }

  /// The marks of a teaching step on the picture that it names, once it is revealed and until a key covers them.
  func taughtMarks(on frame: ImageFrame, _ series: MRSequence, in set: KeyImageSet) -> [ShownMark] {
    guard images.isTaught, let walk = teaching.walk, walk.isRevealed, let step = walk.step,
      let image = step.image, image != images.covered, image.series == series, step.examination == set.examination,
      (image.slice ?? set.slices / 2 + 1) == set.slice + 1
    else { return [] }
    return image.marks.map { ShownMark(mark: $0.mark(on: frame)) }
  }

  /// What the marks say in words, for the foot of the viewer and for who cannot see them.
  var markedWords: String? {
    switch images.source {
    case .teaching:
      guard let walk = teaching.walk, let image = walk.step?.image else { return nil }
      let marked =
        image.marks.isEmpty || !walk.isRevealed
        ? nil : images.covered == image ? "m shows the marks" : "m covers the marks"
      return [marked, walk.words(of: image), image.source].compactMap(\.self).joined(separator: "; ")
    case .grading:
      guard let finding = pointedFinding else { return nil }
      if overlay is Pointing { return "\(finding.title): Enter keeps the mark" }
      let grade = grade(of: finding.id)
      let place = grade?.mark.map { mark in
        let image = grade?.image.map { "image \($0.text)" } ?? "an image"
        return images.isHere(mark) ? "marked here" : "marked on \(image)"
      }
      return "\(finding.title): \(place ?? (grade == nil ? "a mark is part of a grade; grade it first" : "m marks it"))"
    case .consensus:
      guard let row = consensus.row else { return nil }
      let names = consensus.table?.columns.map(\.title) ?? []
      let said = zip(names, row.grades).compactMap { name, grade in
        grade?.mark == nil ? nil : "\(name) \(grade?.image.map { "on \($0.text)" } ?? "marked")"
      }
      let whose = zip(names, row.grades).first { $1?.mark != nil && $1?.mark == row.decision?.grade?.mark }?.0
      let kept = row.decision?.grade?.mark == nil ? "" : "; kept: \(whose ?? "another")"
      return said.isEmpty ? nil : "\(row.title): \(said.joined(separator: ", "))\(kept)"
    default: return nil
    }
  }

  /// What the agreed grade of the row keeps next: the mark of each reader in turn, then none.
  ///
  /// - Returns: nil where there is nothing to keep.
  func nextKeptMark() -> (grade: Grade, words: String)? {
    guard let row = consensus.row, var grade = row.decision?.grade else { return nil }
    let names = consensus.table?.columns.map(\.title) ?? []
    let all = zip(names, row.grades).compactMap { name, grade in
      grade?.mark.map { (name: name, mark: $0, image: grade?.image) }
    }
    guard !all.isEmpty else { return nil }
    let next = all.firstIndex { $0.mark == grade.mark }.map { $0 + 1 } ?? 0
    guard all.indices.contains(next) else {
      (grade.mark, grade.image) = (nil, nil)
      return (grade, "keeps no mark")
    }
    (grade.mark, grade.image) = (all[next].mark, all[next].image)
    return (grade, "keeps the mark of \(all[next].name)")
  }
}
