// A case as one page to give out: what is seen, the questions, and the answers after them.

import Figures
import ReviewCore
import TextSafety

/// The handout of a case: HTML that needs nothing from elsewhere, reads on a phone and prints on paper.
///
/// The pictures come first and name nothing; then the questions, those before the impression and those after it. On
/// paper the latter stand upside down at the foot of the sheet, and the answers on sheets of their own; on a screen each
/// answer opens below its question. Nothing before an answer tells it, and nothing before the impression names a
/// diagnosis: what does comes after it.
package struct TeachingHandout {
  let subject: TeachingCase
  let file: TeachingFile
  let study: Study
  /// Number and title are left out.
  let isUnknown: Bool
  /// Of the steps that name one, by their place in the script.
  let images: [Int: HandoutImage]

  package init(
    _ subject: TeachingCase, file: TeachingFile, study: Study, isUnknown: Bool = false,
    images: [Int: HandoutImage] = [:]
  ) {
    self.images = images
    var late = subject
    late.script = subject.script.withLateChoices
    self.subject = late
    self.file = file.comparable(to: subject)
    self.study = study
    self.isUnknown = isUnknown
  }

  /// A step with the walk as it stands before and after its answer.
  struct Item {
    /// Of the question, from 1; nil where nothing is asked.
    var number: Int?
    var step: TeachingStep
    /// Of the step in the script, from 0.
    var place: Int
    var task: TeachingTask?
    var asked: TeachingWalk
    var shown: TeachingWalk
  }

  var items: [Item] {
    var walk = TeachingWalk(subject, isUnknown: true, codebook: study.codebook)
    var count = 0
    return subject.script.steps.enumerated().map { index, step in
      walk.go(to: index)
      let asked = walk
      walk.reveal()
      let task = asked.currentTasks.first
      if task != nil { count += 1 }
      return Item(
        number: task == nil ? nil : count, step: step, place: index, task: task, asked: asked, shown: walk)
    }
  }

  package var html: String {
    let all = items
    let split = all.firstIndex { $0.step.topic > .impression } ?? all.count
    let (first, later) = (all[..<split], all[split...])
    let pictures = HandoutPictures(subject, study: study)
    return page(
      """
      <section class="seen">
      <h2>What is seen</h2>
      \(HTML.paragraphs(all.first.map { $0.step.topic == .presentation ? $0.step.text : [] } ?? []))\
      <div class="pictures">
      \(pictures.lesion)\(pictures.bonesToBeRead)</div>
      </section>
      <section class="questions">
      <h2>Questions</h2>
      \(first.map(question).joined())</section>
      <section class="later">
      <h2>Once you have written your impression<span class="paper">, turn the sheet round</span></h2>
      <div class="questions turned">
      \(heldBack(first))\(later.map(question).joined())</div>
      </section>

      """,
      answers: "<div class=\"answers\">\n" + all.map { printed($0, pictures) }.joined() + "</div>\n")
  }

  /// The heading, with the number of the question where something is asked.
  private func heading(_ item: Item) -> String {
    let number = item.number.map { "<span class=\"number\">\($0)</span> " } ?? ""
    return "<h3>\(number)\(Escape.markup(item.step.neutralTitle))</h3>\n"
  }

  /// What is asked: before the impression to grade is asked in words that tell nothing, as the questions stand together.
  private func ask(_ item: Item, _ task: TeachingTask) -> String {
    guard let finding = task.finding, item.step.topic <= .impression else { return task.ask }
    let several = finding.scale == .set ? " More than one may be right." : ""
    return TeachingStep.neutral(finding) + several
  }

  /// The question with its answers to choose from; on a screen the answer opens below.
  private func question(_ item: Item) -> String {
    let opened = details(summary(item), answer(item, isOnPaper: false))
    guard let task = item.task else {
      let image = image(item, isMarked: false)
      return isSilent(item, isOnPaper: false) && image.isEmpty
        ? "" : "<article class=\"quiet\">\n\(image)\(opened)</article>\n"
    }
    let names = task.asksBones ? [] : task.options
    let kind = names.allSatisfy { $0.count < 24 } ? "options short" : "options"
    let options = names.map { "<li>\(Escape.markup($0))</li>\n" }.joined()
    return
      "<article>\n\(heading(item))\(image(item, isMarked: false))<p class=\"ask\">\(Escape.markup(ask(item, task)))</p>\n"
      + "<ol class=\"\(kind)\">\n\(options)</ol>\n" + opened + "</article>\n"
  }

  /// The picture that the step is about; with its marks once it is answered.
  private func image(_ item: Item, isMarked: Bool) -> String {
    guard let image = item.step.image, let picture = images[item.place] else { return "" }
    return picture.figure(image, isMarked: isMarked, id: "\(item.place)\(isMarked ? "m" : "")")
  }

  /// The history stands at the top; where nothing else is said of it and nothing asked, it is not there again.
  private func isSilent(_ item: Item, isOnPaper: Bool) -> Bool {
    guard item.step.topic == .presentation, item.task == nil else { return false }
    return (told(item) + item.step.quoted).allSatisfy { !isOnPaper && item.shown.isHeld($0) }
  }

  /// `Answer 6: Rim sign`.
  private func summary(_ item: Item) -> String {
    item.number.map { "Answer \($0): \(item.step.neutralTitle)" } ?? "More: \(item.step.neutralTitle)"
  }

  private func details(_ summary: String, _ inside: String) -> String {
    "<details>\n<summary>\(Escape.markup(summary))</summary>\n\(inside)</details>\n"
  }

  /// What is right and why, what is said of the images, the consensus, how often it was so, what is quoted. On a screen
  /// what names a diagnosis before one is shown waits: it is opened by the first answer after the impression.
  private func answer(_ item: Item, isOnPaper: Bool) -> String {
    let isHeld = { (text: String) in !isOnPaper && item.shown.isHeld(text) }
    let answers = item.task?.answers ?? []
    let isScored = answers.contains(where: \.isRight)
    let reasons = answers.map { given in
      let mark = isScored ? (given.isRight ? "✓ " : "✗ ") : ""
      let kind = given.isRight ? " class=\"right\"" : ""
      let because = isHeld(given.because) ? "" : " " + Escape.markup(given.because)
      return "<li\(kind)><b>\(mark)\(Escape.markup(sentence(given.text)))</b>\(because)</li>\n"
    }.joined()
    let count = isOnPaper ? 0 : held(item).count
    let words =
      count == 1 ? "1 remark names a diagnosis and is held back" : "\(count) remarks name a diagnosis and are held back"
    let isTitleSaid = item.step.title != item.step.neutralTitle && !isHeld(item.step.title)
    return HTML.paragraphs(isTitleSaid ? [sentence(item.step.title)] : [], kind: "said")
      + (item.task == nil ? "" : "<ul class=\"reasons\">\n\(reasons)</ul>\n")
      + (item.step.image?.marks.isEmpty == false ? image(item, isMarked: true) : "")
      + HTML.paragraphs(told(item).filter { !isHeld($0) }) + HTML.paragraphs(small(item), kind: "small")
      + quotes(item.step.quoted.filter { !isHeld($0) })
      + HTML.paragraphs(count == 0 ? [] : ["\(words) until after the impression."], kind: "small")
  }

  /// What an answer on a screen says only after the impression; the answers of a question with what they are of.
  private func held(_ item: Item) -> [String] {
    let reasons = (item.task?.answers ?? []).filter { item.shown.isHeld($0.because) }
    return told(item).filter(item.shown.isHeld) + reasons.map { sentence($0.text) + " " + $0.because }
      + item.step.quoted.filter(item.shown.isHeld).map(quote)
  }

  /// What the answers before the impression left out, to be opened after it; paper has it with the answers.
  private func heldBack(_ items: ArraySlice<Item>) -> String {
    let inside = items.map { item in
      let held = held(item)
      return held.isEmpty ? "" : heading(item) + HTML.paragraphs(held)
    }.joined()
    return inside.isEmpty
      ? ""
      : "<article class=\"quiet\">\n\(details("More: what the answers above left out", inside))</article>\n"
  }

  /// With a stop, unless it has an end of its own.
  private func sentence(_ text: String) -> String { text.hasSuffix("?") || text.hasSuffix(".") ? text : text + "." }

  /// What the step says of the images; the history stands at the top already.
  private func told(_ item: Item) -> [String] {
    (item.step == subject.script.steps.first && item.step.topic == .presentation ? [] : item.step.text)
      + item.step.reveal
  }

  private func small(_ item: Item) -> [String] {
    let graded = study.codebook.findings.compactMap { finding in
      item.step.grades[finding.id].map { "\(finding.title): \(finding.words($0))" }
    }
    let origin = subject.isConstructed ? "As constructed" : "Consensus"
    var small = graded.isEmpty ? [] : ["\(origin): " + graded.joined(separator: "; ") + "."]
    // Made-up cases among themselves are counted for nothing.
    if !subject.isConstructed, let finding = item.task?.finding, let value = item.step.grades[finding.id] {
      if let counted = file.words(of: finding, value) {
        small.append(counted.prefix(1).uppercased() + counted.dropFirst() + ".")
      }
    }
    return small
  }

  private func quotes(_ quoted: [String]) -> String { HTML.paragraphs(quoted.map(quote), kind: "quoted") }

  private func quote(_ text: String) -> String {
    "As quoted by the source paper\(subject.script.reference.map { " (\($0))" } ?? ""): \(text)."
  }

  /// The answer on the printed sheet: paper does not open.
  private func printed(_ item: Item, _ pictures: HandoutPictures) -> String {
    guard !isSilent(item, isOnPaper: true) else { return "" }
    var figure = ""
    let marksBones = study.codebook.bones.map { item.step.grades[$0] != nil } ?? false
    if item.step.topic == .location, marksBones { figure = pictures.bones }
    if item.step == subject.script.steps.last(where: { $0.topic == .followUp }) {
      figure = pictures.course(item.shown, isUnknown)
    }
    return "<article>\n" + heading(item) + answer(item, isOnPaper: true) + figure + "</article>\n"
  }
}
