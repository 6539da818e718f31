// All courses under each other on one time axis: a swimmer plot.

import Grid
import ReviewCore

package struct CoursesFigure: Hashable, Sendable {
  package enum Order: String, CaseIterable, Hashable, Sendable {
    case number, grade, length, outcome
  }

  /// In the order drawn.
  package let courses: [Course]
  package let order: Order

  package init(_ courses: [Course], order: Order = .number) {
    self.order = order
    self.courses = courses.enumerated()
      .sorted { a, b in
        let (one, other) = (Self.key(a.element, order), Self.key(b.element, order))
        return one == other ? a.offset < b.offset : one > other
      }
      .map(\.element)
  }

  /// Best grade, longest follow-up, best outcome first; what is not stated last.
  private static func key(_ course: Course, _ order: Order) -> Double {
    switch order {
    case .number: 0
    case .grade:
      // What has a name besides stands before the next level: almost healed is more than healing.
      course.last?.change.flatMap(FollowUpRule.Change.allCases.firstIndex(of:))
        .map { Double($0) + (course.last?.called.isEmpty == false ? 0.5 : 0) } ?? -1
    case .length: course.length
    case .outcome: course.outcome.flatMap(ClinicalOutcome.ranked.firstIndex(of:)).map(Double.init) ?? -1
    }
  }

  /// Months at the end of the axis: a whole number of ticks.
  package var months: Double {
    let longest = courses.map(\.length).max() ?? 0
    return max(tick, (longest / tick).rounded(.up) * tick)
  }

  /// Months from tick to tick: at most nine ticks, every one a round number of months.
  package var tick: Double {
    let longest = courses.map(\.length).max() ?? 0
    return [1, 2, 3, 6, 12, 24, 60, 120].first { longest / $0 <= 8 } ?? 600
  }

  package var ticks: [Double] { Array(stride(from: 0, through: months, by: tick)) }

  package var hasDerived: Bool { courses.contains { $0.points.contains(where: \.isDerived) } }

  /// What stands at the end of a course, and behind it what to be careful about: `healing, improved; under 6 months`.
  package static func result(_ course: Course) -> String {
    let words = told(course, course.last.map { [$0.fullLabel] } ?? []) + (course.outcome.map { [$0.rawValue] } ?? [])
    // That a rule is overruled stands behind the grade already.
    let flags = CourseFlag.allCases.filter { course.flags.contains($0) && $0 != .overruled }.map(\.shortTitle)
    return ([words.joined(separator: ", ")] + flags).joined(separator: "; ")
  }

  /// What is told of the follow-up, and that there is none or that it is withheld.
  private static func told(_ course: Course, _ known: [String]) -> [String] {
    if known.isEmpty { return [course.isWhole ? "no follow-up" : "follow-up withheld"] }
    return known + (course.isWhole ? [] : ["later ones withheld"])
  }

  /// Every mark with its meaning; the rare ones only where they occur.
  var legend: [(standing: Course.Standing, meaning: String)] {
    let rare: [(Course.Standing, String)] = [
      (.undecided, "not enough graded for the rule"), (.notAssessable, "not assessable or acquired"),
    ]
    return [(.baseline, "baseline")] + FollowUpRule.Change.allCases.map { (.given($0), $0.rawValue) }
      + [(.silent, "nothing stated or graded")]
      + rare.filter { entry in courses.contains { $0.points.contains { $0.standing == entry.0 } } }
  }

  /// Entries of a legend in rows no wider than `width`.
  static func packed<Entry>(_ entries: [Entry], width: Double, of length: (Entry) -> Double) -> [[Entry]] {
    var rows: [[Entry]] = []
    var used = width
    for entry in entries {
      if used + length(entry) > width {
        rows.append([])
        used = 0
      }
      rows[rows.count - 1].append(entry)
      used += length(entry)
    }
    return rows
  }

  /// What is known of a course, in words: `5 months aggravated (mixed; derived); 25 months healing (almost healed); outcome cured`.
  package static func words(_ course: Course) -> String {
    let points = course.points.dropFirst().map { "\($0.id.title) \($0.fullLabel)" }
    return (told(course, points) + (course.outcome.map { ["outcome \($0.rawValue)"] } ?? [])).joined(separator: "; ")
  }

  var textAlternative: String {
    courses.map { course in
      "Case \(course.id), \(course.patient): " + Self.words(course)
    }.joined(separator: ". ") + (courses.isEmpty ? "No courses." : ".")
  }
}

extension ClinicalOutcome {
  /// From worst to best.
  fileprivate static let ranked: [ClinicalOutcome] = [.died, .worsened, .unchanged, .improved, .cured]
}
