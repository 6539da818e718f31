// Grades put together from the rows of a table: of bones and of changes per bone a row may be one of them.

import ReviewCore

/// One row's share of a grade.
struct GradePart {
  /// In the words of `Finding.value`.
  var text: String
  var bone: Bone?
  var note: String?
  var image: ImageReference?
  var mark: ImageMark?
  var confidence: Int?
}

struct GradeAssembly {
  private var parts: [GradeKey: (line: Int, parts: [GradePart])] = [:]

  /// Bones, and changes per bone, may stand in a row each; of any other finding there is one grade an examination.
  mutating func add(_ part: GradePart, to key: GradeKey, line: Int, _ finding: Finding, _ faults: inout FaultList) {
    guard let first = parts[key] else { return parts[key] = (line, [part]) }
    guard finding.scale == .sites || finding.scale == .map else {
      return faults.add(
        FilePosition(line, 1),
        "\(key.finding): this reader's grade stands on line \(first.line) already, and there is one an examination; "
          + Self.cure(part, first.parts.first, finding))
    }
    parts[key]?.parts.append(part)
  }

  private static func cure(_ part: GradePart, _ first: GradePart?, _ finding: Finding) -> String {
    let bones = [first?.bone, part.bone].compactMap { $0?.rawValue }
    if bones.count == 2, bones[0] != bones[1] {
      return
        "it is of the whole examination, not of \(bones[0]) and of \(bones[1]): keep one row, with the bone where it "
        + "was seen best"
    }
    guard finding.scale == .set, let first, first.text != part.text else { return "take one of them out" }
    return "take one of them out, or put both levels into one row with a + between them"
  }

  /// The whole grades.
  func grades(_ codebook: Codebook, _ faults: inout FaultList) -> [GradeKey: Grade] {
    var grades: [GradeKey: Grade] = [:]
    for (key, entry) in parts.sorted(by: { $0.value.line < $1.value.line }) {
      guard let finding = codebook[key.finding], let first = entry.parts.first else { continue }
      do throws(GradeError) {
        let value = try finding.value(entry.parts.map(\.text).joined(separator: ","), in: .any)
        grades[key] = Grade(
          value, note: first.note, image: first.image, bone: first.bone, confidence: first.confidence, mark: first.mark)
      } catch { faults.add(FilePosition(entry.line, 1), error.description) }
    }
    return grades
  }
}

extension ReadingsTable {
  /// Nil where nothing was graded, for what rules work out anew, and for a fault.
  mutating func part(
    _ row: Row,
    _ cell: (
      finding: String, text: String, comparator: Comparator?, usual: [ReadingsMap.Part: String], codes: [String: String]
    ),
    _ finding: Finding
  ) -> GradePart? {
    if finding.isDerived { return nil }
    let before = faults.count
    guard let text = answer(row, cell.text, cell.codes, finding) else {
      if map.isOneBoneARow, faults.count == before { checkNoAnswer(row, finding) }
      return nil
    }
    var part = GradePart(text: text, note: self.text(.note, row))
    part.confidence = row[.confidence].flatMap { number($0, .confidence, 1...5, row) }
    if let written = row[.image] {
      part.image = ImageReference(written)
      if part.image == nil {
        faults.add(
          FilePosition(row.line, 1), "image: ‘\(PlainText.brief(written))’ is not a series and slice; write it as 4/12")
      }
    }
    if let written = row[.mark] {
      part.mark = ImageMark(written)
      if part.mark == nil {
        faults.add(
          FilePosition(row.line, 1),
          "mark: ‘\(PlainText.brief(written))’ is not an arrow or ellipse on an image as a release has it")
      }
    }
    if map.isOneBoneARow { check(row, against: text, finding) }
    guard finding.takesBone, let place = row[.place] else { return part }
    part.bone = Bone(rawValue: place)
    if part.bone == nil {
      let near = Spelling.nearest(to: place, in: Bone.usual.map(\.rawValue)).map { "; did you mean ‘\($0)’?" } ?? ""
      faults.add(FilePosition(row.line, 1), "\(finding.id): there is no bone ‘\(PlainText.brief(place))’\(near)")
    }
    return part
  }

  /// A row of a release says its grade three times: as a value, as a code and in words.
  private mutating func check(_ row: Row, against text: String, _ finding: Finding) {
    guard let value = try? finding.value(text, in: .any), let answer = finding.answers(Grade(value)).first else {
      return
    }
    let said = value.isAnswer ? "the value ‘\(answer.value)’" : "the status ‘\(answer.status)’"
    check(row, against: answer, as: said, finding)
  }

  private mutating func checkNoAnswer(_ row: Row, _ finding: Finding) {
    guard let none = row[.status].flatMap({ NoAnswer(rawValue: $0.replacing(" ", with: "_")) }) else {
      return faults.add(FilePosition(row.line, 1), "\(finding.id): the row is graded, and has no value")
    }
    check(row, against: Answer(none), as: "the status ‘\(none.rawValue)’", finding)
  }

