// What a step asks: in a walk-through the question of the script, in a quiz every grade that can be read.

extension TeachingStep {
  private typealias ID = Codebook.ID

  /// The question's id, or what names it: the topic, with its months at a follow-up.
  var questionID: String {
    question?.id ?? (examination.isBaseline ? topic.rawValue : "\(topic.rawValue)_\(examination.rawValue)")
  }

  /// What a walk-through asks here: the question of the script.
  public func tasks(_ subject: TeachingCase, codebook: Codebook) -> [TeachingTask] {
    guard let question else { return [] }
    guard let id = question.finding else {
      return [TeachingTask(id: .question(questionID), ask: question.ask, answers: question.answers)]
    }
    return [
      TeachingTask(
        id: .grade(examination, id), ask: question.ask, finding: codebook[id], answers: question.answers,
        consensus: subject.values(at: examination)[id],
        diagnosis: id == ID.impression ? subject.script.diagnosis : nil)
    ]
  }

  /// What a quiz asks here: of the baseline every finding that the step shows and a picture can tell, in neutral words;
  /// and the script's question.
  ///
  /// Of a follow-up there is no picture: what was seen is told, and only what the script asks is asked.
  public func quizTasks(_ subject: TeachingCase, codebook: Codebook) -> [TeachingTask] {
    let asked = tasks(subject, codebook: codebook)
    guard examination.isBaseline else { return asked }
    let graded = codebook.findings.filter { $0.scale != .map && grades[$0.id] != nil }
    let all = graded.map { finding in
      TeachingTask(
        id: .grade(examination, finding.id),
        ask: finding.id == ID.impression ? asked.first?.ask ?? "What do the images suggest?" : Self.neutral(finding),
        finding: finding, answers: question?.finding == finding.id ? question?.answers ?? [] : [],
        consensus: subject.values(at: examination)[finding.id] ?? grades[finding.id])
    }
    return all + asked.filter { task in !all.contains { $0.id == task.id } }
  }

  /// An instruction that tells nothing of the case.
  public static func neutral(_ finding: Finding) -> String {
    if finding.id == ID.impression { return "What do the images suggest?" }
    return finding.scale == .sites ? "Mark the \(finding.title) on the map." : "Grade \(finding.title)."
  }
}

extension TeachingScript {
  /// The same script for a quiz: the picture without words comes first.
  ///
  /// What a step says of the images comes with its answers. Where a step both shows grades and asks a choice, the choice
  /// is a step of its own after them: its words would tell the grades.
  public func asQuiz(codebook: Codebook) -> TeachingScript {
    var quiz = self
    quiz.steps = steps.flatMap { step -> [TeachingStep] in
      let isGraded = step.examination.isBaseline && codebook.findings.contains { step.grades[$0.id] != nil }
      guard isGraded else { return [step] }
      var graded = step
      graded.text = []
      guard let question = step.question, question.finding == nil else {
        graded.reveal = step.text + step.reveal
        return [graded]
      }
      graded.question = nil
      (graded.reveal, graded.quoted, graded.notes) = (step.text, [], [])
      var choice = step
      choice.question?.id = step.questionID
      (choice.text, choice.grades, choice.facts, choice.hides) = ([], [:], [], [])
      return [graded, choice]
    }
    return quiz
  }
}

extension TeachingTopic {
  /// A heading that tells nothing of a case.
  public var title: String {
    switch self {
    case .presentation: "Presentation"
    case .location: "Bones"
    case .t1w: "T1W"
    case .t2wAndSTIR: "T2W and STIR"
    case .contrast: "Contrast"
    case .rim: "Rim sign"
    case .halo: "Halo sign"
    case .softTissue: "Disks and soft tissue"
    case .impression: "Impression"
    case .diagnosis: "Diagnosis"
    case .followUp: "Follow-up"
    case .outcome: "Outcome"
    case .lesson: "Why it misled"
    }
  }
}

extension TeachingStep {
  /// The topic's title; of a follow-up with its months.
  public var neutralTitle: String {
    examination.isBaseline ? topic.title : "\(topic.title) at \(examination.title)"
  }
}
