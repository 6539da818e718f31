// A paragraph on the statistics for the methods section of a paper.

extension AgreementReport {
  /// What was computed and how, in plain sentences for a methods section, without its references
  /// (`MethodReference.cited`).
  ///
  /// - Parameters:
  ///   - program: the name and version of the program, such as “Endplate 1.0”.
  ///   - primary: the key of the primary figure, where a protocol names one.
  public func methodsParagraph(program: String, primary: String? = nil) -> String {
    let words = MethodWords([self])
    var sentences = [
      "Agreement between \(counts.readers) readers on \(examinations) was computed with \(program)."
    ]
    if let ofEach = counts.readersOfEach { sentences.append(ofEach.prefix(1).uppercased() + ofEach.dropFirst() + ".") }
    sentences.append(levelSentence)
    if let metric = metrics.first(where: { $0.key == primary }) {
      sentences.append("The primary figure was \(metric.title).")
    }
    sentences.append("We report \(words.coefficients).")
    sentences += [words.weights].compactMap { $0 }
    if counts.missing > 0 {
      sentences.append(
        "\(counts.missing) of \(counts.ratings + counts.missing) ratings were missing: "
          + (scale == .interval
            ? "intraclass correlations use the \(counts.complete) cases that all their readers rated, alpha those"
            : "coefficients of all readers use every case")
          + " with at least two ratings, those of two readers the cases both rated.")
    }
    if scale == .interval { return (sentences + [numberIntervals]).joined(separator: " ") }
    sentences += words.intervals
    sentences.append(
      "A coefficient whose agreement by chance is complete, so that it would be 0/0, is reported as not defined.")
    return sentences.joined(separator: " ")
  }

  private var levelSentence: String {
    switch scale {
    case .interval: return "Ratings were numbers."
    case .ordinal:
      return "Levels were ordered as \(levels.map(listed).joined(separator: " < "))."
    case .nominal:
      return "Levels were \(list(levels.map(listed))), without an order; all of them count, used or not."
    case .binary:
      return
        "The levels were \(list(levels.map(listed))), with \(listed(positive ?? levels[levels.count - 1])) as the "
        + "positive one."
    }
  }

  private var numberIntervals: String {
    let methods =
      isClustered
      ? "all from the jackknife, leaving out one patient at a time, because some patients contributed several examinations "
        + "(\(examinations))"
      : "by F for intraclass correlations (McGraw and Wong 1996), exact for limits of agreement (Carkeet 2015), by t for mean "
        + "differences, and from the jackknife for alpha"
        + (counts.readers > 2 ? " and limits with the mean" : "")
    return "Intervals are 95 %, \(methods); with fewer than 5 \(units.name(5)) none is given."
  }
}
