// Facts of a case file that a codebook declares: shown beside what is graded.

/// One of them, with all its places together.
public struct GivenFact: Hashable, Sendable, Identifiable {
  public var id: FindingID
  public var title: String
  /// `mechanical`, or of one that has places `T12 mechanical, L1 none`; nil where nothing is stated, or it is withheld.
  public var words: String?
  /// The same as a file has it: `mechanical`, `T12:mechanical; L1:none`.
  public var text: String?
  public var isWithheld: Bool
}

extension Codebook {
  /// The given facts, in the order of the codebook, with what a case states of each.
  ///
  /// - Parameter withheld: those that are kept from whoever looks.
  public func given(of patientCase: Case, withheld: Set<FindingID> = []) -> [GivenFact] {
    var facts: [GivenFact] = []
    for fact in givenFacts {
      let id = fact.whole.id
      if facts.last?.id != id {
        facts.append(GivenFact(id: id, title: fact.whole.title, words: nil, text: nil, isWithheld: false))
      }
      let last = facts.count - 1
      if withheld.contains(fact.id) { facts[last].isWithheld = true }
      guard let value = patientCase.given?[fact.id] else { continue }
      let words = (fact.cell.map { "\($0.placeTitle) " } ?? "") + fact.words(value)
      let text = (fact.cell.map { "\($0.place):" } ?? "") + value.text
      facts[last].words = [facts[last].words, words].compactMap { $0 }.joined(separator: ", ")
      facts[last].text = [facts[last].text, text].compactMap { $0 }.joined(separator: "; ")
    }
    return facts
  }

  /// The same as the one who looks at a view may see them.
  public func given(of view: CaseView) -> [GivenFact] { given(of: view.patientCase, withheld: view.withheldFacts) }
}
