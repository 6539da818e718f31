// What an import did.

import ReviewCore

/// One fact of a case that an import changed, in words; nil is *not stated*.
public struct FieldChange: Codable, Hashable, Sendable, CustomStringConvertible {
  /// Path of the fact, as `age` or `examinations.5.acquisitions.1.tr`.
  public var field: String
  public var old: String?
  public var new: String?

  /// `age: 53 → 54`, `5 months, series 1, tr: 550 → 600`, `12 months: examination added`.
  public var description: String {
    if let examination, examination.rest == "id" {
      return "\(examination.id.title): examination \(new == nil ? "taken away" : "added")"
    }
    return "\(place): \(old ?? "not stated") → \(new ?? "not stated")"
  }

  /// The examination that the path leads into, and the path from there. Its id may hold a point itself.
  private var examination: (id: ExaminationID, rest: String)? {
    guard let match = field.wholeMatch(of: /examinations\.(baseline|[0-9.]+?)\.([a-z_].*)/) else { return nil }
    return (ExaminationID(String(match.1)), String(match.2))
  }

  /// The path as people say it: entries of a list by their name and number.
  private var place: String {
    let names = [
      "acquisitions": "series", "biopsies": "biopsy", "cultures": "culture", "symptoms": "symptom",
      "remarks": "remark", "labs": "laboratory value", "facts": "fact", "pathogens": "pathogen",
      "collections": "collection",
    ]
    let path = (examination?.rest ?? field).split(separator: ".").map(String.init)
    var words = examination.map { [$0.id.title] } ?? []
    for part in path where part != "presentation" {
      if Int(part) != nil, let list = words.popLast() {
        words.append("\(names[list] ?? list) \(part)")
      } else {
        words.append(part.replacing("_", with: " "))
      }
    }
    return words.joined(separator: ", ")
  }
}

/// Per case, in the order given, what an import did.
public struct ImportReport: Codable, Hashable, Sendable {
  public enum Outcome: Codable, Hashable, Sendable {
    case added
    case updated([FieldChange])
    case unchanged
  }

  public struct Entry: Codable, Hashable, Sendable {
    public var id: CaseID
    public var outcome: Outcome
  }

  public var entries: [Entry]
  public var images = ImagesReport()

  public var added: Int { entries.count { $0.outcome == .added } }
  public var unchanged: Int { entries.count { $0.outcome == .unchanged } }
  public var updated: Int { entries.count - added - unchanged }

  /// `5 added, 1 updated, 1 unchanged`.
  public var summary: String { "\(added) added, \(updated) updated, \(unchanged) unchanged" }

  /// The same with images, where there were any.
  public var wholeSummary: String {
    images == ImagesReport() ? summary : "\(summary); \(images.summary)"
  }
}
