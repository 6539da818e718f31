// A walk through a case: which step, what is revealed, what was answered. A value; nothing happens by itself.

public struct TeachingWalk: Hashable, Sendable {
  public enum Mode: String, Codable, Hashable, Sendable {
    /// The script's questions, which may be left unanswered.
    case walk
    /// Everything a step shows is graded from its picture before a word is said of it.
    case quiz
  }

  public let subject: TeachingCase
  public let mode: Mode
  /// The steps as this mode takes them.
  public let script: TeachingScript
  /// What a quiz is narrowed to, to repeat what was missed or is due; nil asks everything.
  public let only: Set<TeachingTask.ID>?
  /// What is asked at each step.
  public let tasks: [[TeachingTask]]
  /// The step on the screen, from 0.
  public private(set) var index: Int
  /// The furthest step that was on the screen, from 0.
  public private(set) var reach: Int
  public private(set) var revealed: Set<Int>
  public private(set) var answers: [TeachingTask.ID: TeachingAnswer] = [:]
  /// What an earlier quiz had asked and was not answered there: no answer to it is a first one.
  public internal(set) var leftOpen: Set<TeachingTask.ID> = []
  /// Until the diagnosis is shown, nothing that names one is said; in a quiz nothing does in any case.
  public var isUnknown = false
  /// Another case is quizzed: nothing that tells of other cases is said.
  public var isAlone = false

  public init(
    _ subject: TeachingCase, mode: Mode = .walk, only: Set<TeachingTask.ID>? = nil, isUnknown: Bool = false,
    codebook: Codebook
  ) {
    self.subject = subject
    self.mode = mode
    self.only = only
    self.isUnknown = isUnknown
    script = mode == .quiz ? subject.script.asQuiz(codebook: codebook) : subject.script
    let tasks = script.steps.map { step in
      let all = mode == .quiz ? step.quizTasks(subject, codebook: codebook) : step.tasks(subject, codebook: codebook)
      return all.filter { only?.contains($0.id) ?? true }
    }
    self.tasks = tasks
    revealed = Set(tasks.indices.filter { tasks[$0].isEmpty })
    index = only == nil ? 0 : tasks.firstIndex { !$0.isEmpty } ?? 0
    reach = index
  }

  public var step: TeachingStep? { script.steps.indices.contains(index) ? script.steps[index] : nil }
  public var isRevealed: Bool { revealed.contains(index) }
  public var currentTasks: [TeachingTask] {
    tasks.indices.contains(index) ? tasks[index].filter { !isHeld($0) } : []
  }
  /// What is asked here and not answered yet.
  public var openTasks: [TeachingTask] { currentTasks.filter { answers[$0.id] == nil } }
  /// What is asked at steps that are not revealed yet.
  public var unrevealedTasks: [TeachingTask] { tasks.indices.filter { !revealed.contains($0) }.flatMap { tasks[$0] } }
  /// Nothing stays hidden behind a question.
  public var isFinished: Bool { revealed.count == script.steps.count }

  /// What may be drawn now.
  public var visible: Set<TeachingElement> { script.visible(at: index, isRevealed: isRevealed) }
  /// What some step shows and may not be drawn now.
  public var hidden: Set<TeachingElement> { script.elements.subtracting(visible) }

  /// Baseline grades that may be named now.
  public var visibleGrades: [FindingID: GradeValue] {
    subject.values().filter { visible.contains(.finding($0.key)) }
  }

  /// Baseline grades that a picture may show now: those that may be named, and those asked for here, so that they can
  /// be read from the picture.
  public var picturedGrades: [FindingID: GradeValue] {
    let asked = step?.examination.isBaseline == true ? step?.grades ?? [:] : [:]
    return visibleGrades.merging(asked) { shown, _ in shown }
  }

  /// Records an answer; what is revealed is no longer answered. Nil takes an answer away.
  public mutating func answer(_ answer: TeachingAnswer?, to task: TeachingTask.ID) {
    guard !isRevealed, currentTasks.contains(where: { $0.id == task }) else { return }
    answers[task] = answer
  }

  /// Begins anew in place of a walk whose case has changed: nothing could be read up between the two.
  public mutating func goOn(as before: TeachingWalk) { leftOpen = before.leftOpen }

