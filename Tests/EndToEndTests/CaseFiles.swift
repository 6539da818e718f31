// Case files that tests import.

/// A case file with a title and a remark of its own; both are put in as YAML strings with escapes.
func caseFile(id: String, title: String = "A case", remark: String = "an image", more: String = "") -> String {
  """
  format: endplate-case/1
  id: \(id)
  title: "\(title)"
  sex: female
  age: 61
  therapy: [antibiotic]
  baseline:
    acquisitions:
      - sequence: t1w
        plane: sagittal
        tr: 600
        te: 12
        remark: "\(remark)"
  follow_ups:
    - months: 6
  \(more)

  """
}
