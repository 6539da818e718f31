// What makes a grade unfit for the codebook.

import ReviewCore

/// Everything that is wrong with the grades of a change, each named; empty where all can be kept.
///
/// - Parameter hasFollowUpBefore: whether the examination before is a follow-up, so that an interval can be graded.
func gradeFaults(
  _ change: GradeChange, study: Study, hasFollowUpBefore: Bool, anatomy: Anatomy
) -> [String] {
  var faults: [String] = []
  let allowed = study.codebook.findings(at: change.examination)
  for (key, grade) in change.grades.sorted(by: { $0.key.finding < $1.key.finding }) {
    guard key.examination == change.examination, let finding = allowed.first(where: { $0.id == key.finding }) else {
      let near = Spelling.nearest(to: key.finding.rawValue, in: allowed.map(\.id.rawValue))
      faults.append(
        "‘\(key.finding)’ is not graded at \(key.examination.title)"
          + (near.map { "; did you mean ‘\($0)’?" } ?? "; use \(allowed.map(\.id.rawValue).joined(separator: ", "))"))
      continue
    }
    if key.comparator == .previous {
      if change.examination.isBaseline {
        faults.append("\(finding.id): the baseline has no comparator")
      } else if !hasFollowUpBefore {
        faults.append("\(finding.id): the baseline is the examination before; grade against the baseline")
      } else if !finding.isComparison {
        faults.append("\(finding.id): says how things are and compares with nothing")
      }
    }
    if let grade { faults += gradeFaults(grade, finding: finding, study: study, anatomy) }
  }
  if (change.readingNote ?? "").utf8.count > longestNote {
    faults.append("the note is longer than \(longestNote) bytes")
  }
  return faults
}

/// More than anybody types, and little enough for a screen.
private let longestNote = 10_000

private func gradeFaults(_ grade: Grade, finding: Finding, study: Study, _ anatomy: Anatomy) -> [String] {
  var faults: [String] = []
  do throws(GradeError) {
    if try finding.value(grade.value.text, in: anatomy) != grade.value {
      faults.append("\(finding.id): ‘\(grade.value.text)’ is not written in the order of the codebook")
    }
  } catch { faults.append(error.description) }
  if let bone = grade.bone, !anatomy.has(bone) { faults.append("\(finding.id): \(GradeError.notInPatient(bone))") }
  if grade.bone != nil, !finding.takesBone { faults.append("\(finding.id): takes no bone") }
  if let confidence = grade.confidence {
    if !study.studyProtocol.asksConfidence { faults.append("\(finding.id): this protocol asks for no confidence") }
    if !(1...5).contains(confidence) { faults.append("\(finding.id): a confidence is 1 (guess) to 5 (certain)") }
  }
  if let level = grade.overrules {
    if finding.id != Codebook.ID.followUpGrade || grade.note == nil {
      faults.append("\(finding.id): only the note on a sequential change is a reason to depart from the rule")
    } else if !finding.levels.map(\.id).contains(level) {
      faults.append("\(finding.id): ‘\(level)’ is not a grade of the rule's")
    }
  }
  if let image = grade.image, ImageReference(image.text) == nil {
    faults.append("\(finding.id): an image is written series/slice, as 4/12")
  }
  if let mark = grade.mark, ImageMark(mark.text) != mark {
    faults.append("\(finding.id): a mark is an arrow or an ellipse on an image, in millimetres")
  }
  if (grade.note ?? "").utf8.count > longestNote {
    faults.append("\(finding.id): the note is longer than \(longestNote) bytes")
  }
  return faults
}