  /// Words may be another codebook's for the same level; what they must not be is those of another answer.
  private mutating func check(_ row: Row, against answer: Answer, as said: String, _ finding: Finding) {
    if answer.value.isEmpty, let value = row[.value] {
      faults.add(
        FilePosition(row.line, 1),
        "\(finding.id): the value ‘\(PlainText.brief(value))’ contradicts \(said), which has none; correct one of them")
    }
    if let code = row.cells["code"], !code.isEmpty, code != answer.code {
      faults.add(
        FilePosition(row.line, 1),
        "\(finding.id): the code ‘\(PlainText.brief(code))’ contradicts \(said), whose code is \(answer.code); correct one of them"
      )
    }
    if let label = row.cells["label"], label != answer.label, finding.codes.contains(where: { $0.label == label }) {
      faults.add(
        FilePosition(row.line, 1),
        "\(finding.id): the label ‘\(PlainText.brief(label))’ contradicts \(said), which is ‘\(answer.label)’; correct one of them"
      )
    }
  }

  /// The grade in the words of `Finding.value`.
  private mutating func answer(_ row: Row, _ text: String, _ codes: [String: String], _ finding: Finding) -> String? {
    switch row[.status].map({ $0.replacing(" ", with: "_") }) {
    case nil, Answer.graded: break
    case NoAnswer.notAssessable.rawValue: return GradeValue.notAssessable.text
    case NoAnswer.notAcquired.rawValue: return GradeValue.notAcquired.text
    case NoAnswer.notGraded.rawValue, NoAnswer.notAsked.rawValue, NoAnswer.unresolved.rawValue: return nil
    case let other?:
      let known = [Answer.graded] + NoAnswer.allCases.map(\.rawValue)
      let near = Spelling.nearest(to: other, in: known).map { "did you mean ‘\($0)’? " } ?? ""
      faults.add(
        FilePosition(row.line, 1),
        "status: there is no ‘\(PlainText.brief(other))’; \(near)allowed: \(known.joined(separator: ", "))")
      return nil
    }
    let isOfBones = finding.scale == .sites || finding.scale == .map
    if map.isOneBoneARow, isOfBones { return place(row, text, finding) }
    if text.isEmpty || map.missing.contains(text) { return nil }
    if map.notAssessable.contains(text) { return GradeValue.notAssessable.text }
    if map.notAcquired.contains(text) { return GradeValue.notAcquired.text }
    let text = Self.code(text, codes)
    if isOfBones, row[.place] != nil { return place(row, codes[text] ?? text, finding) }
    let separators = finding.scale == .set ? "+;," : ";,"
    let parts = text.unicodeScalars.split { separators.unicodeScalars.contains($0) }.map(String.init)
    let words = codes[text] ?? parts.map { translated($0, codes, finding) }.joined(separator: ",")
    do throws(GradeError) {
      return try finding.value(words, in: .any).text
    } catch {
      let known = codes.isEmpty ? "" : "; codes in the map: \(codes.keys.sorted().joined(separator: ", "))"
      let near = Spelling.nearest(to: text, in: finding.levels.map(\.id.rawValue) + codes.keys.sorted())
      let mark = map.isOwn || near != nil ? "" : "; what stands for no grade goes under ‘missing’ in the map"
      faults.add(FilePosition(row.line, 1), "\(error)\(near.map { "; did you mean ‘\($0)’?" } ?? "")\(known)\(mark)")
      return nil
    }
  }

  /// A code as spreadsheets write numbers, `1.0` or `1,0`, as the map has it.
  private static func code(_ text: String, _ codes: [String: String]) -> String {
    guard !codes.isEmpty, codes[text] == nil, let number = Double(text.replacing(",", with: ".")),
      let whole = Int(exactly: number), codes["\(whole)"] != nil
    else { return text }
    return "\(whole)"
  }

  /// A level, or of a change per bone the level behind the colon.
  private func translated(_ text: String, _ codes: [String: String], _ finding: Finding) -> String {
    let trimmed = String(text.unicodeScalars.drop { $0 == " " })
    if let level = codes[trimmed] { return level }
    guard finding.scale == .map, let colon = trimmed.firstIndex(of: ":") else { return trimmed }
    let level = String(trimmed[trimmed.index(after: colon)...])
    return trimmed[...colon] + (codes[level] ?? level)
  }

  /// A row of a release that is one bone.
  private mutating func place(_ row: Row, _ value: String, _ finding: Finding) -> String? {
    if row[.place] == nil, value == GradeValue.sites([]).text { return value }
    guard let place = row[.place] else {
      faults.add(FilePosition(row.line, 1), "\(finding.id): the row names no place")
      return nil
    }
    let text = finding.scale == .sites ? place : "\(place):\(value)"
    if finding.scale == .sites, value != Answer.named {
      faults.add(
        FilePosition(row.line, 1),
        "\(finding.id): ‘\(PlainText.brief(value))’ is not a value of a bone that has a row of its own; it is ‘\(Answer.named)’"
          + (map.isOwn ? "" : ", which a code of the map may stand for, as codes: {\"1\": \(Answer.named)}"))
      return nil
    }
    do throws(GradeError) { return try finding.value(text, in: .any).text } catch {
      faults.add(FilePosition(row.line, 1), error.description)
      return nil
    }
  }
}
