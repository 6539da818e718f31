// What a step asks: in a walk-through the question of the script, in a quiz every grade that can be read.

extension TeachingStep {
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
        diagnosis: id == Codebook.impression ? subject.script.diagnosis : nil)
    ]
  }

  /// What a quiz asks here: of the baseline every finding that the step shows and a picture can tell, in neutral words;
  /// and the script's question.
  ///
  /// Of a follow-up there is no picture: its findings are given, and only what the script asks is asked.
  public func quizTasks(_ subject: TeachingCase, codebook: Codebook) -> [TeachingTask] {
    let asked = tasks(subject, codebook: codebook)
    guard examination.isBaseline else { return asked }
    let graded = codebook.findings.filter { $0.scale != .map && grades[$0.id] != nil }
    let all = graded.map { finding in
      TeachingTask(
        id: .grade(examination, finding.id),
        ask: finding.id == Codebook.impression
          ? asked.first?.ask ?? "What do the images suggest?" : Self.neutral(finding),
        finding: finding, answers: question?.finding == finding.id ? question?.answers ?? [] : [],
        consensus: subject.values(at: examination)[finding.id] ?? grades[finding.id])
    }
    return all + asked.filter { task in !all.contains { $0.id == task.id } }
  }

  /// An instruction that tells nothing of the case.
  public static func neutral(_ finding: Finding) -> String {
    if finding.id == Codebook.impression { return "What do the images suggest?" }
    return finding.scale == .sites ? "Mark the \(finding.title) on the map." : "Grade \(finding.title)."
  }
}

extension TeachingScript {
  /// The same script for a quiz: the picture without words comes first.
  ///
  /// What a step says of the images comes with its answers. Where a step both shows grades and asks a choice, the choice
  /// is a step of its own after them: its words would tell the grades. See `withLateChoices` for those that tell more.
  public func asQuiz(codebook: Codebook) -> TeachingScript {
    var quiz = withLateChoices
    quiz.steps = quiz.steps.flatMap { step -> [TeachingStep] in
      let isGraded = step.examination.isBaseline && codebook.findings.contains { step.grades[$0.id] != nil }
      let isAskedLater = !step.examination.isBaseline && step.question != nil
      guard isGraded || isAskedLater else { return [step] }
      var graded = step
      graded.text = []
      guard isGraded, let question = step.question, question.finding == nil else {
        graded.reveal = step.text + step.reveal
        return [graded]
      }
      graded.question = nil
      (graded.reveal, graded.quoted, graded.notes) = (step.text, [], [])
      return [graded, step.asChoice(reveal: step.reveal, quoted: step.quoted)]
    }
    return quiz
  }

  /// The same with the choices that would tell something too early behind the diagnosis, each as a step of its own:
  /// those whose words name a diagnosis, and those about the history, which come before anything is seen.
  public var withLateChoices: TeachingScript {
    guard let diagnosis = steps.firstIndex(where: { $0.topic == .diagnosis }) else { return self }
    var script = self
    var late: [TeachingStep] = []
    for index in steps.indices[..<diagnosis] where steps[index].tellsEarly {
      late.append(steps[index].asChoice())
      script.steps[index].question = nil
    }
    script.steps.insert(contentsOf: late, at: diagnosis + 1)
    return script
  }
}

extension TeachingStep {
  fileprivate var tellsEarly: Bool {
    guard let question, question.finding == nil else { return false }
    return topic == .presentation
      || ([question.ask] + question.answers.map(\.text)).contains { DiagnosisWords.named(in: $0) }
  }

  /// The choice alone, with the id it has here.
  fileprivate func asChoice(reveal: [String] = [], quoted: [String] = []) -> TeachingStep {
    var choice = TeachingStep(topic, title: title, question: question, reveal: reveal, quoted: quoted, notes: notes)
    choice.question?.id = questionID
    return choice
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
