// Panels that are pictures: the spine map and the follow-up timeline.

import Figures
import Grid
import ReviewCore

extension Panel {
  static let spine = Panel(
    .spine, "Spine",
    summary: { $0.graded($0.session.codebook.bones) },
    height: { context, width in spineWords(context).rows(width: width) + 20 },
    draw: { context, canvas, rect in
      let used = spineWords(context).draw(&canvas, rect, y: rect.y)
      context.spineMap.draw(into: &canvas, rect: rect.splitTop(used + 1).rest)
    })

  private static func spineWords(_ context: PanelContext) -> Fact {
    Fact("", context.graded(context.session.codebook.bones), indent: 0)
  }

  static let followUp = Panel(
    .followUp, "Follow-up",
    summary: { context in
      guard let last = context.course.last else { return [(noFollowUp(context), .role(.muted))] }
      let mark = CourseMark(last.standing)
      return [("\(mark.glyph) \(last.label)", .role(mark.role)), (", \(last.id.rawValue) mo", .role(.muted))]
    },
    height: { context, width in
      context.course.last == nil
        ? Fact.remark(noFollowUp(context)).rows(width: width)
        : timeline(context).height(width: width) + told(context).reduce(0) { $0 + $1.rows(width: width) }
    },
    draw: { context, canvas, rect in
      guard context.course.last != nil else {
        _ = canvas.put([(noFollowUp(context), .role(.muted))], in: rect)
        return
      }
      let timeline = timeline(context)
      timeline.draw(into: &canvas, rect: rect)
      var y = rect.y + timeline.height(width: rect.width)
      for fact in told(context) { y += fact.draw(&canvas, rect, y: y) }
    })

  private static func noFollowUp(_ context: PanelContext) -> String {
    context.view.withheld.contains(.laterExaminations) ? context.view.untilWhenLater : "no follow-up examination"
  }

  private static func timeline(_ context: PanelContext) -> CourseTimeline {
    CourseTimeline(context.course, selected: context.selected)
  }
}

extension PanelContext {
  /// The bones of the baseline, what became of them at the examination chosen, and where was biopsied.
  var spineMap: SpineMap {
    let codebook = session.codebook
    let changes = codebook.changesOfBones.flatMap { codebook[$0] }
    return SpineMap(
      codebook.bones.flatMap { baseline[$0] },
      changes: BoneChanges(changes.flatMap { values(at: selected)[$0.id] }?.changes ?? [:], changes),
      biopsies: Set((view.patientCase.biopsies ?? []).compactMap(\.bone)), anatomy: view.patientCase.bones)
  }

  /// The course of the case, from the grades that are shown.
  var course: Course {
    let silence = view.consensus?.origin == .published ? "nothing stated" : "not graded"
    return Course(
      view.patientCase, session.codebook, silence: silence, isWhole: !view.withheld.contains(.laterExaminations)
    ) { values(at: $0) }
  }
}
