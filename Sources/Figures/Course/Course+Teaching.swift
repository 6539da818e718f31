// The course of a case as far as a walk through it has shown it.

import ReviewCore

extension TeachingWalk {
  /// The course as far as it was shown: an examination that is still hidden is not on the axis.
  package func course(_ codebook: Codebook) -> Course {
    var shown = subject.patientCase
    shown.examinations.removeAll { !$0.id.isBaseline && !visible.contains(.followUp($0.id)) }
    if !visible.contains(.fact(.therapy)) { shown.therapy = nil }
    if !visible.contains(.fact(.outcome)) { shown.outcome = nil }
    let isWhole = shown.followUps.count == subject.patientCase.followUps.count
    if !isWhole { shown.course = [:] }
    let silence = subject.consensus.origin == .published ? "nothing stated" : "not graded"
    var course = Course(shown, codebook, silence: silence) { subject.values(at: $0) }
    // Flags are about the last examination, and that one is still to come.
    if !isWhole { course.flags = [] }
    return course
  }
}
