// The page around a handout: what it is, what it rests on, and that it is made up where it is.

import ReviewCore
import TextSafety

extension TeachingHandout {
  private var heading: String { subject.script.neutralTitle }

  private var name: String {
    (subject.isConstructed ? "Constructed case, no patient. " : "")
      + (isUnknown ? "Unknown case" : "Case \(subject.id)")
  }

  /// What the pictures are.
  private var pictureNote: String {
    subject.isConstructed
      ? "The case was constructed, and the pictures are drawn from what it was given."
      : "The pictures are drawn from the readers’ grades; they are no images of the patient."
  }

  /// Where the case comes from, with the reference, and what the texts name in short.
  private var sources: [String] {
    let script = subject.script
    var words: [String] = []
    if subject.isConstructed {
      words.append("Constructed for teaching: no patient, no images, and counted in no figure of published cases.")
    } else if let source = study.source {
      let reference = script.reference.flatMap { source.contains($0) ? nil : $0 }
      words.append("Source: \(source)\(reference.map { " (\($0))" } ?? "").")
    } else if let reference = script.reference {
      words.append("Source: \(reference).")
    }
    if !script.sources.isEmpty { words.append("Named in short: " + script.sources.joined(separator: ". ") + ".") }
    words.append(
      "What is not stated there stays not stated. For teaching and research, not for diagnosis. Made with Endplate.")
    return words
  }

  func page(_ questions: String, answers: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    \(Escape.policy)
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(Escape.markup(heading))</title>
    <style>
    \(HandoutStyle.css)\(subject.isConstructed ? HandoutStyle.constructed : "")
    </style>
    </head>
    <body>
    <header>
    <p class="small">\(Escape.markup(name)), \(Escape.markup(study.neutralTitle))</p>
    <h1>\(Escape.markup(heading))</h1>
    <p class="small">\(pictureNote) Answer from them, then look the answers up.</p>
    </header>
    <main>
    \(questions)</main>
    <section class="paper sheet">
    <p class="small">\(Escape.markup(name)), \(Escape.markup(study.neutralTitle))</p>
    <h2>Answers: \(Escape.markup(heading))</h2>
    \(answers)    </section>
    <footer>
    \(HTML.paragraphs(sources, kind: "small"))</footer>
    </body>
    </html>

    """
  }
}
