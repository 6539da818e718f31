// Text inside LaTeX.

extension Escape {
  /// Everything that LaTeX would act on is escaped; signs that a plain pdfLaTeX does not know are spelled for it. Other
  /// scripts stay as they are and need XeLaTeX or LuaLaTeX.
  package static func latex(_ text: String) -> String {
    var previous: Unicode.Scalar?
    return text.spelled { scalar in
      // Two hyphens would join to a dash, two commas to a quotation mark.
      let isDoubled = scalar == previous && (scalar == "-" || scalar == ",")
      previous = scalar
      if isDoubled { return "{}" + String(scalar) }
      return spellings[scalar] ?? (scalar.isUnsafe && scalar != "\n" && scalar != "\t" ? "?" : nil)
    }
  }

  /// Braces around what would otherwise be taken for an option of what stands before it.
  private static let spellings: [Unicode.Scalar: String] = [
    "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "%": "\\%", "#": "\\#", "_": "\\_",
    "~": "\\textasciitilde{}", "^": "\\textasciicircum{}", "<": "\\textless{}", ">": "\\textgreater{}",
    "|": "\\textbar{}", "\"": "\\textquotedbl{}", "'": "\\textquotesingle{}", "`": "\\textasciigrave{}",
    "[": "{[}", "]": "{]}",
    "\u{2013}": "--", "\u{2014}": "---", "\u{2212}": "$-$", "\u{00B1}": "$\\pm$", "\u{00D7}": "$\\times$",
    "\u{2264}": "$\\le$", "\u{2265}": "$\\ge$", "\u{03B1}": "$\\alpha$", "\u{03BA}": "$\\kappa$",
    "\u{03B4}": "$\\delta$", "\u{00B5}": "$\\mu$", "\u{03BC}": "$\\mu$", "\u{00B7}": "$\\cdot$",
    "\u{2026}": "\\ldots{}", "\u{2018}": "\\textquoteleft{}", "\u{2019}": "\\textquoteright{}",
    "\u{201C}": "\\textquotedblleft{}", "\u{201D}": "\\textquotedblright{}", "\u{00A0}": "~", "\u{FFFD}": "?",
  ]
}
