// The key images of a release: a PNG of stored values each, and a table that says of what and where it is.

import ReviewCore
import TextSafety

/// An image with its picture.
package struct ExportedImage: Sendable {
  package var caseID: CaseID
  package var facts: KeyImage
  /// 16 bits, the stored values.
  package var png: [UInt8]

  package init(caseID: CaseID, facts: KeyImage, png: [UInt8]) {
    (self.caseID, self.facts, self.png) = (caseID, facts, png)
  }
}

extension StudyExport {
  /// Where each image lies, from the folder of the case files.
  var imagePaths: [String] {
    var names = FileNames()
    return images.map { image in
      let id = image.caseID.rawValue.isIdentifier ? image.caseID.rawValue : "case"
      let series = image.facts.sequence.rawValue
      let name = names.unique("\(id)-\(image.facts.examination.rawValue.replacing(".", with: "_"))-\(series)")
      return "images/\(name).png"
    }
  }

  /// As a case file names them.
  func imageFiles(of id: CaseID) -> [CaseImageFile] {
    zip(images, imagePaths).filter { $0.0.caseID == id }.map { image, path in
      CaseImageFile(path, image.facts.examination, image.facts.sequence, plane: image.facts.plane)
    }
  }
}

extension ReleaseTables {
  private struct Row {
    var image: ExportedImage
    var path: String
    /// From 1; the same where places can be compared.
    var frame: Int?
  }

  static func images(_ export: StudyExport) -> ExportTable {
    var frames: [String] = []
    let rows = zip(export.images, export.imagePaths).map { image, path in
      let frame = image.facts.frameOfReference.map { name in
        if !frames.contains(name) { frames.append(name) }
        return (frames.firstIndex(of: name) ?? 0) + 1
      }
      return Row(image: image, path: "cases/\(path)", frame: frame)
    }
    func numbers(_ values: [Double]) -> String { values.map(\.plain).joined(separator: " ") }
    func column(_ name: String, _ about: String, required: Bool = false, _ value: @escaping (Row) -> String)
      -> ExportColumn<Row>
    {
      ExportColumn<Row>(name, required: required, about, value)
    }
    let columns: [ExportColumn<Row>] = [
      column("image", "names it in this study, as the marks in readings.csv do", required: true) {
        $0.image.facts.id.rawValue
      },
      column(
        "file", "the picture: PNG of 16 bits, whose values are those that were stored, from the lowest on",
        required: true
      ) {
        $0.path
      },
      column("case", "the case, as in cases.csv", required: true) { $0.image.caseID.rawValue },
      column("examination", "baseline, or the months after it", required: true) { $0.image.facts.examination.rawValue },
      column("series", "the series", required: true) { $0.image.facts.sequence.rawValue },
      column("plane", "sagittal, axial or coronal; empty where it is not stated, as everywhere here") {
        $0.image.facts.plane?.rawValue ?? ""
      },
      column("row_spacing", "millimetres from row to row") { $0.image.facts.rowSpacing?.plain ?? "" },
      column("column_spacing", "millimetres from column to column") { $0.image.facts.columnSpacing?.plain ?? "" },
      column("position", "of the first pixel: millimetres to the left, to the back and to the head") {
        numbers($0.image.facts.position)
      },
      column("orientation", "directions of rows and columns") { numbers($0.image.facts.orientation) },
      column("frame", "images with the same number can be compared by position") { $0.frame.map(String.init) ?? "" },
      column("window_center", "stored value in the middle of the greys, as its file has it first") {
        $0.image.facts.windows.first?.center.plain ?? ""
      },
      column("window_width", "stored values from black to white") { $0.image.facts.windows.first?.width.plain ?? "" },
      column("tr", "repetition time in ms") { $0.image.facts.tr?.plain ?? "" },
      column("te", "echo time in ms") { $0.image.facts.te?.plain ?? "" },
      column("ti", "inversion time in ms") { $0.image.facts.ti?.plain ?? "" },
    ]
    return ExportTable("images", "The key images, a row each", key: ["image"], columns, rows)
  }
}
