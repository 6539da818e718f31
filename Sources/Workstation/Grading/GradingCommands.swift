// Commands of the grading screen.

import Grid
import ReviewCore

extension Commands {
  private static func command(
    _ id: String, _ title: String, in group: String? = nil, _ keys: [Key], hint: String? = nil,
    whyNot: @escaping @Sendable (State) -> String? = { _ in nil },
    keepsPlace: @escaping @Sendable (State) -> Bool = { $0.whyNotGraded == nil },
    isFor: @escaping @Sendable (Codebook) -> Bool = { _ in true },
    run: @escaping @Sendable (inout State) -> [Effect]
  ) -> Command {
    Command(
      "grade.\(id)", title, in: group, keys: keys, on: [.grading], hint: hint, whyNot: whyNot, keepsPlace: keepsPlace,
      isFor: isFor, run: run)
  }

  private static func move(_ state: inout State, to index: Int) {
    state.grading.cursor = max(0, min(index, state.gradedFindings.count - 1))
    (state.grading.isAdding, state.grading.isAskingConfidence) = (false, false)
  }

  private static let closed: @Sendable (State) -> String? = { $0.whyNotGraded }
  private static let closedHere: @Sendable (State) -> String? = { $0.whyFindingNotGraded }

  private static func noGrade(_ state: State) -> String? { state.noGrade(of: state.gradedFinding) }

  private static let hasPlaces: @Sendable (Codebook) -> Bool = { $0.hasCells }

  /// Digits that only some codebooks have a use for: of levels, or because they begin a number.
  private static let hasHighKeys: @Sendable (Codebook) -> Bool = { codebook in
    codebook.findings.contains { finding in
      finding.scale == .number || ([6, 7, 8, 9, 0] as [Int]).contains { finding.level(forKey: $0) != nil }
    }
  }

  private static let levels = "grade the level and move on; where it is asked, how certain you are"

  /// An arrow goes to the next cell of a sheet, and elsewhere to the next examination.
  private static func sideways(_ id: String, _ title: String, _ key: Key, by step: Int) -> Command {
    command(
      id, title, [key],
      whyNot: { state in
        guard state.cell(rows: 0, columns: step) == nil, examination(state, by: step) == nil else { return nil }
        return step > 0 ? noLater(state) : "this is the baseline"
      }, isFor: hasPlaces
    ) { state in
      guard let cell = state.cell(rows: 0, columns: step) else { return openExamination(&state, by: step) }
      move(&state, to: cell)
      return []
    }
  }

  /// What is withheld until a signature is not known to be there.
  private static func noLater(_ state: State) -> String {
    let isOpen = state.reading?.state.isSigned != true
    return isOpen && !state.isJoint && state.session.study.studyProtocol.withheld.contains(.laterExaminations)
      ? "a later examination, if there is one, opens once this one is signed" : "this is the last examination"
  }

  /// Keys that mean the row just graded, and leave it so; help does nothing.
  static let ofTheLastGrade: Set<String> = [
    "grade.add", "grade.note", "grade.image", "grade.reference", "grade.bone", "images", "help",
  ]

  /// Grades the finding under the cursor with a value that is no level.
  private static func recordValue(_ value: GradeValue) -> @Sendable (inout State) -> [Effect] {
    { state in state.gradedFinding.map { record(value, for: $0.id, &state) } ?? [] }
  }

  private static func examination(_ state: State, by step: Int) -> ExaminationID? {
    let all = state.grading.view?.patientCase.examinations.map(\.id) ?? []
    guard let index = all.firstIndex(of: state.grading.examination), all.indices.contains(index + step) else {
      return nil
    }
    return all[index + step]
  }

  /// Capital T and S mean something else on the screen: themes, and signing.
  static func bonesBegin(_ letter: Character) -> [Key] {
    "cl".contains(letter) ? [.character(letter), .character(Character(letter.uppercased()))] : [.character(letter)]
  }

