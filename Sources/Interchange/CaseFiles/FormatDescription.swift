// The description of the file formats, made from the tables that read them.

package enum FormatDescription {
  package static var caseFile: String { markdown(CaseSchema.file(.embedded).schema, notes: notes) }
  package static var studyFile: String { markdown(StudySchema.schema) }
  package static var codebookFile: String {
    markdown(CodebookSchema.schema, CodebookSchema.inPlace, notes: CodebookSchema.notes)
  }
  package static var teachingFile: String { markdown(TeachingSchema.schema) }

  package static var mapFile: String { markdown(ReadingsMap.schema) }

  private static let notes = [
    "A key left out means *not stated*; an empty value is an error.",
    "A grade is a level (`hyper`), several levels (`[iso, hyper]`), bones and extents (`[T10, L1, upper_sacrum]`, "
      + "`T5-L5`, `whole_spine`; `none` where no bone is involved), changes per bone (`{T11: increased, L2: decreased}`), "
      + "`not-assessable` or "
      + "`not-acquired`; a block with `grade:` may add a note.",
    "`published` and `course` are read from the embedded sample study only; an import takes the case without them, "
      + "and says so.",
    "UTF-8, at most 1 MiB, one document a file; no anchors, aliases or tags. Values are taken as written: `no` and "
      + "`012` stay texts where a text is asked for.",
  ]

  /// - Parameter others: blocks that may stand where a name may stand as well.
  private static func markdown(_ schema: FileSchema, _ others: [FileSchema] = [], notes: [String] = []) -> String {
    var lines = notes.map { "- \($0)" }
    if !lines.isEmpty { lines.append("") }
    let schemas = schema.all + others.flatMap(\.all) + (schema.holdsGrades ? [SchemaReader.gradeSchema(nil)] : [])
    for schema in schemas {
      lines += ["## \(schema.name)", "", "| key | value | meaning |", "|---|---|---|"]
      for key in schema.keys {
        lines.append("| `\(key.name)`\(key.isRequired ? " (required)" : "") | \(key.type.words) | \(key.meaning) |")
      }
      lines.append("")
    }
    return lines.joined(separator: "\n")
  }
}

extension FileSchema {
  fileprivate var holdsGrades: Bool {
    all.contains { schema in schema.keys.contains { if case .grades = $0.type { true } else { false } } }
  }
}