  /// Shows the answers of this step. A quiz wants them given first; then nothing happens.
  public mutating func reveal() {
    guard mode == .walk || openTasks.isEmpty else { return }
    revealed.insert(index)
  }

  /// The step after this one, or with `only` the next that asks something; nil at the end.
  public var next: Int? { steps(after: index).first }
  public var previous: Int? { script.steps.indices.last { $0 < index && isInPlay($0) } }

  private func steps(after index: Int) -> [Int] { script.steps.indices.filter { $0 > index && isInPlay($0) } }

  private func isInPlay(_ index: Int) -> Bool { only == nil || !tasks[index].isEmpty }

  /// Goes to a step. One that lies behind a question still unanswered in a quiz cannot be gone to.
  public mutating func go(to target: Int) {
    guard script.steps.indices.contains(target) else { return }
    if mode == .quiz, target > index, (index..<target).contains(where: { isInPlay($0) && !revealed.contains($0) }) {
      return
    }
    // Whoever passes a question by has seen its answer as soon as a later step shows it.
    if mode == .walk { revealed.formUnion(script.steps.indices.filter { $0 < target }) }
    index = target
    reach = max(reach, target)
  }

  /// Goes where a presenter is: what they have shown is seen, and what they still ask is not.
  ///
  /// - Parameters:
  ///   - reach: the furthest step they have shown, from 0.
  ///   - isRevealed: whether the answers of that step were shown too; those of the steps before were.
  public mutating func follow(step: Int, reach: Int, isRevealed: Bool) {
    guard script.steps.indices.contains(step) else { return }
    revealed = Set(tasks.indices.filter { tasks[$0].isEmpty || $0 < reach || ($0 == reach && isRevealed) })
    index = step
    self.reach = max(reach, step)
  }

  /// Judgements of all that was answered and revealed. An impression on which there is no consensus is compared with the
  /// diagnosis, once that is shown.
  public var judgements: [TeachingTask.ID: Judgement] {
    var judged: [TeachingTask.ID: Judgement] = [:]
    for (step, tasks) in tasks.enumerated() where revealed.contains(step) {
      for task in tasks where task.diagnosis == nil || isDiagnosisShown {
        judged[task.id] = answers[task.id].map(task.judge)
      }
    }
    return judged
  }
}

// What an unknown case does not say yet.
extension TeachingWalk {
  /// The diagnosis has been shown; with `only` there may be no step of it, and then it is never waited for.
  public var isDiagnosisShown: Bool {
    guard let shown = script.steps.firstIndex(where: { $0.topic >= .diagnosis }) else { return true }
    return only != nil || reach >= shown && revealed.contains(shown)
  }

  /// Why a text is not said yet.
  public enum Hold: Hashable, Sendable {
    /// It names a diagnosis, and none has been shown.
    case diagnosis
    /// It tells of other cases, and one of them is quizzed.
    case series
  }

  /// Nil for what may be said now.
  public func hold(_ text: String) -> Hold? {
    let isQuiet = (isUnknown || mode == .quiz) && !isDiagnosisShown && (step?.topic ?? .presentation) < .diagnosis
    if isQuiet, DiagnosisWords.named(in: text) { return .diagnosis }
    return isAlone && SeriesWords.tell(in: text) ? .series : nil
  }

  public func isHeld(_ text: String) -> Bool { hold(text) != nil }

  /// A choice waits as its words do.
  public func isHeld(_ task: TeachingTask) -> Bool {
    task.finding == nil && ([task.ask] + task.options).contains(where: isHeld)
  }

  /// The heading of the step: neutral in a quiz until it is revealed, and where it would tell what is held.
  public var title: String {
    guard let step else { return "" }
    return mode == .quiz && !isRevealed || isHeld(step.title) ? step.neutralTitle : step.title
  }

  /// What was answered to the impression, for its comparison with what it was.
  public var impression: (task: TeachingTask, answer: TeachingAnswer)? {
    let task = tasks.joined().first { $0.finding?.id == Codebook.impression }
    return task.flatMap { task in answers[task.id].map { (task, $0) } }
  }
}
