// What formatters do with text that means something to their format.

import Foundation
import Interchange
import Testing

private let hostile = Table(
  "A & B <i>", columns: [.init("Case"), .init("50 % |", .trailing)],
  rows: [
    ["=1+1", Table.Cell(["<b>\"x\"</b>", "a|b, \\c_d{e}$"], remarks: ["note ~ ^ `x`"])], ["-5", "\u{1B}[31m@x"],
  ],
  notes: ["* # 'q'"])

private func written(_ name: String, _ tables: [Table] = [hostile]) -> String {
  TableFormat.all.first { $0.name == name }?.write(tables, { _ in 1 }) ?? ""
}

struct TableFormatTests {
  @Test func csvQuotesAndDisarmsFormulas() {
    #expect(
      written("csv") == """
        Case,50 % |,Footnotes\r
        '=1+1,"<b>""x""</b>; a|b, \\c_d{e}$",note ~ ^ `x`\r
        -5,\u{FFFD}[31m@x,\r
        Note,* # 'q',\r

        """)
  }

  /// U+0D4E makes one `Character` of itself and the sign behind it.
  @Test(arguments: ["html", "markdown", "csv", "latex"])
  func aLetterThatJoinsCarriesNoMarkup(name: String) {
    let text = "\u{0D4E}<img src=x onerror=alert(1)>\u{0D4E}\"\u{0D4E}|\u{0D4E}$"
    let page = written(name, [Table(text, columns: [.init(text)], rows: [[Table.Cell([text])]], notes: [text])])
    let expected = [
      "html": "\u{0D4E}&lt;img src=x onerror=alert(1)&gt;\u{0D4E}&quot;\u{0D4E}|\u{0D4E}$",
      "markdown": "\u{0D4E}\\<img src=x onerror=alert(1)\\>\u{0D4E}\"\u{0D4E}\\|\u{0D4E}\\$",
      "csv": "\"\u{0D4E}<img src=x onerror=alert(1)>\u{0D4E}\"\"\u{0D4E}|\u{0D4E}$\"\r\n",
      "latex":
        "\u{0D4E}\\textless{}img src=x onerror=alert(1)\\textgreater{}\u{0D4E}\\textquotedbl{}\u{0D4E}\\textbar{}",
    ]
    let bytes = Array((expected[name] ?? "").utf8)
    let found = Array(page.utf8)
    #expect(found.indices.contains { found[$0...].starts(with: bytes) })
  }

  @Test func severalTablesAreOneRectangle() {
    let first = Table("First", columns: [.init("Figure"), .init("n")], sections: [.init("S", rows: [["a", "1"]])])
    let second = Table("Second", columns: [.init("Figure"), .init("Mean")], rows: [["b", "2"]])

    #expect(written("csv", [first, second]) == "Section,Figure,n,Mean\r\nS,a,1,\r\nSecond,b,,2\r\n")
  }

  @Test func programsReadTheFieldsOfAColumn() throws {
    let table = Table(
      "T", columns: [.init("Figure"), .init("95 %", .trailing, fields: ["low", "high"])],
      rows: [
        ["a", Table.Cell("1–2", fields: ["1.5", "2.5"], remarks: ["r"])], ["b", Table.Cell("none", fields: ["", ""])],
      ],
      notes: ["n"])

    #expect(written("csv", [table]) == "Figure,low,high,Footnotes\r\na,1.5,2.5,r\r\nb,,,\r\nNote,n,,\r\n")
    #expect(written("text", [table]).contains("1–2"))
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(written("json", [table]).utf8)) as? [[String: Any]])
    let rows = try #require((json[0]["sections"] as? [[String: Any]])?[0]["rows"] as? [[String: Any]])
    #expect(rows[0]["low"] as? Double == 1.5 && rows[0]["high"] as? Double == 2.5 && rows[1]["low"] is NSNull)
    #expect(rows[0]["footnotes"] as? [String] == ["a"] && json[0]["footnotes"] as? [String: String] == ["a": "r"])
    #expect(json[0]["notes"] as? [String] == ["n"] && json[0]["columns"] as? [String] == ["Figure", "low", "high"])
  }

  @Test func markdownEscapes() {
    #expect(
      written("markdown") == ##"""
        **A \& B \<i\>**

        | Case | 50 % \| |
        | :-- | --: |
        | =1+1 | \<b\>"x"\</b\><br>a\|b, \\c\_d\{e\}\$<sup>a</sup> |
        | -5 | �\[31m@x |

        <sup>a</sup> note \~ ^ \`x\`

        \* \# 'q'

        """##)
  }

  @Test func htmlEscapes() throws {
    let page = written("html")
    let start = try #require(page.range(of: "<section>"))
    #expect(
      page[start.lowerBound...] == """
        <section>
        <table>
        <caption>A &amp; B &lt;i&gt;</caption>
        <thead>
        <tr>
        <th scope="col">Case</th>
        <th scope="col" class="number">50 % |</th>
        </tr>
        </thead>
        <tbody>
        <tr><th scope="row">=1+1</th><td class="number">&lt;b&gt;&quot;x&quot;&lt;/b&gt;<br>a|b, \\c_d{e}$<sup>a</sup></td></tr>
        <tr><th scope="row">-5</th><td class="number">\u{FFFD}[31m@x</td></tr>
        </tbody>
        </table>
        <p class="note"><sup>a</sup> note ~ ^ `x`</p>
        <p class="note">* # &#39;q&#39;</p>
        </section>
        </body>
        </html>

        """)
  }

  @Test func latexEscapes() {
    let lines = written("latex").split(separator: "\n").filter { $0.contains("&") || $0.contains("caption") }
    #expect(
      lines.map(String.init) == [
        #"\caption{A \& B \textless{}i\textgreater{}}"#, #"\bfseries Case & \bfseries 50 \% \textbar{} \\"#,
        #"=1+1 & \textless{}b\textgreater{}\textquotedbl{}x\textquotedbl{}\textless{}/b\textgreater{} \newline "#
          + #"a\textbar{}b, \textbackslash{}c\_d\{e\}\$\textsuperscript{a} \\"#,
        #"-5 & ?{[}31m@x \\"#,
      ])
    #expect(
      written("latex").contains(
        ##"\textsuperscript{a} note \textasciitilde{} \textasciicircum{} \textasciigrave{}x\textasciigrave{}\par * \# "##
          + #"\textquotesingle{}q\textquotesingle{}"#))
  }

  @Test func textContinuesBelowWhatDoesNotFitBeside() {
    let columns = (0..<12).map { Table.Column("column\($0)xx") }
    let table = Table("Wide", columns: columns, rows: [(0..<12).map { Table.Cell("c\($0)") }])

    #expect(
      written("text", [table]) == """
        Wide
        ---------------------------------------------------------------------------
        column0xx  column1xx  column2xx  column3xx  column4xx  column5xx  column6xx
        ---------------------------------------------------------------------------
        c0         c1         c2         c3         c4         c5         c6
        ---------------------------------------------------------------------------

        (continued)
        ------------------------------------------------------------------
        column0xx  column7xx  column8xx  column9xx  column10xx  column11xx
        ------------------------------------------------------------------
        c0         c7         c8         c9         c10         c11
        ------------------------------------------------------------------

        """)
  }

  @Test func textCountsWideCharactersAsTwoColumns() {
    let table = Table("T", columns: [.init("A"), .init("B")], rows: [["骨髓", "x"], ["ab", "y"]])
    let wide = TableFormat.text.write([table]) { ($0.unicodeScalars.first?.value ?? 0) < 0x2E80 ? 1 : 2 }

    #expect(wide == "T\n-------\nA     B\n-------\n骨髓  x\nab    y\n-------\n")
  }

  @Test func footnotesAreLetteredOnceInReadingOrder() {
    let rows: [[Table.Cell]] = [
      ["1", Table.Cell("x", remarks: ["second", "first"])], ["2", Table.Cell("y", remarks: ["first", "third"])],
    ]
    let table = Table("T", columns: [.init("A"), .init("B")], rows: rows)

    #expect(table.footnotes.map { "\($0.mark) \($0.text)" } == ["a second", "b first", "c third"])
    #expect(rows.map { table.marks($0[1]) } == ["a,b", "b,c"])
  }
}
