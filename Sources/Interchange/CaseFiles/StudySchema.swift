// The format of a study file (`endplate-study/1`) and of a file of readings (`endplate-readings/1`), as tables.

import ReaderAgreement
import ReviewCore

package enum StudySchema {
  package static let format = "endplate-study/1"

  private static let times: ClosedRange<Double> = 0.1...100_000

  static let principal = FileSchema(
    "person",
    [
      SchemaKey("id", .identifier, required: true, "as `R1`: 1 to 32 letters, digits, `-` and `_`"),
      SchemaKey("name", .text, "the name shown; the id where it is left out"),
      SchemaKey("role", .word(PrincipalRole.allCases.map(\.rawValue)), required: true, "what the person may do"),
    ])

  static let range = FileSchema(
    "range",
    [
      SchemaKey("sequence", .word(MRSequence.allCases.map(\.rawValue)), required: true, "the pulse sequence"),
      SchemaKey("tr", .range(times), required: true, "repetition times in ms"),
      SchemaKey("te", .range(times), required: true, "echo times in ms"),
      SchemaKey("ti", .range(times), "inversion times in ms"),
    ])

  static let imageLimits = FileSchema(
    "image limits",
    [
      SchemaKey("per_examination", .whole(0...1000), "images of one examination; 60 where it is left out"),
      SchemaKey("each_mib", .whole(1...16), "mebibytes of one image as it is stored; 2 where it is left out"),
      SchemaKey("all_mib", .whole(0...65_536), "mebibytes of all images of the study; 2048 where it is left out"),
    ])

  static let studyProtocol = FileSchema(
    "protocol",
    [
      SchemaKey(
        "mode", .word(StudyProtocol.Mode.allCases.map(\.rawValue)), required: true,
        "`independent`: blinded readings, then consensus; `joint`: the readers read together"),
      SchemaKey(
        "readers_per_case", .whole(1...20),
        "how many are assigned to a case; 3 where it is left out. A case opens when all who read it have signed"),
      SchemaKey(
        "assignment", .word(StudyProtocol.Assignment.allCases.map(\.rawValue)),
        "who reads a case that `assign` does not name: `everybody`, or `balanced`: `readers_per_case` of them, by the seed; "
          + "balanced where there are more readers than that"),
      SchemaKey(
        "withdrawn_counts", .yesNo,
        "`no`: what a reader signed who leaves the study counts no longer; `yes` where left out"),
      SchemaKey("rounds", .whole(1...20), "1 where it is left out"),
      SchemaKey(
        "seed", .whole(0...Int.max),
        "every reader's order of cases is derived from it; left out, it is drawn when the study is made"),
      SchemaKey("washout_days", .whole(0...3650), "days from one round to the next"),
      SchemaKey(
        "opening", .word(StudyProtocol.Opening.allCases.map(\.rawValue)),
        "when cases open for consensus: with the last `round`, or in each `case` by case"),
      SchemaKey(
        "withheld", .list(.word(Withheld.allCases.map(\.rawValue))),
        "what is kept back while reading; all where left out. `culture` takes serology and pathogens with it, `facts` the "
          + "occupation, `therapy` surgery, `original_report` remarks and collections"),
      SchemaKey(
        "unreleased", .list(.word(Withheld.unreleasable.map(\.rawValue))),
        "what is in no export and no release, in the same words; nothing where left out"),
      SchemaKey(
        "keeps_dates", .yesNo,
        "`yes`: days of the calendar in case files are kept; else only the times between them are. Neither readers nor "
          + "releases are ever shown one"),
      SchemaKey("asks_confidence", .yesNo, "ask for a confidence beside each grade"),
      SchemaKey("impression_after_clinical_data", .yesNo, "ask for the impression again after the clinical data"),
      SchemaKey("names_in_consensus", .yesNo, "names instead of letters from the start"),
      SchemaKey(
        "primary_statistic", .word(StudyAgreement.primaryStatistics), "the agreement coefficient that stands first"),
      SchemaKey("lock_after_minutes", .whole(0...1440), "minutes without a key until a seat locks; 0 never"),
      SchemaKey("quorum", .whole(1...20), "readers of a case who must be present; a majority where it is left out"),
      SchemaKey("shared_screen", .yesNo, "others may vote and confirm in turn at a seat that a key opened"),
      SchemaKey(
        "counts_imported", .yesNo,
        "`no`: readings that were imported are not compared with the others in the agreement"),
      SchemaKey("image_limits", .record(imageLimits), "how many key images the study keeps"),
      SchemaKey("ranges", .list(.record(range)), "times within which each sequence was planned"),
      SchemaKey("imaging", .list(.text), "scanners, contrast, planes and what else is stated"),
      SchemaKey("sample_size", .text, "how the number of cases was chosen; `endplate plan` prints it"),
    ])

  private static let assign = FileSchema(
    "assignment",
    [
      SchemaKey("case", .identifier, required: true, "the case's id; the case may come later"),
      SchemaKey("readers", .list(.identifier), required: true, "who reads it, by id"),
    ])

  private static let part = FileSchema(
    "part of an exclusion",
    [
      SchemaKey("count", .whole(0...10_000_000), required: true, "patients"),
      SchemaKey("reason", .text, required: true, "why they left"),
    ])

  private static let exclusion = FileSchema(
    "exclusion", part.keys + [SchemaKey("details", .list(.record(part)), "its parts")])

  private static let step = FileSchema(
    "population step",
    [
      SchemaKey("count", .whole(0...10_000_000), required: true, "patients left"),
      SchemaKey("label", .text, required: true, "who they are"),
      SchemaKey("excluded", .list(.record(exclusion)), "who leaves before the next step"),
    ])

  static let schema = FileSchema(
    "study",
    [
      SchemaKey("format", .word([format]), required: true, "names the format and its version"),
      SchemaKey("title", .text, required: true, "the title"),
      SchemaKey("neutral_title", .text, "shown instead while the title is withheld"),
      SchemaKey("source", .text, "where the cases come from"),
      SchemaKey("illustrative", .yesNo, "`yes`: its readings are made up for practice"),
      SchemaKey("constructed", .yesNo, "`yes`: its cases are made up for teaching, and it says so everywhere"),
      SchemaKey("people", .list(.record(principal)), "readers, coordinator, presenter, learners"),
      SchemaKey("protocol", .record(studyProtocol), "how the study reads"),
      SchemaKey("assign", .list(.record(assign)), "which readers read which case"),
      SchemaKey("population", .list(.record(step)), "from all patients to those included"),
    ])
}

