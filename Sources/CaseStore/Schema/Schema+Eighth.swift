// The eighth version of the file: a study may have another version of its codebook, and a signature says which it is under.

extension Schema {
  /// Of the study, the version that is graded by now; null until there was another than the first. Of signatures and
  /// consensus, the version they are under; null in files of before, which had only one. Of what was imported the
  /// version where it was made; null where that is not known.
  static let eighth = ["study", "signature", "consensus", "imported_reading", "imported_consensus"].map {
    "ALTER TABLE \($0) ADD COLUMN codebook INTEGER CHECK (codebook BETWEEN 0 AND 1000000);"
  }
}
