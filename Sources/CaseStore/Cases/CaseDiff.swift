// Which facts of a case differ, told by walking both as JSON.

import Foundation
import ReviewCore

enum CaseDiff {
  /// The changes from one version of a case to another, in the order of their paths.
  static func changes(from old: Case, to new: Case) throws -> [FieldChange] {
    let (before, after) = (try facts(old), try facts(new))
    return Set(before.keys).union(after.keys).sorted { $0.localizedStandardCompare($1) == .orderedAscending }
      .compactMap { path in
        let change = FieldChange(field: path, old: before[path], new: after[path])
        return change.old == change.new ? nil : change
      }
  }

  private static func facts(_ patientCase: Case) throws -> [String: String] {
    let json = try JSONSerialization.jsonObject(with: Data(Document.text(patientCase).utf8))
    var facts: [String: String] = [:]
    collect(json, path: "", into: &facts)
    return facts
  }

  private static func collect(_ json: Any, path: String, into facts: inout [String: String]) {
    func below(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
    switch json {
    case let object as [String: Any]:
      for (name, value) in object { collect(value, path: below(snakeCase(name)), into: &facts) }
    case let list as [Any]:
      for (index, value) in list.enumerated() {
        // An examination goes by its id, everything else by its place from 1.
        let id = path == "examinations" ? (value as? [String: Any])?["id"] as? String : nil
        collect(value, path: below(id ?? String(index + 1)), into: &facts)
      }
    case let number as NSNumber:
      facts[path] = number.description
    default:
      facts[path] = "\(json)"
    }
  }

  private static func snakeCase(_ name: String) -> String {
    name.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
  }
}