package enum ReadingsSchema {
  package static let format = "endplate-readings/1"

  private static func reading(_ phase: Phase) -> FileSchema {
    let months = SchemaKey("months", .number(CaseSchema.months), required: true, "which follow-up examination")
    return FileSchema(
      phase == .baseline ? "baseline reading" : "follow-up reading",
      [
        SchemaKey("case", .identifier, required: true, "the case's id"),
        SchemaKey("reader", .identifier, required: true, "who read"),
      ] + (phase == .baseline ? [] : [months])
        + [
          SchemaKey("signed", .moment, "when it was signed; a draft where it is left out"),
          SchemaKey("seconds", .whole(0...86_400), "time spent on it"),
          SchemaKey("note", .text, "a remark on the whole reading"),
          SchemaKey("grades", .grades(phase), required: true, "what was graded"),
        ])
  }

  static let schema = FileSchema(
    "readings",
    [
      SchemaKey("format", .word([format]), required: true, "names the format and its version"),
      SchemaKey("about", .text, required: true, "where the readings come from"),
      SchemaKey("illustrative", .yesNo, required: true, "`yes`: they are made up for practice"),
      SchemaKey("baseline", .list(.record(reading(.baseline))), "readings of the first examination"),
      SchemaKey("follow_up", .list(.record(reading(.followUp))), "readings of later examinations"),
    ])
}
