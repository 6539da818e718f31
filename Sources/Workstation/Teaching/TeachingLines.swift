// The text of a step, line by line: what is said, what is asked, and once revealed what is right and why.

import Grid
import ReviewCore

func teachingLines(_ state: State, width: Int) -> [Fact] {
  guard let walk = state.teaching.walk, let step = walk.step else { return [] }
  var lines = paragraphs(told(step.text, walk)) + recorded(walk, state.session.codebook)
  if let image = step.image {
    lines += [Fact("", [("V ", .role(.accent)), (walk.words(of: image), .plain)], indent: 0)]
    lines += image.source.map { [.remark($0 + ".")] } ?? []
    lines.append(.blank)
  }
  for (index, task) in walk.currentTasks.enumerated() {
    lines +=
      asked(task, walk, isHere: index == state.teaching.task && !walk.isRevealed, state.tally(walk), width)
      + [.blank]
  }
  if !walk.isRevealed {
    lines.append(.remark(whatNext(walk, state)))
  } else {
    if step.topic == .diagnosis { lines += impressionAgain(walk) }
    for task in walk.currentTasks { lines += explained(task, walk, state) }
    lines += paragraphs(told(step.reveal, walk))
    // What holds of every case comes after what is said of this one.
    for task in walk.currentTasks { lines += general(task, walk, state) }
    for quote in step.quoted where !walk.isHeld(quote) {
      lines += [.remark("As quoted by the source paper\(reference(walk)): \(quote)."), .blank]
    }
  }
  lines += held(step, walk)
  lines += sources(step, walk)
  if state.teaching.showsNotes, state.seesNotes {
    for note in step.notes { lines += [Fact("", "Note: \(note)", .role(.accent), indent: 0), .blank] }
  }
  while lines.last?.isBlank == true { lines.removeLast() }
  return lines
}

extension TeachingWalk {
  /// What is on an image, unless that names a diagnosis while none may be named.
  func words(of image: TeachingImage) -> String { isHeld(image.words) ? image.series.title : image.words }
}

/// Below a question that is still open.
private func whatNext(_ walk: TeachingWalk, _ state: State) -> String {
  if walk.currentTasks.isEmpty { return "Enter goes on." }
  if state.isPresenting { return "The learners answer in private. Enter shows the answer and how they answered." }
  if state.isCovered(walk.subject.id) {
    return "Answer with its digit; nobody learns what you answered. The presenter shows the answer."
  }
  guard walk.mode == .quiz, let open = walk.openTasks.first else { return "Enter shows the answer." }
  guard open.asksBones else { return "Answer, then Enter." }
  return state.teaching.hasLeftMap
    ? "b opens the map again; Enter goes on without a mark." : "Enter opens the map."
}

extension Fact {
  var isBlank: Bool { label.isEmpty && runs.allSatisfy { $0.0.isEmpty } }
}

private func paragraphs(_ texts: [String]) -> [Fact] {
  texts.flatMap { [Fact("", $0, indent: 0), .blank] }
}

/// Without what names a diagnosis while none may be named.
private func told(_ texts: [String], _ walk: TeachingWalk) -> [String] { texts.filter { !walk.isHeld($0) } }

/// What a follow-up that is asked of in a quiz is read from: its findings, as there is no picture of it. Changes of
/// single bones stand on the map, and here what the map's marks mean.
private func recorded(_ walk: TeachingWalk, _ codebook: Codebook) -> [Fact] {
  guard walk.mode == .quiz, !walk.isRevealed, let step = walk.step, !step.examination.isBaseline else { return [] }
  let asked = Set(walk.currentTasks.compactMap { $0.finding?.id } + [codebook.suggestedGrade].compactMap { $0 })
  let facts = codebook.findings(in: .followUp).filter { !asked.contains($0.id) }.compactMap { finding -> Fact? in
    guard let value = step.grades[finding.id] else { return nil }
    let marks = finding.levels.filter { value.contains($0.id) }.map { $0.glyph + " " + $0.title }
    let words = finding.scale == .map ? "on the map: " + marks.joined(separator: ", ") : finding.words(value)
    return Fact(finding.shortTitle, words, indent: 14)
  }
  return facts.isEmpty ? [] : facts + [.blank]
}

/// How many texts of a step wait, and for what.
private func held(_ step: TeachingStep, _ walk: TeachingWalk) -> [Fact] {
  var texts = step.text + (walk.isRevealed ? step.reveal + step.quoted : [])
  if walk.isRevealed { texts += walk.currentTasks.flatMap { $0.explanations(for: walk.answers[$0.id]) }.map(\.because) }
  var waiting = texts.compactMap(walk.hold)
  // A choice waits as a whole.
  if let question = step.question, question.finding == nil,
    let hold = ([question.ask] + question.answers.map(\.text)).lazy.compactMap(walk.hold).first
  {
    waiting.append(hold)
  }
  let words: [(TeachingWalk.Hold, String, String, String)] = [
    (.diagnosis, "names a diagnosis and is held back", "name a diagnosis and are held back", "for it"),
    (
      .series, "mentions other cases and is held back", "mention other cases and are held back",
      "until your open quiz ends"
    ),
  ]
  return words.flatMap { hold, one, several, until -> [Fact] in
    let count = waiting.count { $0 == hold }
    guard count > 0 else { return [] }
    return [.remark((count == 1 ? "1 remark \(one)" : "\(count) remarks \(several)") + " \(until)."), .blank]
  }
}

