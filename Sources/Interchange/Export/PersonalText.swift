// What in free text looks as if it named a person or a day, for whoever is about to give it away.

import Foundation
import ReviewCore

package struct PersonalText: Hashable, Sendable {
  /// Where it stands: `case 4, baseline, R1, rim sign`.
  package var place: String
  /// What it looks like: `a name`, `a date`, `a number`, `an address`, `a telephone number`.
  package var kind: String
  package var words: String

  /// All that looks like one in the free text of an export.
  package static func found(in export: StudyExport) -> [PersonalText] {
    ((export.hasNotes ? notes(export) : []) + facts(export)).flatMap { place, text in
      looks(text).map { PersonalText(place: place, kind: $0.kind, words: $0.words) }
    }
  }

  /// Everything that goes out only where notes are asked for.
  private static func notes(_ export: StudyExport) -> [(String, String)] {
    func title(_ finding: FindingID) -> String { export.codebook[finding]?.title ?? finding.rawValue }
    let notes = export.readings.flatMap { source -> [(String, String)] in
      let place = "case \(source.entry.id), \(source.reading.examination.title), \(source.reader)"
      let grades = source.reading.grades.compactMap { key, grade in
        grade.note.map { ("\(place), \(title(key.finding))", $0) }
      }
      return grades.sorted { $0.0 < $1.0 } + (source.reading.note.map { [("\(place), note", $0)] } ?? [])
    }
    let agreed = export.opened.flatMap { entry in
      (entry.consensus?.grades ?? [:]).flatMap { key, agreed in
        [agreed.rationale, agreed.grade?.note].compactMap { $0 }.map {
          ("case \(entry.id), consensus, \(title(key.finding))", $0)
        }
      }.sorted { $0.0 < $1.0 }
    }
    let remarks = export.cases.flatMap { patientCase in
      patientCase.examinations.flatMap {
        $0.remarks + $0.acquisitions.compactMap(\.remark) + ($0.collections ?? []).compactMap(\.remark)
      }
      .map { ("case \(patientCase.id), remark", $0) }
    }
    return notes + agreed + remarks
  }

  /// What is said of cases, which goes out in any case.
  private static func facts(_ export: StudyExport) -> [(String, String)] {
    export.cases.flatMap { patientCase -> [(String, String)] in
      let said = [patientCase.title, patientCase.presentation?.duration, patientCase.originalReport?.takenFor]
      let lists = (patientCase.presentation?.symptoms ?? []) + (patientCase.therapy ?? [])
      let biopsies = (patientCase.biopsies ?? []).flatMap { [$0.site, $0.guidance, $0.result, $0.remark] }
      let organisms = (patientCase.cultures ?? []).map(\.organism) + (patientCase.pathogens ?? []).map(\.words)
      let facts =
        ((patientCase.labs ?? []) + (patientCase.facts ?? [])).map(\.words)
        + (patientCase.serology ?? []).map(\.words) + (patientCase.surgery ?? [])
        + [patientCase.occupation].compactMap { $0 }
        + patientCase.examinations.flatMap { ($0.collections ?? []).map(\.bare.words) }
      return (said + biopsies + organisms + facts).compactMap { $0 }.map { ("case \(patientCase.id)", $0) }
        + lists.map { ("case \(patientCase.id)", $0) }
    }
  }

  /// What in a text looks like a name, a date, a number of four or more digits, an e-mail address or a telephone number. A
  /// guess: a name without a title or initials, in lower case, or of one word is not found.
  package static func looks(_ text: String) -> [(kind: String, words: String)] {
    let month = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
    let title = "(?:[Dd]r|DR|[Pp]rof|PROF|Professor|Doctor|PD|Mr|Mrs|Ms|Miss|Sir|Herr|Herrn|Frau|Mme|M|Sr|Sra|Dott)"
    let patterns = [
      ("an address", #"[\p{L}\d._%+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+"#),
      ("a date", #"\b\d{1,4}[-./]\d{1,2}[-./]\d{1,4}\b"#),
      ("a date", #"\b(?:\d{1,2}\.? )?\#(month)\.? (?:\d{1,2},? )?\d{4}\b"#),
      ("a telephone number", #"(?:\+|\b00?)\d{1,4}(?:[ ()/.-]{1,2}\d{2,}){1,5}\b"#),
      ("a telephone number", #"\b\d{3}[ .-]\d{3}[ .-]\d{4}\b"#),
      ("a date", #"\b(?:19|20)\d{2}\b"#), ("a number", #"\b(?:\p{L}{1,6}[-_/#]?)?\d{4,}(?:[-/]\d+)*\p{L}?\b"#),
      ("a number", #"\b\d{2,3}(?:[ -]\d{2,3}){2,}\b"#),
      ("a name", #"\b\#(title)\b\.?(?: *(?:[Dd]r|[Mm]ed|PD)\b\.?)* *(?:\p{Lu}\. *)*\p{Lu}[\p{L}'’-]+"#),
      ("a name", #"\b(?:[Dd]r|DR|[Pp]rof|PROF|[Mm]rs?|[Hh]err|[Ff]rau)\.? +\p{L}{2}[\p{L}'’-]+"#),
      ("a name", #"\b(?:\p{Lu}\.[ -]?){1,3}(?:(?:van|von|de|der|den) )*\p{Lu}\p{Ll}[\p{L}'’-]*"#),
      ("a name", #"\b\p{Lu}\p{Ll}+(?:[ -]\p{Lu}\p{Ll}+)+\b"#),
    ]
    var taken: [Range<String.Index>] = []
    return patterns.flatMap { kind, pattern -> [(kind: String, words: String)] in
      guard let regex = try? Regex(pattern).wordBoundaryKind(.simple) else { return [] }
      return text.matches(of: regex).compactMap { match in
        guard !taken.contains(where: { $0.overlaps(match.range) }) else { return nil }
        taken.append(match.range)
        return (kind, String(text[match.range]))
      }
    }
  }
}
