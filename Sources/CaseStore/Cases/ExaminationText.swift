// What is kept of an examination beside its series, in one column: a list of remarks, as it always was, and where more is
// stated an object.

import ReviewCore

struct ExaminationText: Codable {
  private var remarks: [String]
  private var collections: [FluidCollection]?
  private var day: Int?
  private var date: String?
  /// Of each series in its order, where any has one.
  private var bValues: [[Double]?]?

  private init(_ examination: Examination) {
    (remarks, collections) = (examination.remarks, examination.collections)
    (day, date) = (examination.day, examination.date)
    let all = examination.acquisitions.map(\.bValues)
    bValues = all.contains { $0 != nil } ? all : nil
  }

  static func text(_ examination: Examination) throws -> String {
    let whole = ExaminationText(examination)
    let isPlain = whole.collections == nil && whole.day == nil && whole.date == nil && whole.bValues == nil
    return isPlain ? try Document.text(examination.remarks) : try Document.text(whole)
  }

  /// - Parameter acquisitions: empty where series are not read.
  static func examination(_ id: ExaminationID, _ text: String, acquisitions: [Acquisition] = []) throws -> Examination {
    if text == "[]" { return Examination(id, acquisitions: acquisitions) }
    if text.hasPrefix("[") {
      return Examination(
        id, acquisitions: acquisitions, remarks: try Document.value([String].self, text, of: "remarks"))
    }
    let whole = try Document.value(ExaminationText.self, text, of: "an examination")
    var examination = Examination(id, acquisitions: acquisitions, remarks: whole.remarks)
    (examination.collections, examination.day, examination.date) = (whole.collections, whole.day, whole.date)
    for (index, values) in zip(acquisitions.indices, whole.bValues ?? []) {
      examination.acquisitions[index].bValues = values
    }
    return examination
  }
}
