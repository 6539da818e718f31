// The SVG writer: well-formed whatever the text.

import Figures
import Foundation
import Testing

@Suite struct SVGTests {
  @Test func textIsEscaped() {
    var svg = SVG(width: 10.126, height: -0.5, title: "<a> & \"b\"", description: "it's\u{1B}[31m")
    svg.text("1 < 2\u{0}", x: 0, y: .nan, size: 12)
    #expect(
      svg.text == """
        <svg xmlns="http://www.w3.org/2000/svg" width="10.13" height="-0.5" viewBox="0 0 10.13 -0.5" role="img" \
        font-family="Helvetica, Arial, 'DejaVu Sans', sans-serif">
        <title>&lt;a&gt; &amp; &quot;b&quot;</title>
        <desc>it&#39;s\u{FFFD}[31m</desc>
        <text x="0" y="0" font-size="12" fill="#222222">1 &lt; 2\u{FFFD}</text>
        </svg>

        """)
  }

  @Test func aLetterThatJoinsCarriesNoMarkup() {
    var svg = SVG(width: 1, height: 1, title: "\u{0D4E}<a>", description: "\u{0D4E}&\u{202E}")
    svg.text("\u{0D4E}<img>", x: 0, y: 0, size: 12)
    let tags = svg.text.unicodeScalars.split(separator: "<")
    #expect(!tags.contains { $0.starts(with: "a>".unicodeScalars) || $0.starts(with: "img".unicodeScalars) })
    #expect(!svg.text.unicodeScalars.contains("\u{202E}"))
  }

  @Test func widthsAreGenerous() {
    // As measured in DejaVu Sans, the widest of the faces asked for, at 100 pixels.
    let known: [(String, Double)] = [
      ("healing, improved", 887), ("MMWW", 358), ("almost healed", 695), ("aggravated, mixed (derived)", 1419),
      ("6.5 months", 556), ("! Case 12 M 53", 730),
    ]
    for (text, width) in known { #expect(SVG.textWidth(text, size: 100) >= width) }
  }
}