  static let grading: [Command] =
    (1...5).map { digit in
      let key = Key.character(Character(String(digit)))
      return command("level.\(digit)", "grade level \(digit) and move on", in: levels, [key], whyNot: closedHere) {
        gradeByKey(key, &$0)
      }
    }
    + [("c", "C5"), ("t", "T11"), ("l", "L4"), ("s", "S1")].map { letter, bone in
      command(
        "bone.\(letter)", "choose bones by name, as \(bone)", in: "choose bones by name, as t11,l4",
        Self.bonesBegin(letter),
        whyNot: { state in
          state.whyNotGraded
            ?? (state.gradedFinding?.takesSites == true ? nil : "bones are typed where the cursor stands on bones")
        }, isFor: { $0.findings.contains(where: \.takesSites) }
      ) { state in
        guard let finding = state.gradedFinding else { return [] }
        return updatePicker(&state, .character(letter), state.bonePicker(finding))
      }
    }
    + ([6, 7, 8, 9, 0]).map { digit in
      let key = Key.character(Character(String(digit)))
      return command(
        "level.\(digit)", "grade the level of key \(digit) and move on", in: levels, [key], whyNot: closedHere,
        isFor: hasHighKeys
      ) { gradeByKey(key, &$0) }
    }
    + [
      compare,
      command(
        "notAssessable", "not assessable", [.character("x")], hint: "not assessable", whyNot: closedHere,
        run: recordValue(.notAssessable)),
      command("notAcquired", "not acquired", [.character("z")], whyNot: closedHere, run: recordValue(.notAcquired)),
      command(
        "open", "choose from the map or a list, or accept the rule's grade", [.enter], whyNot: closed,
        isFor: \.hasFollowUpRule, run: openFinding),
      command(
        "open.list", "choose from a list, or type the number", [.enter], whyNot: closed,
        isFor: { !$0.hasFollowUpRule }, run: openFinding),
      command("clear", "take the grade away", [.backspace, .delete], whyNot: noGrade) { state in
        state.gradedFinding.map { clear($0.id, &state) } ?? []
      },
      command("readingNote", "write a note on the whole reading", [.character("M")], whyNot: closed) { state in
        state.prompt(.readingNote, text: state.reading?.note ?? "")
        return []
      },
      command(
        "image", "mark it on the image where it was seen", [.character("I")],
        whyNot: { $0.noGrade(of: $0.aboutFinding()) }
      ) { state in
        state.aboutFinding() == nil ? [] : state.openImages(toPoint: true)
      },
      command(
        "reference", "name the image where it was seen by its numbers: series/slice", [.character("#")],
        whyNot: { $0.noGrade(of: $0.aboutFinding()) }
      ) { state in
        guard let finding = state.aboutFinding() else { return [] }
        state.prompt(.image(finding.id), text: state.grade(of: finding.id)?.image?.text ?? "")
        return []
      },
      command(
        "bone", "say in which bone the sign was seen", [.character("b")],
        whyNot: { state in
          let finding = state.aboutFinding(where: \.takesBone)
          let other = "only rim and halo are seen in one bone"
          if state.whyNotGraded == nil, state.justGraded(unlike: \.takesBone) != nil { return other }
          guard let finding, finding.takesBone else { return state.noGrade(of: finding) ?? other }
          return state.noGrade(of: finding)
            ?? (state.grade(of: finding.id).map { $0.value.isAbsent && $0.bone == nil } == true
              ? "\(finding.title) is absent: it was seen in no bone" : nil)
        }, isFor: { $0.findings.contains(where: \.takesBone) }
      ) { state in
        guard let finding = state.aboutFinding(where: \.takesBone) else { return [] }
        state.prompt(.bone(finding.id), text: state.grade(of: finding.id)?.bone?.rawValue ?? "")
        return []
      },
      command(
        "rest", "answer this finding at the places that are left", [.character("r")],
        whyNot: { state in
          if let closed = state.whyNotGraded { return closed }
          guard let finding = state.gradedFinding, finding.cell != nil else {
            return "only findings with places have a rest"
          }
          if finding.rest == nil { return "the codebook says no ‘rest’ for \(finding.whole.title)" }
          return state.placesLeft(finding).isEmpty ? "\(finding.whole.title) is graded everywhere" : nil
        }, keepsPlace: { _ in false }, isFor: { $0.findings.contains { $0.rest != nil } }
      ) { gradeRest(&$0) },
      command("undo", "undo the last grade, with how certain it was", [.character("u")], hint: "undo", whyNot: closed) {
        state in
        state.grading.beforeUndo = state.reading?.grades
        return state.grading.view.map { [.grading(.undo($0.id, state.grading.examination))] } ?? []
      },
      command("redo", "do it again", [.character("U"), .control("r")], whyNot: closed) { state in
        state.grading.beforeUndo = nil
        return state.grading.view.map { [.grading(.redo($0.id, state.grading.examination))] } ?? []
      },
      command("next", "next thing to grade: finding, examination, case", [.character("n")], hint: "next") { state in
        nextThing(&state)
      },
      command("sign", "sign the reading", [.character("S")], hint: "sign", whyNot: closed) { state in
        state.overlay = state.signingSheet().map { SignBox(sheet: $0) }
        return []
      },
      command(
        "add", "add a level to the set just graded", [.character(",")], hint: "add",
        whyNot: { state in
          let finding = state.aboutFinding { $0.scale == .set }
          if state.whyNotGraded == nil, let last = state.justGraded(unlike: { $0.scale == .set }) {
            return "\(last.title) takes one level"
          }
          guard finding?.scale == .set else {
            return state.whyNotGraded ?? "a comma adds a level to a finding with several levels that is graded"
          }
          return state.noGrade(of: finding)
        },
        keepsPlace: { state in
          state.whyNotGraded == nil && state.gradedFindings.contains { $0.scale == .set }
        }, isFor: { $0.findings.contains { $0.scale == .set } }
      ) { state in
        state.grading.justGraded = state.aboutFinding { $0.scale == .set }?.id
        state.grading.isAdding = true
        return []
      },
      command(
        "note", "write a note on the finding", [.character("m")], hint: "note",
        whyNot: { $0.whyNotGraded ?? $0.noGrade(of: $0.aboutFinding()) }
      ) { state in
        guard let finding = state.aboutFinding() else { return [] }
        state.prompt(.findingNote(finding.id), text: state.grade(of: finding.id)?.note ?? "")
        return []
      },
      command(
        "amend", "amend a signed reading, with a reason", [.character("A")], hint: "amend",
        whyNot: { state in
          if case .signed = state.reading?.state {
            return state.grading.view?.stage.isOpen == true
              ? "the case is opened; a signed reading can no longer be amended" : nil
          }
          return "only a signed reading is amended"
        }, keepsPlace: { _ in false }
      ) { state in
        state.prompt(.amendment(version: state.reading?.version ?? 1), text: "")
        return []
      },
      command("down", "next finding", [.down, .character("j"), .tab], isFor: { !$0.hasCells }) { state in
        move(&state, to: state.grading.cursor + 1)
        return []
      },
      command("up", "previous finding", [.up, .character("k"), .backTab], isFor: { !$0.hasCells }) { state in
        move(&state, to: state.grading.cursor - 1)
        return []
      },
      command(
        "down.file", "next finding; in a sheet the next place", [.down, .character("j")], isFor: hasPlaces
      ) { state in
        move(&state, to: state.cell(rows: 1, columns: 0) ?? state.grading.cursor + 1)
        return []
      },
      command(
        "up.file", "previous finding; in a sheet the previous place", [.up, .character("k")], isFor: hasPlaces
      ) { state in
        move(&state, to: state.cell(rows: -1, columns: 0) ?? state.grading.cursor - 1)
        return []
      },
      command("tab", "next finding, also of a place", [.tab], isFor: hasPlaces) { state in
        move(&state, to: state.grading.cursor + 1)
        return []
      },
      command("backTab", "previous finding, also of a place", [.backTab], isFor: hasPlaces) { state in
        move(&state, to: state.grading.cursor - 1)
        return []
      },
      sideways("right", "in a sheet the next cell, else the next examination", .right, by: 1),
      sideways("left", "in a sheet the previous cell, else the previous examination", .left, by: -1),
      command("first", "first finding", [.home]) { state in
        move(&state, to: 0)
        return []
      },
      command("last", "last finding", [.end]) { state in
        move(&state, to: .max)
        return []
      },
      command(
        "examination.next", "next examination", [.character("}"), .right], hint: "next examination",
        whyNot: { examination($0, by: 1) == nil ? noLater($0) : nil },
        keepsPlace: { _ in false }
      ) { state in
        openExamination(&state, by: 1)
      },
      command(
        "examination.before", "previous examination", [.character("{"), .left], hint: "previous examination",
        whyNot: { examination($0, by: -1) == nil ? "this is the baseline" : nil }, keepsPlace: { _ in false }
      ) { state in
        openExamination(&state, by: -1)
      },
      command(
        "case.next", "next case", [.character("]")],
        whyNot: { $0.worklist.cursor + 1 < $0.worklist.page.total ? nil : "this is the last case" }
      ) { state in
        [.openCase(at: state.worklist.cursor + 1, in: state.worklist.query)]
      },
      command(
        "case.before", "previous case", [.character("[")],
        whyNot: { $0.worklist.cursor > 0 ? nil : "this is the first case" }
      ) { state in
        [.openCase(at: state.worklist.cursor - 1, in: state.worklist.query)]
      },
    ]

