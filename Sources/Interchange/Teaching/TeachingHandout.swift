// A case as one page to give out: steps, lesion pictures, timeline, answers that open.

import Figures
import ReviewCore

/// The handout of a case: HTML that needs nothing from elsewhere, reads on a phone and prints on paper, where the
/// answers stand at the end.
package struct TeachingHandout {
  let subject: TeachingCase
  let file: TeachingFile
  let study: Study
  /// Number and title are left out; the diagnosis stays behind its answers.
  let isUnknown: Bool

  package init(_ subject: TeachingCase, file: TeachingFile, study: Study, isUnknown: Bool = false) {
    self.subject = subject
    self.file = file
    self.study = study
    self.isUnknown = isUnknown
  }

  package var html: String {
    var walk = TeachingWalk(subject, codebook: study.codebook)
    var sections = ""
    var answers = ""
    for (index, step) in subject.script.steps.enumerated() {
      walk.go(to: index)
      let pictures = HandoutPictures(walk, study: study, id: "s\(index + 1)", isUnknown: isUnknown)
      let asked = pictures.beforeAnswer
      walk.reveal()
      let shown = HandoutPictures(walk, study: study, id: "a\(index + 1)", isUnknown: isUnknown).afterAnswer
      sections += section(step, number: index + 1, asked: asked, shown: shown)
      if step.question != nil { answers += printed(step, number: index + 1) }
    }
    return page(sections, answers)
  }

  private func section(_ step: TeachingStep, number: Int, asked: String, shown: String) -> String {
    let heading = "<h2><span class=\"number\">\(number)</span> \(HTML.text(step.title))</h2>\n"
    let text = HTML.paragraphs(step.text)
    guard let question = step.question else {
      return "<section>\n" + heading + text + shown + HTML.paragraphs(step.reveal) + quotes(step) + "</section>\n"
    }
    let options = question.answers.map { "<li>\(HTML.text($0.text))</li>\n" }.joined()
    return "<section>\n" + heading + text + asked
      + "<p class=\"ask\">\(HTML.text(question.ask))</p>\n<ol class=\"options\">\n\(options)</ol>\n"
      + "<details>\n<summary>Answer</summary>\n" + explained(step, question) + shown + "</details>\n</section>\n"
  }

  /// Every answer with its reason, the consensus, how often it was so, and the criterion.
  private func explained(_ step: TeachingStep, _ question: TeachingQuestion) -> String {
    let reasons = question.answers.map { answer in
      let mark = question.isScored ? (answer.isRight ? "✓ " : "✗ ") : ""
      let kind = question.isScored && answer.isRight ? " class=\"right\"" : ""
      return "<li\(kind)><b>\(mark)\(HTML.text(answer.text)).</b> \(HTML.text(answer.because))</li>\n"
    }.joined()
    var small: [String] = []
    if let finding = question.finding.flatMap({ study.codebook[$0] }) {
      if let counted = step.grades[finding.id].flatMap({ file.words(of: finding, $0) }) {
        small.append(counted.prefix(1).uppercased() + counted.dropFirst() + ".")
      }
      small.append("Criterion: \(finding.definition)")
    }
    return "<ul class=\"reasons\">\n\(reasons)</ul>\n" + HTML.paragraphs(step.reveal)
      + HTML.paragraphs(small, kind: "small") + quotes(step)
  }

  private func quotes(_ step: TeachingStep) -> String {
    HTML.paragraphs(step.quoted.map { "As quoted by the source paper: \($0)." }, kind: "quoted")
  }

  /// The answer as it stands on the last printed page: paper does not open.
  private func printed(_ step: TeachingStep, number: Int) -> String {
    guard let question = step.question else { return "" }
    let right = question.answers.filter(\.isRight)
    // Where no consensus says what is right, each answer has its say.
    let answer =
      (right.isEmpty ? ["No answer is right by itself."] : [])
      + (right.isEmpty ? question.answers : right).map { "\($0.text): \($0.because)" }
    let words = (answer + step.reveal).joined(separator: " ")
    return "<li value=\"\(number)\"><b>\(HTML.text(step.title)):</b> \(HTML.text(words))</li>\n"
  }

  private var heading: String { subject.script.neutralTitle }

  private func page(_ sections: String, _ answers: String) -> String {
    let name = isUnknown ? "Unknown case" : "Case \(subject.id)"
    let source = study.source.map { "Source: \($0). " } ?? ""
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(HTML.text(heading))</title>
      <style>
      \(HandoutStyle.css)
      </style>
      </head>
      <body>
      <header>
      <p class="small">\(HTML.text(name)), \(HTML.text(study.neutralTitle))</p>
      <h1>\(HTML.text(heading))</h1>
      <p class="small">Read a step, answer, then open the answer. The pictures are drawn from the readers’ grades; they \
      are no images of the patient.</p>
      </header>
      <main>
      \(sections)</main>
      <section class="paper">
      <h2>Answers</h2>
      <ol>
      \(answers)</ol>
      </section>
      <footer>
      <p class="small">\(HTML.text(source))What is not stated there stays not stated. For teaching and research, not for \
      diagnosis. Made with Endplate.</p>
      </footer>
      </body>
      </html>

      """
  }
}
