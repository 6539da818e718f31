// What is known of the examination chosen in the timeline, a fact a line.

import Figures
import Grid
import ReviewCore

extension Panel {
  static func told(_ context: PanelContext) -> [Fact] {
    let examination = context.selected
    let head = [Fact.blank, Fact("", "← \(examination.title) →", .role(.focus), indent: 0)]
    guard let point = context.course.points.first(where: { $0.id == examination }) else { return [] }
    let values = context.values(at: examination)
    let findings = context.session.codebook.findings(at: examination).filter {
      values[$0.id] != nil || context.isUnresolved($0.id, at: examination)
    }
    var facts = rule(context, point)
    facts += findings.map { Fact($0.title, context.graded($0.id, in: values), indent: 31) }
    if !examination.isBaseline, findings.contains(where: \.isComparison) {
      facts.insert(Fact("", "against the baseline", .role(.heading), indent: 0), at: 0)
    }
    if findings.isEmpty { facts.append(.remark(context.missing)) }
    let since = interval(context, examination)
    let told = context.comparator == .previous ? since + facts : facts + since
    return head + told + images(context, examination)
  }

  /// The rule's answer: in place of a grade, behind the one that was given, or against it.
  private static func rule(_ context: PanelContext, _ point: Course.Point) -> [Fact] {
    guard let rule = point.rule else { return [] }
    let reasons = rule.reasons.joined(separator: "; ")
    guard point.isOverruled else {
      return [Fact(point.isDerived ? "derived by the rule" : "the rule says", reasons, indent: 31)]
    }
    let finding = context.session.codebook.suggestedGrade
    let reason = finding.flatMap { context.reason(GradeKey(point.id, $0)) } ?? "no reason given"
    return [
      Fact("! the rule was overruled", reason, .role(.warning), indent: 31),
      Fact("the rule says", "\(rule.title): \(reasons)", indent: 31),
    ]
  }

  /// The change since the previous examination, where it was graded.
  private static func interval(_ context: PanelContext, _ examination: ExaminationID) -> [Fact] {
    guard let previous = context.view.patientCase.followUp(before: examination) else { return [] }
    let since = context.values(at: examination, comparator: .previous)
    guard !since.isEmpty else { return [] }
    let head = Fact("", "against the examination at \(previous.title)", .role(.heading), indent: 0)
    let graded = context.session.codebook.suggestedGrade
    let rule = context.scheme?.suggestion(at: examination, comparator: .previous)?.grade
    let derived = graded.flatMap { since[$0] } == nil ? rule : nil
    let findings = context.session.codebook.findings(at: examination, comparator: .previous)
    let key = graded.map { GradeKey(examination, $0, comparator: .previous) }
    let overruled = rule.flatMap { rule in
      graded.flatMap { since[$0] }.flatMap { $0 == .level(rule.level) ? nil : rule }
    }
    return [head]
      + (overruled.map {
        [
          Fact(
            "! the rule was overruled", key.flatMap { context.reason($0) } ?? "no reason given", .role(.warning),
            indent: 31),
          Fact("the rule says", $0.sentence, indent: 31),
        ]
      } ?? [])
      + (derived.map {
        [Fact("derived by the rule", "\($0.title): \($0.reasons.joined(separator: "; "))", indent: 31)]
      } ?? [])
      + (overruled == nil && derived == nil
        ? rule.map { [Fact("the rule says", $0.reasons.joined(separator: "; "), indent: 31)] } ?? [] : [])
      + findings.filter { since[$0.id] != nil }.map { Fact($0.title, context.graded($0.id, in: since), indent: 31) }
  }

  /// The series of a follow-up, and what is said of them.
  private static func images(_ context: PanelContext, _ examination: ExaminationID) -> [Fact] {
    guard !examination.isBaseline, let known = context.view.patientCase.examination(examination) else { return [] }
    return known.acquisitions.map { acquisition in
      let words = [
        acquisition.isAcquired ? acquisition.plane?.rawValue : "not acquired", acquisition.timing,
        acquisition.figure.map { "figure \($0)" }, acquisition.remark,
      ].compactMap { $0 }
      return Fact("\(acquisition.sequence.title) series", words.joined(separator: ", "), .role(.muted), indent: 31)
    } + known.remarks.map { Fact("", $0, .role(.muted), indent: 31) }
  }
}
