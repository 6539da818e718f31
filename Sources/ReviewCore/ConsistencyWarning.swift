// Warnings about grades and acquisitions that do not go together. They warn; they never change a grade.

public struct ConsistencyWarning: Hashable, Sendable {
  public var text: String

  public init(_ text: String) { self.text = text }

  /// Times of acquisition outside the ranges of the protocol.
  public static func ofAcquisitions(_ examination: Examination, _ studyProtocol: StudyProtocol) -> [ConsistencyWarning]
  {
    examination.acquisitions.filter(\.isAcquired).flatMap { acquisition in
      (studyProtocol.range(for: acquisition.sequence)?.faults(acquisition) ?? []).map {
        ConsistencyWarning("\(acquisition.sequence.title): \($0) of the protocol")
      }
    }
  }
}
