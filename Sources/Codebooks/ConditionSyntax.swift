// The condition language: how a condition is written. What its names mean is bound later (`ConditionBinder`).
//
// Blank is *and*, `or` binds weaker; `not`, parentheses, `any(…)` and `every(…)` about one place; a term is `name:test`.

/// Why a text is no condition, and where in it.
package struct ConditionFault: Error, Hashable, Sendable {
  /// In scalars from the beginning of the text, from 0.
  package var offset: Int
  package var message: String
}

indirect enum ConditionSyntax: Hashable {
  struct Term: Hashable {
    /// `before` in `before.abscess:absent`.
    var prefix: String?
    var name: String
    /// What stands behind the colon.
    var test: String
    var offset: Int
    /// Where the test begins.
    var testOffset: Int
  }

  case term(Term)
  case not(ConditionSyntax)
  case all([ConditionSyntax])
  case any([ConditionSyntax])
  case somewhere(ConditionSyntax, offset: Int)
  case everywhere(ConditionSyntax, offset: Int)

  /// Words that are no names.
  static let reserved: Set<String> = [
    "or", "not", "any", "every", "and", "baseline", "previous", "before", "last", "series", "months", "met",
  ]

  static func parse(_ text: String) throws(ConditionFault) -> ConditionSyntax {
    var parser = Parser(text)
    let condition = try parser.either(depth: 0)
    if let rest = parser.peek { throw ConditionFault(offset: rest.offset, message: "a ‘)’ without a ‘(’ before it") }
    return condition
  }
}

private struct Parser {
  struct Token {
    var text: String
    var offset: Int
    /// A parenthesis stands directly behind it, as in `any(`.
    var opens: Bool
  }

  /// How many parentheses and `not` may stand inside one another.
  private static let depthLimit = 40
  private var tokens: [Token] = []
  private var next = 0
  private let length: Int

  init(_ text: String) {
    var word = String.UnicodeScalarView()
    var offset = 0
    func token(_ opens: Bool) -> Token { Token(text: String(word), offset: offset - word.count, opens: opens) }
    for scalar in text.unicodeScalars {
      let isParenthesis = scalar == "(" || scalar == ")"
      if isParenthesis || scalar.properties.isWhitespace {
        if !word.isEmpty { tokens.append(token(scalar == "(")) }
        word = .init()
        if isParenthesis { tokens.append(Token(text: String(scalar), offset: offset, opens: false)) }
      } else {
        word.append(scalar)
      }
      offset += 1
    }
    if !word.isEmpty { tokens.append(token(false)) }
    length = offset
  }

  var peek: Token? { tokens.indices.contains(next) ? tokens[next] : nil }

  mutating func either(depth: Int) throws(ConditionFault) -> ConditionSyntax {
    var parts = [try both(depth: depth)]
    while peek?.text == "or" {
      next += 1
      parts.append(try both(depth: depth))
    }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func both(depth: Int) throws(ConditionFault) -> ConditionSyntax {
    var parts: [ConditionSyntax] = []
    while let token = peek, token.text != "or", token.text != ")" { parts.append(try single(token, depth: depth)) }
    guard let first = parts.first else {
      throw ConditionFault(offset: peek?.offset ?? length, message: "a condition is missing here; write name:level")
    }
    return parts.count == 1 ? first : .all(parts)
  }

  private mutating func single(_ token: Token, depth: Int) throws(ConditionFault) -> ConditionSyntax {
    guard depth < Self.depthLimit else {
      throw ConditionFault(
        offset: token.offset, message: "this is nested too deeply; name a part of it under ‘conditions’")
    }
    next += 1
    switch token.text {
    case "not":
      guard let negated = peek, negated.text != "or", negated.text != ")" else {
        throw ConditionFault(offset: token.offset, message: "‘not’ stands before a condition; here there is none")
      }
      return .not(try single(negated, depth: depth + 1))
    case "(":
      return try closed(token, depth: depth)
    case "any" where token.opens, "every" where token.opens:
      guard let parenthesis = peek else { return try term(token) }
      next += 1
      let inner = try closed(parenthesis, depth: depth)
      return token.text == "any" ? .somewhere(inner, offset: token.offset) : .everywhere(inner, offset: token.offset)
    case "and":
      throw ConditionFault(offset: token.offset, message: "a space means ‘and’; delete the word")
    default:
      return try term(token)
    }
  }

  private mutating func closed(_ token: Token, depth: Int) throws(ConditionFault) -> ConditionSyntax {
    let inner = try either(depth: depth + 1)
    guard peek?.text == ")" else {
      throw ConditionFault(offset: token.offset, message: "this ‘(’ is not closed")
    }
    next += 1
    return inner
  }

  private func term(_ token: Token) throws(ConditionFault) -> ConditionSyntax {
    let scalars = Array(token.text.unicodeScalars)
    func text(_ range: some RangeExpression<Int>) -> String { String(String.UnicodeScalarView(scalars[range])) }
    guard let colon = scalars.firstIndex(of: ":"), colon > 0 else {
      throw ConditionFault(
        offset: token.offset,
        message: "‘\(token.text)’ is a word alone; a condition is name:level, as rim_sign:present")
    }
    guard colon + 1 < scalars.count else {
      throw ConditionFault(
        offset: token.offset, message: "‘\(token.text)’ asks for nothing; write the level directly behind the colon")
    }
    let dot = scalars[..<colon].firstIndex(of: ".")
    return .term(
      ConditionSyntax.Term(
        prefix: dot.map { text(..<$0) }, name: text((dot.map { $0 + 1 } ?? 0)..<colon), test: text((colon + 1)...),
        offset: token.offset, testOffset: token.offset + colon + 1))
  }
}
