// Clinical data: who, what brought them, what was found, what became of them.

import Grid
import ReviewCore

extension Panel {
  static let clinical = Panel(
    .clinical, "Clinical",
    summary: { context in
      let patientCase = context.view.patientCase
      let biopsy = patientCase.biopsies?.first.map { "biopsy \($0.site ?? ""): \($0.result)" }
      let words = [patientCase.presentation.map(presentation), biopsy].compactMap { $0 }.joined(separator: "; ")
      return words.isEmpty ? context.stated(nil) : [(words, .plain)]
    },
    lines: { context in
      let patientCase = context.view.patientCase
      let report = patientCase.originalReport.map { report in
        report.misread ? "misread" + (report.takenFor.map { " as \($0)" } ?? "") : "read correctly"
      }
      var lines = [
        Fact("patient", [(patient(patientCase), .plain)]),
        Fact("presentation", context.stated(patientCase.presentation.map(presentation))),
      ]
      if let words = patientCase.anatomy?.words { lines.append(Fact("anatomy", words)) }
      lines += context.listed("occupation", patientCase.occupation.map { [$0] }, unless: .facts)
      lines.append(Fact("first report", context.stated(report, unless: .originalReport)))
      lines += context.listed("laboratory", patientCase.labs.map(StatedFact.lines), unless: .labs)
      lines += context.listed("serology", patientCase.serology?.map(\.words), unless: .culture)
      let biopsies = patientCase.biopsies ?? []
      if biopsies.isEmpty {
        lines.append(Fact("biopsy", context.stated(patientCase.biopsies.map { _ in [] }, unless: .biopsy)))
      }
      lines += biopsies.enumerated().map { index, biopsy in
        let remark = biopsy.remark.map { ", \($0)" } ?? ""
        return Fact(
          index == 0 ? "biopsy" : "",
          [(words(biopsy), .plain), (biopsy.result, Style().with(.bold)), (remark, .role(.muted))])
      }
      let cultures = patientCase.cultures ?? []
      if cultures.isEmpty {
        lines.append(Fact("culture", context.stated(patientCase.cultures.map { _ in [] }, unless: .culture)))
      }
      lines += cultures.enumerated().map { index, culture in
        let result = culture.result == .negative ? "negative" : culture.organism ?? "positive"
        return Fact(index == 0 ? "culture" : "", "\(culture.specimen.title): \(result)")
      }
      lines += context.listed("pathogen", patientCase.pathogens?.map(\.words), unless: .culture)
      let diagnosis = patientCase.basisOfDiagnosis.map { $0 == .therapeutic ? "course under treatment" : $0.title }
      lines += [
        Fact("diagnosis by", context.stated(diagnosis, unless: .biopsy)),
        Fact("therapy", context.stated(patientCase.therapy, unless: .therapy)),
      ]
      lines += context.listed("surgery", patientCase.surgery, unless: .therapy)
      lines.append(Fact("outcome", context.stated(patientCase.outcome?.rawValue, unless: .outcome)))
      lines += context.listed("also", patientCase.facts.map(StatedFact.lines), unless: .facts)
      return context.withheldTogether(lines + context.given)
    })

  private static func patient(_ patientCase: Case) -> String {
    let age = patientCase.age.map { "\($0) years" } ?? "age not stated"
    return "\(patientCase.sex?.rawValue ?? "sex not stated"), \(age)"
  }

  private static func words(_ biopsy: Biopsy) -> String {
    let how = [biopsy.guidance.map { "\($0)-guided" }, biopsy.tissue.title].compactMap { $0 }.joined(separator: " ")
    return "\(how), \(biopsy.site ?? "site not stated"): "
  }
}

extension PanelContext {
  /// What is withheld in one line, after what is not: each fact would say until when.
  fileprivate func withheldTogether(_ facts: [Fact]) -> [Fact] {
    let isWithheld = { (fact: Fact) in fact.runs.map(\.0) == [withheldWords] && !fact.label.isEmpty }
    let hidden = facts.filter(isWithheld)
    guard hidden.count > 1 else { return facts }
    let names = hidden.map(\.label).joined(separator: ", ")
    return facts.filter { !isWithheld($0) } + [.remark("\(withheldWords): \(names)")]
  }

  /// Facts that few sources state, a line each: without a line where nothing is stated, also where that is withheld and
  /// the line would tell that there is something.
  fileprivate func listed(_ label: String, _ lines: [String]?, unless withheld: Withheld) -> [Fact] {
    guard let lines, !view.withheld.contains(withheld) else { return [] }
    if lines.isEmpty { return [Fact(label, "none")] }
    return lines.enumerated().map { Fact($0 == 0 ? label : "", $1) }
  }

  /// What the codebook's own facts are of the case.
  var given: [Fact] {
    session.codebook.given(of: view).map { fact in
      Fact(fact.title, fact.isWithheld ? [(withheldWords, .role(.muted))] : stated(fact.words))
    }
  }

  /// What stands beside the grading of an examination: what brought the patient, its series, and at the baseline the
  /// criterion that the grades meet so far. What is withheld is not in the case.
  ///
  /// - Parameter isSimulated: whether the images that stand beside them are.
  func facts(beside examination: ExaminationID, width: Int, isSimulated: Bool = false) -> [Fact] {
    var facts = [Fact("presentation", stated(view.patientCase.presentation.map(presentation)))]
    facts += given
    let acquisitions = view.patientCase.examination(examination)?.acquisitions ?? []
    let series = acquisitions.flatMap { Panel.series(of: $0, session.study.studyProtocol) }
    facts += [.blank, Fact("", "Series", .role(.heading), indent: 0)]
    let none = isSimulated ? "not stated; the images are simulated" : "acquisitions not stated"
    facts += series.isEmpty ? [.remark(none)] : series
    facts += view.patientCase.examination(examination)?.remarks.map { .remark($0) } ?? []
    let criteria = examination.isBaseline ? Panel.criterionLines(self, width) : []
    return facts + (criteria.isEmpty ? [] : [.blank]) + criteria.map { Fact("", $0, indent: 0) }
  }
}

/// `fever, neck mass; 5 days`.
func presentation(_ presentation: Presentation) -> String {
  presentation.symptoms.joined(separator: ", ") + (presentation.duration.map { "; \($0)" } ?? "")
}
