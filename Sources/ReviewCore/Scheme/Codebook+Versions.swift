// The versions of a study's codebook: what was signed under one of them counts as that one says.

import struct Foundation.Date

/// A version that a study graded by before it had a later one.
public struct FormerCodebook: Codable, Hashable, Sendable {
  /// Without former versions of its own.
  public var codebook: Codebook
  /// When the next version took its place.
  public var until: Date

  public init(_ codebook: Codebook, until: Date) {
    self.codebook = codebook
    self.codebook.former = []
    self.until = until
  }
}

extension Codebook {
  /// The version with a number; this one where the study never had such a version, or no number is known.
  public func version(_ number: Int?) -> Codebook {
    guard let number, number != version, let place = former.firstIndex(where: { $0.codebook.version == number }) else {
      return self
    }
    var known = former[place].codebook
    known.former = Array(former[..<place])
    return known
  }

  /// What a reading was signed under; this version for a draft, which will be, and for what was read elsewhere.
  public func of(_ reading: Reading) -> Codebook {
    former.isEmpty || !reading.state.isSigned ? self : version(reading.codebook)
  }

  /// What a consensus was recorded under; this version for one that was agreed on elsewhere.
  public func of(_ consensus: Consensus) -> Codebook {
    former.isEmpty || consensus.origin == .imported ? self : version(consensus.codebook)
  }

  /// The number of the first version that the study had: of what was signed before readings knew theirs.
  public var firstVersion: Int { former.first?.codebook.version ?? version }

  /// Whether a reading was asked for a finding at all: one that a later version of the codebook brought was not.
  public func wasAsked(_ finding: FindingID, of reading: Reading) -> Bool {
    former.isEmpty || of(reading)[finding] != nil
  }

  /// What this version has that an earlier one had not: of what was signed under that one it was not asked.
  public func added(since number: Int) -> CodebookAdditions {
    let before = version(number)
    guard before.version != version else { return CodebookAdditions() }
    var added = CodebookAdditions()
    for finding in findings where !finding.isDerived {
      guard let known = before[finding.id] else {
        let shown = before[finding.whole.id] == nil ? finding.whole : finding
        if !added.findings.contains(where: { $0.id == shown.id }) { added.findings.append(shown) }
        continue
      }
      let levels = finding.levels.filter { known.level($0.id) == nil }
      if !levels.isEmpty, !added.levels.contains(where: { $0.finding.id == finding.whole.id }) {
        added.levels.append(CodebookAdditions.Levels(finding: finding.whole, levels: levels))
      }
    }
    return added
  }
}

extension Finding {
  /// Whether it stands for its whole finding: it has no places, or is at the first of them.
  public func isFirstPlace(in codebook: Codebook) -> Bool {
    cell == nil || codebook.findings.first { $0.whole.id == whole.id }?.id == id
  }
}

/// Findings and levels that a later version of a codebook brought.
public struct CodebookAdditions: Hashable, Sendable {
  /// New levels of a finding that there was already.
  public struct Levels: Hashable, Sendable {
    public var finding: Finding
    public var levels: [Level]
  }

  /// What is graded place by place is there once, or where only places came, a place each.
  public var findings: [Finding] = []
  public var levels: [Levels] = []

  public var isEmpty: Bool { findings.isEmpty && levels.isEmpty }

  /// `vertebral endplates; the level ‘unclear’ of rim sign`; of many the first six.
  public var words: String {
    let parts =
      findings.map(\.title)
      + levels.map { entry in
        let names = entry.levels.prefix(3).map { "‘\($0.title)’" }.joined(separator: ", ")
        let more = entry.levels.count > 3 ? " and \(entry.levels.count - 3) more" : ""
        return "the \(entry.levels.count == 1 ? "level" : "levels") \(names)\(more) of \(entry.finding.title)"
      }
    return parts.prefix(6).joined(separator: "; ") + (parts.count > 6 ? "; and \(parts.count - 6) more" : "")
  }
}
