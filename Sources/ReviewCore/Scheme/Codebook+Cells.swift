// Findings that are graded place by place, named together.

import Codebooks

/// Why a text says nothing of places.
public struct CellError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String
}

extension Codebook {
  /// The answers, a place each, of a finding that is graded place by place; empty for any other.
  public func places(of finding: Finding) -> [Finding] {
    finding.cell != nil ? [] : findings.filter { $0.cell?.finding == finding.id }
  }

  /// What a text as `T12:none,L1:over_half` says of each place, several levels of a set with commas too.
  public func cells(of finding: Finding, _ text: String) throws(CellError) -> [(cell: Finding, value: String)] {
    let places = places(of: finding)
    var found: [(cell: Finding, value: String)] = []
    for part in text.split(separator: ",") {
      let pair = part.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      if pair.count < 2 {
        guard !found.isEmpty else {
          throw CellError(
            description: "\(finding.id) is graded place by place; write it as \(finding.id)=PLACE:VALUE,PLACE:VALUE")
        }
        found[found.count - 1].value += ",\(pair[0])"
        continue
      }
      guard let cell = places.first(where: { $0.cell?.place.isSameID(as: pair[0]) ?? false }) else {
        let known = places.compactMap { $0.cell?.place }
        let near = Spelling.nearest(to: pair[0], in: known).map { "; did you mean ‘\($0)’?" }
        throw CellError(
          description: "\(finding.id) is not graded at ‘\(pair[0])’"
            + (near ?? "; places: \(known.prefix(8).joined(separator: ", "))\(known.count > 8 ? ", …" : "")"))
      }
      found.append((cell, pair[1]))
    }
    return found
  }
}
