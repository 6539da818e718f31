// What can be wrong with a theme file once its text parses.

package enum ThemeFault: Hashable, Sendable {
  case missingSlot(String)
  case badColor(slot: String, value: String)
  case badVariant(String)
  case unknownRole(String)
  case badRoleColor(role: String, value: String)

  /// The key of the file the fault is about, for its line and column.
  package var key: String {
    switch self {
    case .missingSlot(let slot), .badColor(let slot, _): slot
    case .badVariant: "variant"
    case .unknownRole(let role), .badRoleColor(let role, _): role
    }
  }

  package var message: String {
    switch self {
    case .missingSlot(let slot):
      "the colour \(slot) is missing. A base16 scheme has base00 to base0F, each a colour like \"1a2b3c\"."
    case .badColor(let slot, let value):
      "\(slot) is \"\(SafeText.clean(value))\", which is not a colour. Write six hexadecimal digits in quotes, "
        + "like \"1a2b3c\"."
    case .badVariant(let value): "the variant \"\(SafeText.clean(value))\" is not known. It is dark or light."
    case .unknownRole(let role):
      "the role \"\(SafeText.clean(role))\" is not known. Roles: "
        + Role.allCases.map(\.rawValue).joined(separator: ", ") + "."
    case .badRoleColor(let role, let value):
      "the role \(SafeText.clean(role)) is \"\(SafeText.clean(value))\". A role is a slot of the scheme (base08), "
        + "a colour (\"#1a2b3c\"), one of the terminal's sixteen (ansi:0 to ansi:15), or none."
    }
  }
}

/// All faults of one theme.
package struct ThemeFaults: Error, Hashable, Sendable {
  package let faults: [ThemeFault]
  package init(_ faults: [ThemeFault]) { self.faults = faults }
}
