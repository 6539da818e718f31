// Reads who reads which case from a table (CSV): a row a case and reader, or a row a case with all its readers.

import Agreement
import Foundation
import ReviewCore

package enum AssignmentFile {
  /// - Returns: the cases in the order of the file, each once.
  package static func read(_ file: InputFile) -> Outcome<[CaseReaders]> {
    var faults = FaultList(file: file.name)
    let rows = rows(file, &faults)
    guard let header = rows.first?.cells.map({ trimmed($0).lowercased() }) else {
      if faults.isEmpty { faults.add(.start, "the file is empty") }
      return Outcome(nil, faults.all)
    }
    guard let cases = header.firstIndex(of: "case"),
      let readers = header.firstIndex(of: "reader") ?? header.firstIndex(of: "readers")
    else {
      faults.add(
        .start,
        "the first row names the columns: ‘case’ and ‘reader’, a row for each, or ‘case’ and ‘readers’, as R1 R2 R3")
      return Outcome(nil, faults.all)
    }
    var order: [CaseID] = []
    var found: [CaseID: [PrincipalID]] = [:]
    for row in rows.dropFirst() where !row.cells.allSatisfy({ trimmed($0).isEmpty }) {
      func cell(_ column: Int) -> String { row.cells.indices.contains(column) ? trimmed(row.cells[column]) : "" }
      let (id, names) = (CaseID(cell(cases)), names(in: cell(readers)))
      let place = FilePosition(row.line, 1)
      if cell(cases).isEmpty { faults.add(place, "no case is named") }
      if names.isEmpty { faults.add(place, "no reader is named") }
      if found[id] == nil { order.append(id) }
      for name in names {
        if found[id]?.contains(name) == true { faults.add(place, "‘\(name)’ is named twice for case ‘\(id)’") }
        found[id, default: []].append(name)
      }
    }
    if order.isEmpty, faults.isEmpty { faults.add(.start, "no case stands below the first row") }
    return Outcome(order.map { CaseReaders($0, found[$0] ?? []) }, faults.all)
  }

  private static func rows(_ file: InputFile, _ faults: inout FaultList) -> [CSVTable.Row] {
    guard file.size <= InputFile.sizeLimit else {
      faults.add(.start, "the file is larger than \(InputFile.sizeLimit >> 20) MiB; assign in parts")
      return []
    }
    do { return try CSVTable.rows(file.bytes) } catch let error as RatingsFileError {
      for fault in error.faults { faults.add(FilePosition(fault.line ?? 1, 1), fault.message) }
    } catch {
      faults.add(.start, "\(error)")
    }
    return []
  }

  private static func trimmed(_ text: String) -> String { text.trimmingCharacters(in: .whitespacesAndNewlines) }

  /// As `R1 R2`, `R1,R2` or `R1;R2`.
  package static func names(in text: String) -> [PrincipalID] {
    text.unicodeScalars.split { " ,;\t".unicodeScalars.contains($0) }.map { PrincipalID(String($0)) }
  }
}
