// What a table looks like: rules that recognise another shape than the one that is read.

/// Rules of thumb on names and places. They never change what is read: where they speak, the table is refused, and the
/// option that settles the matter is named.
enum TableShape {
  /// Whether a column is called as one with the names of cases is.
  static func isCaseWord(_ name: String) -> Bool {
    caseWords.contains(word(name))
  }

  /// Whether a column is called `case`, as the first line of every example is.
  static func isCase(_ name: String) -> Bool { ["case", "caseid"].contains(word(name)) }

  private static let caseWords: Set = [
    "", "case", "caseid", "cases", "id", "subject", "subjectid", "patient", "patientid", "item", "unit", "exam",
    "examination", "study", "image", "nr", "no", "number", "#", "fall", "fallnr", "participant", "participantid",
    "record", "recordid",
  ]

  /// Whether a name is one of a reader, as `R1`, `R1_a`, `reader 2`, `rater-3`.
  static func isReaderLike(_ name: String) -> Bool {
    let word = word(name)
    guard
      let stem = ["radiologist", "annotator", "reviewer", "observer", "reader", "rater", "coder", "judge", "rad", "r"]
        .first(where: word.hasPrefix)
    else { return false }
    guard let digit = word.dropFirst(stem.count).unicodeScalars.first else { return stem != "r" && stem != "rad" }
    return ("0"..."9").contains(digit) || (stem.utf8.count > 3 && word.utf8.count <= stem.utf8.count + 2)
  }

  /// Whether a name is one of a case, as `17`, `C0017`, `case 3`, `P2`.
  static func isCaseLike(_ name: String) -> Bool {
    let word = word(name)
    let stem = word.prefix { !("0"..."9").contains($0) }
    return stem.utf8.count < word.utf8.count
      && ["", "c", "p", "s", "pat", "nr", "no", "#"].contains(String(stem)) || isCaseWord(String(stem)) && stem != word
  }

  /// Whether a name is one of a row or column of sums.
  static func isTotal(_ name: String) -> Bool {
    [
      "total", "totals", "grandtotal", "sum", "sums", "all", "overall", "mean", "average", "median", "σ", "∑", "summe",
      "gesamt",
    ].contains(word(name))
  }

  /// Whether a column is called as one with a fact of the case is, or with an answer to hold readers against.
  static func isFact(_ name: String) -> Bool {
    [
      "age", "sex", "gender", "visit", "date", "time", "year", "months", "n", "count", "row", "rownumber", "weight",
      "centre", "center", "site", "group", "arm", "consensus", "truth", "groundtruth", "reference", "goldstandard",
      "referencestandard", "histology", "diagnosis", "outcome",
    ].contains(word(name))
  }

  /// Small letters and digits only.
  private static func word(_ name: String) -> String {
    String(
      String.UnicodeScalarView(
        name.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "#" })
    )
  }

  /// Whether rows and columns may be the wrong way round: readers in rows.
  ///
  /// - Parameters:
  ///   - rows: the names of the first rows; all of them where there are few.
  ///   - columns: the names of the columns.
  static func mayBeTransposed(rows: [String], count: Int, columns: [String]) -> Bool {
    guard !isUpright(rows: rows, columns: columns) else { return false }
    let hasReaders = columns.allSatisfy(isReaderLike)
    if !rows.isEmpty, rows.allSatisfy(isReaderLike) { return !hasReaders || columns.allSatisfy(isCaseLike) }
    return !hasReaders && (count <= columns.count || columns.allSatisfy(isCaseLike))
  }

  /// Whether the names show that cases are in rows and readers in columns.
  static func isUpright(rows: [String], columns: [String]) -> Bool {
    !rows.contains(where: isReaderLike)
      && (columns.allSatisfy(isReaderLike) || (rows.allSatisfy(isCaseLike) && !columns.allSatisfy(isCaseLike)))
  }

  static let columnWords = (
    reader: Set(["reader", "rater", "observer", "radiologist", "coder", "annotator", "judge"]),
    rating: Set(["rating", "level", "value", "grade", "score", "category", "code"])
  )

  static func isReaderWord(_ name: String) -> Bool { columnWords.reader.contains(word(name)) }
  static func isRatingWord(_ name: String) -> Bool { columnWords.rating.contains(word(name)) }
}
