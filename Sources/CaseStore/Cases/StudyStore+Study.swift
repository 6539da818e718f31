// What a study is, as far as somebody may know.

internal import GRDB
import ReviewCore

extension StudyStore {
  /// What anybody may know before they sit down.
  ///
  /// - Throws: `StoreError`; nothing is created or changed.
  public static func summary(at path: String) throws -> StudySummary {
    try StudyFile.inspect(path)
    return try naming(path) {
      try StudyDatabase.reading(path, summary)
    }
  }

  /// The study's own uuid, by which a key's line knows it wherever it lies.
  public static func identity(at path: String) throws -> String {
    try StudyFile.inspect(path)
    return try naming(path) {
      try StudyDatabase.reading(path) { try $0.first("SELECT uuid FROM study", []) { try $0[0] as String } ?? "" }
    }
  }

  static func summary(_ db: Database) throws -> StudySummary {
    try summary(db, study: StudyDatabase.study(db), showsTitle: false)
  }

  private static func summary(_ db: Database, study: Study, showsTitle: Bool) throws -> StudySummary {
    let seats = try db.rows("SELECT id, name, role, os_user, passphrase FROM principal ORDER BY seq") {
      let credential = try Credential.read($0[4])
      return try Seat(
        Principal(PrincipalID($0[0] as String), name: $0[1], role: .stored($0[2] as String, "a role")),
        osUser: $0[3], needsPassphrase: credential.isAsked, hasChosen: credential.chosen != nil)
    }
    let hidden = try !showsTitle && titleIsWithheld(db, study)
    return StudySummary(
      title: hidden ? study.neutralTitle : study.title, seats: seats, codebook: study.codebook.id,
      codebookVersion: study.codebook.version, isIllustrative: study.isIllustrative, mode: study.studyProtocol.mode)
  }

  /// A title that tells is withheld as long as any case of the round is still being read.
  private static func titleIsWithheld(_ db: Database, _ study: Study) throws -> Bool {
    guard study.studyProtocol.withheld.contains(.title) else { return false }
    // From the tallies of everybody's worklist: asked at every start, it must not count a big study through.
    let stages = try db.rows(
      """
      SELECT value, count FROM tally JOIN list ON list.seq = list_seq
      WHERE principal_seq IS NULL AND round = (SELECT round FROM study) AND what = 'stage'
      """
    ) { try (code: $0[0] as Int, cases: $0[1] as Int) }
    let open = Set(CaseStage.allCases.filter(\.isOpen).map(\.code))
    let cases = stages.reduce(0) { $0 + $1.cases }
    let finished = stages.filter { open.contains($0.code) }.reduce(0) { $0 + $1.cases }
    return cases == 0 || finished < cases
  }

  /// The study. While its title is withheld from a reader, title, source and population are not in it.
  public func study() throws -> Study {
    try read { transaction in
      var study = transaction.study
      if actor.isReader, try Self.titleIsWithheld(transaction.db, study) {
        study.title = study.neutralTitle
        study.source = nil
        study.population = []
      }
      return study
    }
  }

  /// The version of the codebook that is graded by now; another seat may have given the study another.
  public func codebookVersion() throws -> Int { try read { $0.codebook.version } }

  /// Everybody in the study, in the order in which they were added.
  public func principals() throws -> [Principal] { try read { try $0.principals().map(\.principal) } }

  /// How much there is in the study.
  public func info() throws -> StudyInfo {
    try read { transaction in
      let db = transaction.db
      let (created, version) =
        try db.first("SELECT created_at, program_version FROM study", [], { try ($0[0] as String, $0[1] as String) })
        ?? ("", "")
      let round = transaction.round
      var info = StudyInfo(
        summary: try Self.summary(db, study: transaction.study, showsTitle: !actor.isReader),
        createdAt: try Timestamp.date(created), createdByVersion: version, round: round,
        cases: try Self.cases(transaction, CaseStage.allCases),
        examinations: try examinations(transaction),
        signedReadings: try db.number(
          "SELECT count(*) FROM reading WHERE signed_at IS NOT NULL AND round = ?\(actor.isReader ? " AND principal_seq = ?" : "")",
          actor.isReader ? [round, actor.seq] : [round]),
        consensus: try Self.cases(transaction, CaseStage.allCases.filter(\.isDone)),
        schemaVersion: Schema.version, auditHead: try transaction.visibleHead())
      if !transaction.codebook.former.isEmpty { info.signedUnder = try transaction.signedUnder() }
      return info
    }
  }

  /// How many cases of the principal's worklist are at one of some stages.
  private static func cases(_ transaction: Transaction, _ stages: [CaseStage]) throws -> Int {
    let codes = stages.map { String($0.code) }.joined(separator: ", ")
    return try transaction.db.number(
      "SELECT sum(count) FROM tally WHERE list_seq = ? AND what = 'stage' AND value IN (\(codes))",
      [transaction.ownList().seq])
  }

  /// Of a reader, the examinations their worklist shows: later ones may be withheld.
  private func examinations(_ transaction: Transaction) throws -> Int {
    try transaction.db.number(
      """
      SELECT ifnull(sum(1 + CASE follow_ups WHEN '' THEN 0
        ELSE 1 + length(follow_ups) - length(replace(follow_ups, ',', '')) END), 0)
      FROM entry WHERE list_seq = ?
      """, [transaction.ownList().seq])
  }
}
