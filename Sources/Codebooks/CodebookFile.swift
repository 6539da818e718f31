// What a codebook file says, as it says it: names are not yet bound to what they name (`Scheme` does that).

package struct Spot: Hashable, Sendable, Comparable {
  package var line: Int
  package var column: Int

  package init(_ line: Int, _ column: Int) { (self.line, self.column) = (line, column) }
  package static let start = Spot(1, 1)
  package static func < (a: Spot, b: Spot) -> Bool { (a.line, a.column) < (b.line, b.column) }
}

package struct Written: Hashable, Sendable {
  package var text: String
  package var spot: Spot

  package init(_ text: String, _ spot: Spot = .start) { (self.text, self.spot) = (text, spot) }
}

package struct Remark: Codable, Hashable, Sendable {
  package var id: Written?
  package var title: String
  package var when: Written
  package init(id: Written? = nil, title: String, when: Written) {
    (self.id, self.title, self.when) = (id, title, when)
  }
}

package struct WrittenCriterion: Codable, Hashable, Sendable {
  package var title: String
  package var parts: [Remark]
  package init(title: String, parts: [Remark]) { (self.title, self.parts) = (title, parts) }
}

package struct WrittenPanel: Codable, Hashable, Sendable {
  package enum Kind: String, CaseIterable, Codable, Hashable, Sendable { case list, signal, sign, grid, follow_up }
  package var id: Written
  package var title: String
  package var kind: Kind
  package var findings: [Written]
  package var weight: Int
  package init(_ id: Written, title: String, kind: Kind, findings: [Written], weight: Int) {
    (self.id, self.title, self.kind, self.findings, self.weight) = (id, title, kind, findings, weight)
  }
}

package struct WrittenEvidence: Codable, Hashable, Sendable {
  package var finding: Written
  package var level: Written
  package var says: String
  package var source: String?
  package init(finding: Written, level: Written, says: String, source: String?) {
    (self.finding, self.level, self.says, self.source) = (finding, level, says, source)
  }
}

package struct WrittenGrouping: Codable, Hashable, Sendable {
  package struct Group: Codable, Hashable, Sendable {
    package var title: Written
    package var of: [Written]
    package init(title: Written, of: [Written]) { (self.title, self.of) = (title, of) }
  }

  package var finding: Written
  package var id: Written
  package var levels: [Group]
  package init(finding: Written, id: Written, levels: [Group]) {
    (self.finding, self.id, self.levels) = (finding, id, levels)
  }
}

/// A figure of the program with the findings that it is drawn from.
package struct WrittenPicture: Codable, Hashable, Sendable {
  package struct Part: Codable, Hashable, Sendable {
    package var role: Written
    package var finding: Written
    package init(role: Written, finding: Written) { (self.role, self.finding) = (role, finding) }
  }

  /// The figure that there is.
  package static let vertebralLesion = "vertebral_lesion"
  /// What it can be drawn from.
  package static let roles = [
    "t1w", "t2w", "stir", "ce_t1w", "rim", "halo", "number", "disks", "soft_tissue", "abscess", "posterior",
  ]

  package var id: Written
  package var parts: [Part]
  package init(_ id: Written, _ parts: [Part]) { (self.id, self.parts) = (id, parts) }
}

package struct WrittenSeries: Codable, Hashable, Sendable {
  package var id: Written
  package var title: String
  package var times: [String]
  package init(_ id: Written, title: String, times: [String]) { (self.id, self.title, self.times) = (id, title, times) }
}

package struct CodebookFile: Codable, Sendable {
  package var id: String
  package var version: Int
  package var title: String
  package var source: String?
  package var body: Body?
  package var series: [WrittenSeries] = []
  package var findings: [WrittenFinding] = []
  package var conditions: [WrittenCondition] = []
  package var rules: [WrittenRule] = []
  package var checks: [Remark] = []
  package var criteria: [WrittenCriterion] = []
  package var flags: [Remark] = []
  package var panels: [WrittenPanel] = []
  package var columns: [Written] = []
  /// Nil as well in a study file that was written before they were kept.
  package var pictures: [WrittenPicture]?
  package var evidence: [WrittenEvidence] = []
  package var atlas: [Remark] = []
  package var groupings: [WrittenGrouping] = []
  package var examples: [WrittenExample] = []

  package init(id: String, version: Int, title: String) { (self.id, self.version, self.title) = (id, version, title) }

  /// What a study keeps of it. Golden rows check a file and mean nothing to a study.
  private enum CodingKeys: String, CodingKey {
    case id, version, title, source, body, series, findings, conditions, rules, checks, criteria, flags, panels, columns
    case evidence, atlas, groupings, pictures
  }
}

extension Written: Codable {
  /// As the text alone: where it stood is of use only while the file is checked.
  package init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(String.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
