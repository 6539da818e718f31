// A plan as text, and as the sentence that a report of the study states.

import TextSafety

extension CasePlan {
  /// What is planned for, as a sentence has it: `Gwet's AC1`.
  private var name: String {
    switch figure {
    case .ac1: "Gwet's AC1"
    case .kappa: readers == 2 ? "kappa" : "Fleiss' kappa"
    case .icc: "the intraclass correlation"
    case .proportion: "the proportion"
    }
  }

  /// What is taken as given beside the value: ` and a level that is given in 30 % of ratings`.
  private var given: String {
    guard !shares.isEmpty else { return "" }
    if shares.count == 2 { return " and a level that is given in \(percent(shares[1])) of ratings" }
    return " and levels that are given in \(shares.map { percent($0) }.joined(separator: ", ")) of ratings"
  }

  private func percent(_ share: Double) -> String {
    let places = (share * 1000).rounded().truncatingRemainder(dividingBy: 10) == 0 ? 0 : 1
    return "\((share * 100).decimals(places)) %"
  }

  private func short(_ value: Double) -> String {
    value.decimals(abs(value * 100 - (value * 100).rounded()) < 1e-9 ? 2 : 3)
  }

  private var method: String {
    switch figure {
    case .ac1, .kappa: "Gwet's standard error, readers alike in a beta-binomial model"
    case .icc: "the F interval of ICC(1), readers without systematic differences"
    case .proportion: "the mean width of the exact interval"
    }
  }

  /// What the width of a study that comes as planned may be; where the value is 0, all cases give the same.
  private var chance: String {
    figure == .proportion && value == 0
      ? "One case that differs makes it wider." : "About half of such studies get a somewhat wider one."
  }

  private var ofReaders: String { figure == .proportion ? "" : ", \(readers) readers" }

  /// How the number of cases was chosen, for GRRAS item 6.
  ///
  /// - Parameter program: name and version, `Endplate 1.0`.
  public func sentence(program: String) -> String {
    "At least \(grouped(cases)) cases\(figure == .proportion ? "" : " of \(readers) readers"), so that the 95 % interval of "
      + "\(name) is expected to be no wider than \(short(width)) at an expected value of \(short(value))\(given) (\(program), by \(method))."
  }

  /// The plan, what other readers and widths would ask for, and the sentence, at most 80 columns wide.
  public func text(program: String) -> String {
    var page = TextPage { _ in 1 }
    page.add("\(grouped(cases)) cases\(figure == .proportion ? "" : " of \(readers) readers")")
    page.add("")
    page.add(
      wrapped: "At an expected value of \(short(value))\(given) the 95 % interval of \(name) is then "
        + "\(short(width(cases: cases))) wide, by \(method). \(chance)",
      label: "",
      indent: 2)
    page.add(
      wrapped: "Cases are patients: several examinations of one patient count for less. Plan for those that drop out.",
      label: "", indent: 2)
    page.add("")
    if figure != .proportion {
      add("readers", (2...Self.mostReaders).map { count in ("\(count)", other(readers: count)) }, &page)
    }
    let widths = Set([0.1, 0.15, 0.2, 0.25, 0.3, 0.4] + [width]).sorted()
    add("width", widths.map { (short($0), other(width: $0)) }, &page)
    page.add("For the study file, below protocol; --report grras takes it from there:")
    page.add("")
    page.add("  sample_size: >-")
    page.add(wrapped: sentence(program: program), label: "", indent: 4)
    return page.text
  }

  private func add(_ title: String, _ columns: [(head: String, cases: Int?)], _ page: inout TextPage) {
    func row(_ name: String, _ cells: [String]) -> String {
      func pad(_ count: Int) -> String { String(repeating: " ", count: max(count, 0)) }
      return "  \(name)\(pad(8 - name.count))" + cells.map { pad(10 - $0.count) + $0 }.joined()
    }
    page.add(row(title, columns.map(\.head)))
    page.add(row("cases", columns.map { $0.cases.map(grouped) ?? "–" }))
    page.add("")
  }

  private func other(readers: Int? = nil, width: Double? = nil) -> Int? {
    try? CasePlan(figure, value: value, width: width ?? self.width, readers: readers ?? self.readers, shares: shares)
      .cases
  }
}
