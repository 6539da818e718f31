// A head line: where there is no room for all of it, what matters least gives way.

import Grid
import ReviewCore

/// A part of a head line.
struct HeadPart {
  var run: (String, Style)
  /// What stands for it where there is no room.
  var short = ""
  /// Where there is no room for all, the part with the lowest number gives way first; nil never.
  var gives: Int?

  init(_ text: String, _ style: Style, short: String = "", gives: Int? = nil) {
    (run, self.short, self.gives) = ((text, style), short, gives)
  }

  /// What is done with a case; empty where it is only shown. Of a long id the end stays, which tells it from others; the last thing to give way.
  init(_ what: String, _ id: CaseID) {
    let end = id.rawValue.count > 16 ? "…" + id.rawValue.suffix(15) : id.rawValue
    let before = what.isEmpty ? "Case" : "\(what) case"
    self.init("\(before) \(id)", .role(.heading, .bold), short: "\(before) \(end)", gives: .max)
  }
}

/// The parts that have room beside each other; each whole, or as it is said shortly, or not at all.
func fitting(_ parts: [HeadPart], columns: Int) -> Line {
  var parts = parts
  func width() -> Int { parts.reduce(0) { $0 + $1.run.0.unicodeScalars.count } }
  for rank in Set(parts.compactMap(\.gives)).sorted() {
    for index in parts.indices where parts[index].gives == rank && width() > columns {
      parts[index].run.0 = parts[index].short
    }
  }
  return parts.map(\.run)
}
