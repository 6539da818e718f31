// The fourth version of the file.

extension Schema {
  /// For which of the rule's grades the note on a sequential change is the reason. Of notes before it nobody knows.
  private static let overruling = ["grade", "current", "consensus_grade", "consensus_act_grade"].map {
    "ALTER TABLE \($0) ADD COLUMN overrules TEXT;"
  }

  /// The acts that say how people's seats are opened.
  static let isOfPeople =
    "kind IN ('seat_added', 'seat_removed', 'user_bound', 'passphrase_set', 'passphrase_code_issued', 'notice_shown', "
    + "'readings_unlocked')"

  static let fourth =
    overruling + ["DROP INDEX audit_of_people;", "CREATE INDEX audit_of_people ON audit (seq) WHERE \(isOfPeople);"]
}
