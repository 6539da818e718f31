// The format of a teaching script (`endplate-teaching/1`), as a table.

import ReviewCore

package enum TeachingSchema {
  package static let format = "endplate-teaching/1"

  static let answer = FileSchema(
    "answer",
    [
      SchemaKey("answer", .text, required: true, "a level of the finding, or the words of the choice"),
      SchemaKey("right", .yesNo, "of a choice: `yes` for the right one; a finding is judged by the step's `grades`"),
      SchemaKey("because", .text, required: true, "why it is right or wrong, with the facts of this case"),
    ])

  static let question = FileSchema(
    "question",
    [
      SchemaKey("id", .identifier, "of a choice: names it, so that answers stay with it when steps change"),
      SchemaKey("ask", .text, required: true, "the question"),
      SchemaKey("finding", .text, "the finding to grade; left out it is a choice"),
      SchemaKey(
        "answers", .list(.record(answer)), required: true,
        "one for each level of the finding, or 2 to 5 choices, one of them right"),
    ])

  static let mark = FileSchema(
    "image mark",
    [
      SchemaKey("shape", .word(ImageMark.Shape.allCases.map(\.rawValue)), required: true, "an arrow or an ellipse"),
      SchemaKey("x", .number(0...100), required: true, "its tip or middle: percent from the left edge of the picture"),
      SchemaKey("y", .number(0...100), required: true, "percent from the upper edge"),
      SchemaKey("to_x", .number(0...100), required: true, "the arrow's other end, the corner of the ellipse's box"),
      SchemaKey("to_y", .number(0...100), required: true, "percent from the upper edge"),
    ])

  static let image = FileSchema(
    "image",
    [
      SchemaKey("series", .text, required: true, "a series of the examination, as `stir`"),
      SchemaKey("slice", .whole(1...1000), "as the viewer counts them; the middle one where it is left out"),
      SchemaKey("alt", .text, required: true, "what is on it, for who cannot see it, naming nothing that is asked"),
      SchemaKey("zoom", .number(1...8), "1 is the whole height"),
      SchemaKey("x", .number(0...100), "the middle of what is shown, in percent from the left edge"),
      SchemaKey("y", .number(0...100), "in percent from the upper edge"),
      SchemaKey("window", .text, "which stored values are black and white, as `900/1800`"),
      SchemaKey("marks", .list(.record(mark)), "shown once the step is revealed"),
      SchemaKey("credit", .text, "whose picture it is"),
      SchemaKey("licence", .text, "under which licence, as `CC BY 4.0`"),
    ])

  static let step = FileSchema(
    "step",
    [
      SchemaKey(
        "topic", .word(TeachingTopic.allCases.map(\.rawValue)), required: true,
        "what the step is about; steps stand in this order, and only `follow_up` may come several times"),
      SchemaKey("title", .text, required: true, "the heading"),
      SchemaKey("text", .list(.text), "paragraphs shown at once"),
      SchemaKey("grades", .grades(.baseline), "baseline grades that the step shows once it is revealed"),
      SchemaKey("months", .number(CaseSchema.months), "of a follow-up step: which examination"),
      SchemaKey("follow_up_grades", .grades(.followUp), "what that examination shows once it is revealed"),
      SchemaKey(
        "shows", .list(.word(TeachingFact.allCases.map(\.rawValue))), "facts that the step shows once it is revealed"),
      SchemaKey(
        "hides", .list(.text), "facts, findings or `follow_up_5` shown before and covered while this step is shown"),
      SchemaKey("question", .record(question), "what is asked before the step is revealed"),
      SchemaKey("image", .record(image), "the key image that it is about; `V` opens the viewer there"),
      SchemaKey("reveal", .list(.text), "paragraphs shown once the step is revealed"),
      SchemaKey("quoted", .list(.text), "what other studies report, as quoted by the source paper"),
      SchemaKey("notes", .list(.text), "for the presenter alone"),
    ])

  private static let impressions =
    Codebook.vertebralOsteomyelitis[Codebook.impression]?.levels.map(\.id.rawValue) ?? []

  static let schema = FileSchema(
    "teaching script",
    [
      SchemaKey("format", .word([format]), required: true, "names the format and its version"),
      SchemaKey("case", .identifier, required: true, "the case's id"),
      SchemaKey("neutral_title", .text, required: true, "shown instead of number and title of an unknown case"),
      SchemaKey("reference", .text, "where the case was published"),
      SchemaKey(
        "diagnosis", .word(impressions), "what it was, as a level of `impression`: answers to that are compared with it"
      ),
      SchemaKey("sources", .list(.text), "by title and year, what the texts name in short"),
      SchemaKey("steps", .list(.record(step)), required: true, "the steps in their order"),
    ])
}