  /// The next finding without a grade; when all are signed, the next examination of the case, then the next case.
  private static func nextThing(_ state: inout State) -> [Effect] {
    guard state.whyNotGraded == nil else {
      if state.goToAskedAgain() { return [] }
      if let view = state.grading.view, let open = state.examinationToGrade(view) {
        state.openGrading(view, open)
        return [.grading(.findDrafts(view.id, open))]
      }
      return [.grading(.findNextToDo(state.worklist.query, after: state.worklist.cursor))]
    }
    let missing = state.notGraded.compactMap { finding in state.gradedFindings.firstIndex { $0.id == finding.id } }
    guard let first = missing.first else {
      if let uncertain = state.uncertain() {
        state.askConfidence(of: uncertain)
        return []
      }
      state.message = Message(
        state.grading.comparator == .baseline
          ? "all is graded; S signs" : "the interval is graded; p compares with the baseline again")
      return []
    }
    move(&state, to: missing.first { $0 > state.grading.cursor } ?? first)
    return []
  }

  private static func openExamination(_ state: inout State, by step: Int) -> [Effect] {
    guard let id = examination(state, by: step), let view = state.grading.view else { return [] }
    if state.isJoint { return state.pointAt(state.consensus.rows.first { $0.key.examination == id }?.key) }
    state.openGrading(view, id)
    return [.grading(.findDrafts(view.id, id))]
  }

  private static let readTogether = "the readers of this study grade together: c opens the joint reading of the case"

  /// From the worklist and the case screen.
  static let startGrading = Command(
    "grade", "grade the case", keys: [.character("g")], on: [.worklist, .patientCase], hint: "grade",
    whyNot: { state in
      if state.session.principal.role != .reader { return "only readers grade; open the study with --as READER" }
      if state.isJoint { return readTogether }
      return state.worklist.row == nil ? "there is no case here" : nil
    },
    run: { state in
      state.push(.grading)
      state.grading.isEntered = true
      return [.openCase(at: state.worklist.cursor, in: state.worklist.query)]
    })

  static let nextToDo = Command(
    "worklist.next", "next case to grade", keys: [.character("n")], on: [.worklist], hint: "next to do",
    whyNot: { state in
      if state.isJoint { return readTogether }
      return state.session.principal.role == .reader ? nil : "only readers have cases to grade"
    },
    run: { state in
      // The one under the cursor comes first, where nothing of it is graded yet.
      if let row = state.worklist.row, row.own.isNotBegun {
        state.message = Message("case \(row.id) is the next; g grades it")
        return []
      }
      return [.grading(.findNextToDo(state.worklist.query, after: state.worklist.cursor))]
    })
}
