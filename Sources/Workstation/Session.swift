// Who sits here, and in which study.

import ReviewCore

extension PrincipalID {
  /// Where people are named one by one: `R1 Anna Roe`. Columns and logs have the id alone.
  func with(name: String) -> String { name == rawValue ? name : "\(rawValue) \(name)" }
}

extension Principal {
  var idAndName: String { id.with(name: name) }
}

package struct Session: Sendable {
  package var study: Study
  package var principal: Principal
  package var principals: [Principal]
  /// Asked for again when the screen was locked.
  package var hasPassphrase: Bool

  package init(study: Study, principal: Principal, principals: [Principal], hasPassphrase: Bool = false) {
    self.study = study
    self.principal = principal
    self.principals = principals
    self.hasPassphrase = hasPassphrase
  }

  package var codebook: Codebook { study.codebook }

  package var readers: [Principal] { principals.filter { $0.role == .reader } }

  /// The title as this principal may see it: a telling one is withheld from readers.
  package var title: String {
    principal.role == .reader && study.studyProtocol.withheld.contains(.title) ? study.neutralTitle : study.title
  }
}
