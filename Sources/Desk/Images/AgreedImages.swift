// The images of a case that nobody wrote a script for: where the recorded grades keep a mark, the step points there.

import CaseStore
import KeyImages
import ReviewCore

extension ImageShelf {
  /// A case whose steps without an image have the one into which the consensus points.
  package func illustrated(_ subject: TeachingCase, in store: StudyStore) throws -> TeachingCase {
    var illustrated = subject
    for (place, step) in subject.script.steps.enumerated() where step.image == nil {
      let marks = step.grades.keys.sorted().compactMap { finding in
        subject.consensus.grades[GradeKey(step.examination, finding)]?.grade?.mark
      }
      guard let mark = marks.first,
        let set = try images(
          of: subject.patientCase, at: step.examination, slice: nil, showing: mark.image, in: store)
      else { continue }
      illustrated.script.steps[place].image = TeachingImage(marks, in: set)
    }
    return illustrated
  }
}

extension TeachingImage {
  /// Nil where the image of the first mark is gone. Its words name nothing that is asked.
  fileprivate init?(_ marks: [ImageMark], in set: KeyImageSet) {
    guard let image = marks.first?.image,
      let (series, frame) = set.frames.first(where: { $0.value.id == image })
    else { return nil }
    func percent(_ point: PatientPoint) -> (x: Double, y: Double) {
      let (column, row) = frame.plane.pixel(point)
      func part(_ pixel: Double, _ count: Int) -> Double {
        min(100, max(0, ((pixel + 0.5) / Double(count) * 1000).rounded() / 10))
      }
      return (part(column, frame.columns), part(row, frame.rows))
    }
    let here = marks.filter { $0.image == image }.map { mark in
      let (at, to) = (percent(mark.at), percent(mark.to))
      return Mark(mark.shape, x: at.x, y: at.y, toX: to.x, toY: to.y)
    }
    self.init(
      series: series, slice: set.slice + 1, x: set.mark == nil ? 50 : 41, marks: here,
      alternative: "the key image into which the consensus points")
  }
}
