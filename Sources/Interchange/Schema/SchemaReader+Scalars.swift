// Single values of a file: ids, words of a list, numbers, ranges, moments.

import ReviewCore
import TextSafety

extension SchemaReader {
  /// What is wrong with a value, without its key.
  struct Problem: Error {
    let words: String
    init(_ words: String) { self.words = words }
  }

  /// Of a file of another kind than the one that is read: what it is.
  private static func otherFormat(_ text: String) -> String? {
    FileKind(format: text).map { "the file is \($0.words)" }
  }

  func scalar(_ written: String, _ type: FieldType) -> Result<Field.Value, Problem> {
    if case .text = type { return .success(.text(written)) }
    // Everything but a text is short; what is not is only shown shortened.
    let text = PlainText.brief(written)
    switch type {
    case .identifier:
      guard text.isIdentifier else {
        return .failure(Problem("‘\(text)’ is not an id; use 1 to 64 letters a-z, digits, ‘-’, ‘_’ and ‘.’"))
      }
      return .success(.text(text))
    case .word(let allowed):
      return allowed.contains(text)
        ? .success(.text(text))
        : .failure(Problem(Self.otherFormat(text) ?? "there is no ‘\(text)’; " + cure(text, allowed)))
    case .openWord(let usual):
      // What is nearly a usual word is that one, misspelt; anything else is somebody's own.
      let isOwn = usual.contains(text) || Spelling.nearest(to: text, in: usual) == nil
      return isOwn ? .success(.text(text)) : .failure(Problem("there is no ‘\(text)’; " + cure(text, usual)))
    case .size:
      return size(text).map { .numbers($0) }
    case .date:
      guard Day(text) != nil else {
        return .failure(Problem("‘\(text)’ is not a day; write it as 2020-01-02"))
      }
      return .success(.text(text))
    case .bone:
      let bone = Bone(rawValue: text)
      if let bone, anatomy.has(bone) { return .success(.text(text)) }
      let girdles = Bone.girdles.map(\.rawValue)
      return .failure(
        Problem(
          "there is no bone ‘\(text)’; " + cure(text, girdles, known: "allowed: C1…C7, T1…T12, L1…L5, S1…S5, ")
            + (bone == nil ? "" : "; \(Anatomy.howDeclared)")))
    case .yesNo:
      // As YAML 1.1 has them, in any case of letters.
      switch text.lowercased() {
      case "yes", "true", "on": return .success(.yesNo(true))
      case "no", "false", "off": return .success(.yesNo(false))
      default: return .failure(Problem("‘\(text)’ is neither yes nor no; write yes or no"))
      }
    case .whole(let limits):
      guard let number = text.plainWhole else {
        return .failure(Problem("‘\(text)’ is not a whole number; write it in digits, as 12"))
      }
      guard limits.contains(number) else {
        return .failure(Problem("\(number) lies outside \(limits.lowerBound) to \(limits.upperBound)"))
      }
      return .success(.whole(number))
    case .number(let limits):
      return number(text, limits).map { .number($0) }
    case .range(let limits):
      let ends = text.split(separator: "-", omittingEmptySubsequences: false).map {
        number(String($0.filter { $0 != " " }), limits)
      }
      guard ends.count == 2 else { return .failure(Problem("‘\(text)’ is not a range; write it as 500-700")) }
      return ends[0].flatMap { low in
        ends[1].flatMap { high in
          low <= high ? .success(.range(low...high)) : .failure(Problem("the range ‘\(text)’ is upside down"))
        }
      }
    case .moment:
      guard let date = text.moment else {
        return .failure(Problem("‘\(text)’ is not a date and time; write it in UTC as 2025-03-04 09:12"))
      }
      return .success(.moment(date))
    case .image:
      guard ImageReference(text) != nil else {
        return .failure(Problem("‘\(text)’ is not a series and slice; write it as 4/12"))
      }
      return .success(.text(text))
    case .text, .list, .texts, .numbers, .facts, .record, .pairs, .grades, .given, .grade, .node:
      return .failure(Problem("expected \(type.words)"))
    }
  }

  func number(_ text: String, _ limits: ClosedRange<Double>) -> Result<Double, Problem> {
    guard let number = text.plainNumber else {
      let comma = text.contains(",") ? "; write the decimals behind a point" : "; write it in digits, as 12 or 10.5"
      return .failure(Problem("‘\(text)’ is not a number" + comma))
    }
    guard limits.contains(number) else {
      return .failure(Problem("\(number.plain) lies outside \(limits.lowerBound.plain) to \(limits.upperBound.plain)"))
    }
    return .success(number)
  }
}