private func reference(_ walk: TeachingWalk) -> String { walk.script.reference.map { " (\($0))" } ?? "" }

/// The reference at the first step, and what the texts name in short at the last.
private func sources(_ step: TeachingStep, _ walk: TeachingWalk) -> [Fact] {
  var facts: [Fact] = []
  if step == walk.script.steps.first, let reference = walk.script.reference {
    facts.append(.remark((walk.subject.isConstructed ? "Constructed: " : "Source paper: ") + reference + "."))
  }
  if step == walk.script.steps.last, !walk.script.sources.isEmpty {
    facts += [.remark("Sources")] + walk.script.sources.map { .remark($0) }
  }
  return facts.isEmpty ? [] : facts + [.blank]
}

/// The impression, beside what was found.
private func impressionAgain(_ walk: TeachingWalk) -> [Fact] {
  guard let (task, answer) = walk.impression else { return [] }
  let yours = "From the images you wrote \(task.words(answer))"
  guard let diagnosis = task.diagnosis, let title = task.finding?.level(diagnosis)?.title else {
    return [Fact("", yours + ".", indent: 0), .blank]
  }
  let isRight = task.judge(answer) == .agrees
  return [
    Fact(
      "", (isRight ? "✓ " : "✗ ") + yours + "; it was \(title).", .role(isRight ? .good : .danger), indent: 0), .blank,
  ]
}

/// The question with its answers, each with its key; short answers stand on one line.
private func asked(
  _ task: TeachingTask, _ walk: TeachingWalk, isHere: Bool, _ tally: AnswerTally?, _ width: Int
) -> [Fact] {
  let answer = walk.answers[task.id]
  let words = walk.isHeld(task.ask) ? task.finding.map { "Grade \($0.title)." } ?? task.ask : task.ask
  let ask = Fact("", [(isHere ? "▸ " : "", .role(.focus, .bold)), (words, Style().with(.bold))], indent: 0)
  if let tally { return [ask] + distribution(tally, task, width: width) { mark($0, answer, task, walk) } }
  guard let finding = task.finding else { return [ask] + choices(task, answer, walk) }
  if task.asksBones {
    let marked: Line =
      answer.map { [("marked: ", .role(.focus, .bold)), (task.words($0), .plain)] } ?? [("none marked yet", .plain)]
    return [ask, Fact("", marked, indent: 1)]
  }
  let levels = finding.levels.enumerated().map { index, level -> Line in
    mark(index, answer, task, walk) + [(level.glyph + " " + level.title, levelStyle(level.id)), ("   ", .plain)]
  }
  var facts = [ask] + packed(levels, width: width - 1).map { Fact("", $0, indent: 1) }
  if case .grade(let value)? = answer, !value.isAnswer {
    facts.append(Fact("", "answered: " + finding.words(value), .role(.warning), indent: 1))
  }
  return facts
}

/// The answers of a choice; once revealed each with the comment that it calls for.
private func choices(_ task: TeachingTask, _ answer: TeachingAnswer?, _ walk: TeachingWalk) -> [Fact] {
  let explained = walk.isRevealed ? Set(task.explanations(for: answer)) : []
  return task.answers.enumerated().map { index, offered in
    let isTold = explained.contains(offered) && !walk.isHeld(offered.because)
    return Fact(
      "",
      mark(index, answer, task, walk)
        + [(offered.text + (isTold ? ": " : ""), isTold ? Style().with(.bold) : .plain)]
        + (isTold ? [(offered.because, .plain)] : []), indent: 1, hanging: markWidth)
  }
}

/// Columns of the mark before an answer.
private let markWidth = 5

/// `✓[2] `: whether it is right, and its key, in brackets where it was chosen.
private func mark(_ index: Int, _ answer: TeachingAnswer?, _ task: TeachingTask, _ walk: TeachingWalk) -> Line {
  let isChosen = answer.map { task.isChosen(index, in: $0) } ?? false
  let key: Line = isChosen ? [("[\(index + 1)] ", .role(.focus, .bold))] : [(" \(index + 1)  ", .role(.accent))]
  guard walk.isRevealed, task.consensus != nil || task.finding == nil else { return [(" ", .plain)] + key }
  if isRight(index, task) { return [("✓", .role(.good, .bold))] + key }
  return [isChosen ? ("✗", .role(.danger, .bold)) : (" ", .plain)] + key
}

/// Groups of words on as few lines as hold them, no group broken.
private func packed(_ groups: [Line], width: Int) -> [Line] {
  var lines: [Line] = [[]]
  var used = 0
  for group in groups {
    let length = group.reduce(0) { $0 + $1.0.count }
    if used > 0, used + length > width {
      lines.append([])
      used = 0
    }
    lines[lines.count - 1] += group
    used += length
  }
  return lines
}

private func isRight(_ index: Int, _ task: TeachingTask) -> Bool {
  guard let finding = task.finding else { return task.answers[index].isRight }
  return task.consensus?.contains(finding.levels[index].id) ?? false
}
