// The keys of a codebook file.

import Codebooks

package enum CodebookSchema {
  package static let format = "endplate-codebook/1"

  static let condition = FieldType.node("condition")
  static let words = FieldType.node("id, or list of ids")
  static let places = FieldType.node("place, region or run as `T4..L4`, or list of them")
  private static func oneOf<T: CaseIterable & RawRepresentable<String>>(_ type: T.Type) -> FieldType {
    .word(T.allCases.map(\.rawValue))
  }
  static let exact = FieldType.node("number with at most six decimals")

  static let level = FileSchema(
    "level",
    [
      SchemaKey("id", .identifier, required: true, "what grades and conditions name it by"),
      SchemaKey("title", .text, "as people read it; its id where it is left out"),
      SchemaKey("glyph", .text, "one column that says it without colour"),
      SchemaKey("tone", oneOf(Tone.self), "how it looks: themes colour tones"),
      SchemaKey("points", exact, "what it counts in sums"),
      SchemaKey("off_scale", .yesNo, "`yes`: it stands outside the order"),
      SchemaKey("key", .whole(0...9), "the key that chooses it; a one-digit id is its own key"),
      SchemaKey("code", .whole(-9999...9999), "what exports write for it; a whole number is its own code"),
    ])

  static let scale = FileSchema(
    "scale",
    [
      SchemaKey("kind", oneOf(AnswerScale.Kind.self), required: true, "one level, several levels, places, or a number"),
      SchemaKey("ordered", .yesNo, "`yes`: the order of the levels means more or less"),
      SchemaKey(
        "levels", .node("list of levels: ids, or [level](#level) blocks"), "of a choice or set, in their order"),
      SchemaKey("at_most", .whole(1...500), "how many levels or places may be named"),
      SchemaKey("points", oneOf(AnswerScale.SetPoints.self), "of a set: what its levels count together"),
      SchemaKey("only", places, "places that may be named"),
      SchemaKey("extents", .yesNo, "`yes`: runs and extents may be named as well"),
      SchemaKey("unit", .text, "of a number, as `mm`"),
      SchemaKey("from", exact, "the least number"),
      SchemaKey("to", exact, "the greatest number"),
      SchemaKey("step", exact, "between two numbers"),
    ])

  static let finding = FileSchema(
    "finding",
    [
      SchemaKey("id", .identifier, required: true, "what grades, conditions and rules name it by"),
      SchemaKey("title", .text, "as people read it"),
      SchemaKey("short", .text, "at most 12 columns, for narrow tables"),
      SchemaKey("scale", .node("name of a scale, or a [scale](#scale) block"), required: true, "what may be answered"),
      SchemaKey("at", oneOf(WrittenFinding.At.self), "when it is graded; the baseline where it is left out"),
      SchemaKey("per", .node("finding that names places, or places"), "it is graded for each of these"),
      SchemaKey("every", .yesNo, "`yes`: each of the places of ‘per’ is asked for; a finding's own places always are"),
      SchemaKey("when", condition, "it is asked only where this holds"),
      SchemaKey("now", .identifier, "the follow-up finding for which it answers at the baseline"),
      SchemaKey("comparison", .yesNo, "`yes`: it compares with another examination"),
      SchemaKey("read_on", words, "the series it is read on"),
      SchemaKey("definition", .text, "what a reader looks for"),
      SchemaKey("source", .text, "where the definition comes from, where it is not the codebook's own source"),
      SchemaKey("aliases", words, "other ids that people may type"),
      SchemaKey("same_within", exact, "numbers that differ by no more agree"),
      SchemaKey("seen_at", .yesNo, "`yes`: a grade may say where the sign was seen"),
      SchemaKey("afterwards", .yesNo, "`yes`: asked once the reading is signed"),
      SchemaKey("rest", .identifier, "the level that one key gives to the places that remain"),
      SchemaKey("compare", .yesNo, "`no`: each reader's own, not compared between readers"),
    ])

  static let given = FileSchema(
    "given fact",
    [
      SchemaKey("id", .identifier, required: true, "what conditions and rules name it by"),
      SchemaKey("title", .text, "as people read it"),
      SchemaKey("scale", .node("name of a scale, or a [scale](#scale) block"), required: true, "what it may be"),
      SchemaKey("per", .node("finding that names places, or places"), "it is given for each of these"),
      SchemaKey("withheld", .yesNo, "`yes`: it is withheld from readers"),
    ])

  static let part = FileSchema(
    "part of a condition",
    [
      SchemaKey("when", condition, required: true, "what must hold"),
      SchemaKey("says", .text, "the sentence it contributes; `{places}` and `{level}` are filled in, in quotes"),
    ])

  static let namedCondition = FileSchema(
    "condition",
    [
      SchemaKey("id", .identifier, required: true, "conditions ask for it as `id:met`"),
      SchemaKey("when", condition, "what must hold"),
      SchemaKey("any", .list(.record(part)), "parts of which one must hold, instead of ‘when’"),
    ])

  static let called = FileSchema(
    "name of a row",
    [
      SchemaKey("id", .identifier, required: true, "how examples name it"),
      SchemaKey("title", .text, required: true, "how it is shown beside the level"),
      SchemaKey("when", condition, required: true, "where the answer is called so"),
      SchemaKey("definition", .text, "what it stands for, as tables note it"),
    ])

  static let row = FileSchema(
    "row of a rule",
    [
      SchemaKey("level", .identifier, "the level it gives"),
      SchemaKey("value", exact, "the number it gives"),
      SchemaKey("take", .identifier, "the finding or rule whose level or number it gives"),
      SchemaKey("when", condition, "it gives it where this holds; always where it is left out"),
      SchemaKey("tells", words, "conditions whose sentences are the reasons"),
      SchemaKey("but", words, "conditions whose sentences speak against it"),
      SchemaKey("says", .text, "a sentence of its own"),
      SchemaKey("called", .record(called), "a name beside the level"),
    ])

  static let rule = FileSchema(
    "rule",
    [
      SchemaKey("id", .identifier, required: true, "what conditions and rules name it by"),
      SchemaKey("title", .text, "as people read it"),
      SchemaKey("per", .node("finding that names places, or places"), "it is reported for each of these"),
      SchemaKey(
        "at", oneOf(WrittenFinding.At.self), "where it is reported; if left out, where all it looks at is graded"),
      SchemaKey("scale", .node("name of a scale, or a [scale](#scale) block"), "of the levels it gives"),
      SchemaKey("suggests", .identifier, "the finding for which it suggests a grade"),
      SchemaKey("first_of", .list(.record(row)), "the first row that holds gives the answer"),
      SchemaKey("sum", words, "adds these; of none, 0"),
      SchemaKey("mean", words, "their mean; of none, no value"),
      SchemaKey("most", words, "the highest; of none, no value"),
      SchemaKey("count", condition, "at how many places it holds"),
      SchemaKey("difference", .identifier, "how much more it is than ‘against’"),
      SchemaKey("percent", .identifier, "by how many per cent it is more than ‘against’"),
      SchemaKey(
        "against", oneOf(WrittenRule.Against.self), "the examination that ‘difference’ and ‘percent’ look back at"),
      SchemaKey(
        "points_by_place", .node("points with their places, as `{3: [C1..C2], 1: [T3..T10]}`"),
        "a number by the place itself"),
      SchemaKey(
        "leave_out", .word(["unassessed"]),
        "what could not be assessed is left out, instead of leaving the rule undecided"),
      SchemaKey("of_none", .identifier, "what a rule over no places gives"),
    ])

  static let check = FileSchema(
    "check",
    [
      SchemaKey("when", condition, required: true, "where it warns"),
      SchemaKey("says", .text, required: true, "the warning"),
    ])

  static let titled = [
    SchemaKey("title", .text, required: true, "as people read it"),
    SchemaKey("when", condition, required: true, "where it holds"),
  ]
  static let criterion = FileSchema(
    "criterion",
    [
      SchemaKey("title", .text, required: true, "as people read it"),
      SchemaKey(
        "of", .list(.record(FileSchema("part of a criterion", titled))), required: true, "its parts: all must hold"),
    ])
  static let flag = FileSchema("flag", [SchemaKey("id", .identifier, required: true, "its name")] + titled)
  static let page = FileSchema("page of the atlas", titled)

  static let panel = FileSchema(
    "panel",
    [
      SchemaKey("id", .identifier, required: true, "its name"),
      SchemaKey("title", .text, required: true, "its heading"),
      SchemaKey("kind", oneOf(WrittenPanel.Kind.self), "how its findings are drawn"),
      SchemaKey("findings", words, required: true, "what it shows, in this order"),
      SchemaKey("weight", .whole(1...9), "how much room it gets beside others"),
    ])

  static let evidence = FileSchema(
    "evidence",
    [
      SchemaKey("finding", .identifier, required: true, "what is shown"),
      SchemaKey("level", .identifier, required: true, "which level of it"),
      SchemaKey("says", .text, required: true, "what is known of it"),
      SchemaKey("source", .text, "where that is known from"),
    ])

  static let grouping = FileSchema(
    "analysis",
    [
      SchemaKey("finding", .identifier, required: true, "whose levels are collapsed"),
      SchemaKey("id", .identifier, required: true, "its name"),
      SchemaKey(
        "levels", .node("groups with their levels, as `{\"0-1\": [0, 1]}`"), required: true, "each level in a group"),
    ])

  static let times = FieldType.list(.word(["tr", "te", "ti"]))
  static let series = FileSchema(
    "series",
    [
      SchemaKey("id", .identifier, required: true, "its name in ‘read_on’"),
      SchemaKey("title", .text, "as people read it"),
      SchemaKey("times", times, "which times are stated of it"),
    ])

  static let place = FileSchema(
    "place",
    [
      SchemaKey("id", .identifier, required: true, "what grades name it by"),
      SchemaKey("title", .text, "as people read it"),
      SchemaKey("region", .identifier, required: true, "what it is counted under"),
    ])
  static let extent = FileSchema(
    "extent",
    [
      SchemaKey("id", .identifier, required: true, "what grades name it by"),
      SchemaKey("title", .text, "as people read it"),
      SchemaKey("places", places, required: true, "what it covers"),
      SchemaKey("counts_as", .word(["one"]), "`one`: naming it is not naming several"),
    ])
  static let body = FileSchema(
    "body",
    [
      SchemaKey("places", .list(.record(place)), required: true, "in anatomical order"),
      SchemaKey("extents", .list(.record(extent)), "several places under one name"),
    ])

  static let grades = FieldType.node("findings with their grades; `{PLACE: level}` where they are graded per place")
  static let examination = FileSchema(
    "examination of an example",
    [
      SchemaKey("months", exact, "after the baseline"),
      SchemaKey("grades", grades, "what was graded"),
      SchemaKey("not_acquired", words, "series that were not acquired"),
    ])
  static let example = FileSchema(
    "example",
    [
      SchemaKey("grades", grades, "what was graded, and what is given"),
      SchemaKey("not_acquired", words, "series that were not acquired"),
      SchemaKey(
        "examinations", .list(.record(examination)), "instead of ‘grades’, where there are several; the last one counts"
      ),
      SchemaKey("against", .word(["baseline", "previous"]), "what the last one is compared with"),
      SchemaKey("withheld", words, "given facts that are withheld from readers"),
      SchemaKey("gives", grades, "rules with what must come of them"),
      SchemaKey("lacks", .node("rules with the findings that can still change them"), "exactly these"),
      SchemaKey("called", words, "names that the answers must have"),
      SchemaKey("reasons", .list(.text), "the sentences that a rule must tell"),
      SchemaKey("warns", .list(.text), "the checks that must warn, and no other"),
      SchemaKey("asks", words, "findings that must be asked"),
      SchemaKey("omits", words, "findings that must not be asked"),
    ])

  static let inPlace = [scale, level, body]

  static let notes = [
    "Ids hold letters, digits, `-` and `_`; they are compared without case, and `-` like `_`. Findings, given facts, "
      + "conditions and rules share them.",
    "A comma in braces ends a text, and `#` after a space begins a comment: put such texts in quotes, and every condition.",
  ]

  static let schema = FileSchema(
    "codebook",
    [
      SchemaKey("format", .word([format]), required: true, "names the format and its version"),
      SchemaKey("id", .identifier, required: true, "the codebook's name"),
      SchemaKey("version", .whole(1...9999), required: true, "counts up with every change of meaning"),
      SchemaKey("title", .text, required: true, "as people read it"),
      SchemaKey("source", .text, "where what it grades was published"),
      SchemaKey(
        "body", .node("`spine`, or a [body](#body) block"), "where things can be; the spine where it is left out"),
      SchemaKey("series", .list(.record(series)), "what findings are read on"),
      SchemaKey(
        "scales", .node("names with [scale](#scale) blocks"),
        "answers that several findings share; `present` is built in"),
      SchemaKey("given", .list(.record(given)), "facts of the case that rules may use, and nobody grades"),
      SchemaKey("findings", .list(.record(finding)), required: true, "what is graded"),
      SchemaKey("conditions", .list(.record(namedCondition)), "conditions with a name"),
      SchemaKey("rules", .list(.record(rule)), "values that follow from grades"),
      SchemaKey("checks", .list(.record(check)), "grades that do not go together"),
      SchemaKey("criteria", .list(.record(criterion)), "lists of which all must hold"),
      SchemaKey("flags", .list(.record(flag)), "what to be careful about in a whole case"),
      SchemaKey("panels", .list(.record(panel)), "what the case screen shows together"),
      SchemaKey("columns", words, "findings in the worklist, at most three"),
      SchemaKey(
        "pictures", .node("pictures with what they are drawn from"), "as `{vertebral_lesion: {rim: rim_sign}}`"),
      SchemaKey("evidence", .list(.record(evidence)), "what is known of a level"),
      SchemaKey("atlas", .list(.record(page)), "pages beside those of the findings"),
      SchemaKey("analyse_as", .list(.record(grouping)), "levels collapsed for statistics"),
      SchemaKey("examples", .list(.record(example)), "golden rows, run by `endplate check`"),
    ])
}
