// Reads a teaching script (`endplate-teaching/1`) and tells everything that is wrong with it in one run.

import ReviewCore

package enum TeachingFileReader {
  package static func read(
    _ file: InputFile, codebook: Codebook = .vertebralOsteomyelitis
  ) -> Outcome<TeachingScript> {
    let parsed = YamlDocument.parse(file)
    guard let document = parsed.value else { return Outcome(nil, parsed.faults) }
    var reader = SchemaReader(document, codebook: codebook)
    guard let fields = reader.fields(document.root, TeachingSchema.schema) else {
      return Outcome(nil, reader.faults.all)
    }
    var order = TeachingOrder()
    var steps: [TeachingStep] = []
    for entry in fields.records("steps") ?? [] {
      guard let step = step(entry, codebook, &reader.faults) else { continue }
      order.check(step, entry, codebook, &reader.faults)
      steps.append(step)
    }
    if fields.list("steps")?.isEmpty == true {
      reader.faults.add(fields.place(of: "steps"), "steps: a script needs at least one step")
    }
    return Outcome(
      TeachingScript(
        caseID: CaseID(fields.text("case") ?? ""), neutralTitle: fields.text("neutral_title") ?? "", steps: steps,
        reference: fields.text("reference"), diagnosis: fields.text("diagnosis").map { LevelID($0) },
        sources: fields.texts("sources") ?? []),
      reader.faults.all)
  }

  private static func step(_ fields: Fields, _ codebook: Codebook, _ faults: inout FaultList) -> TeachingStep? {
    guard let topic: TeachingTopic = fields.word("topic"), let title = fields.text("title") else { return nil }
    let months = fields.number("months")
    if (topic == .followUp) != (months != nil) {
      faults.add(
        fields.place(of: months == nil ? "topic" : "months"),
        months == nil
          ? "a follow_up step needs ‘months’, to say which examination it is about"
          : "months: only a follow_up step is about a later examination; delete it")
    }
    for (key, isFollowUp) in [("grades", false), ("follow_up_grades", true)]
    where fields.has(key) && isFollowUp != (topic == .followUp) {
      faults.add(
        fields.place(of: key),
        isFollowUp
          ? "follow_up_grades: only a follow_up step has them" : "grades: a follow_up step has follow_up_grades")
    }
    let grades = (fields.grades("grades") ?? fields.grades("follow_up_grades") ?? [:]).mapValues(\.value)
    return TeachingStep(
      topic, title: title, text: fields.texts("text") ?? [],
      examination: months.flatMap { topic == .followUp ? ExaminationID(months: $0) : nil } ?? .baseline,
      grades: grades,
      facts: Set((fields.texts("shows") ?? []).compactMap { TeachingFact(rawValue: $0) }),
      hides: hides(fields, codebook, &faults),
      question: fields.record("question").flatMap { question($0, topic, grades, codebook, &faults) },
      reveal: fields.texts("reveal") ?? [], quoted: fields.texts("quoted") ?? [], notes: fields.texts("notes") ?? [],
      image: fields.record("image").flatMap { image($0, codebook, &faults) })
  }

  private static func image(_ fields: Fields, _ codebook: Codebook, _ faults: inout FaultList) -> TeachingImage? {
    guard let name = fields.text("series"), let alternative = fields.text("alt") else { return nil }
    let series = MRSequence(rawValue: name)
    if !codebook.series.contains(series) {
      let known = codebook.series.map(\.rawValue)
      let cure = Spelling.nearest(to: name, in: known).map { "did you mean ‘\($0)’? " } ?? ""
      faults.add(
        fields.place(of: "series"),
        "series: there is no series ‘\(PlainText.brief(name))’; \(cure)allowed: \(known.joined(separator: ", "))")
    }
    let parts = (fields.text("window") ?? "").utf8.split(separator: UInt8(ascii: "/")).compactMap { part in
      Double(String(decoding: part, as: UTF8.self)).flatMap { $0.isFinite ? $0 : nil }
    }
    let isWindow = parts.count == 2 && parts[1] >= 1
    if fields.has("window"), !isWindow {
      faults.add(fields.place(of: "window"), "window: write center and width of stored values, as 900/1800")
    }
    return TeachingImage(
      series: series, slice: fields.whole("slice"), zoom: fields.number("zoom") ?? 1, x: fields.number("x") ?? 50,
      y: fields.number("y") ?? 50, window: isWindow ? .init(center: parts[0], width: parts[1]) : nil,
      marks: (fields.records("marks") ?? []).compactMap(mark), alternative: alternative,
      credit: fields.text("credit"), licence: fields.text("licence"))
  }

  private static func mark(_ fields: Fields) -> TeachingImage.Mark? {
    guard let shape: ImageMark.Shape = fields.word("shape"), let x = fields.number("x"), let y = fields.number("y"),
      let toX = fields.number("to_x"), let toY = fields.number("to_y")
    else { return nil }
    return TeachingImage.Mark(shape, x: x, y: y, toX: toX, toY: toY)
  }

  private static func hides(
    _ fields: Fields, _ codebook: Codebook, _ faults: inout FaultList
  ) -> Set<TeachingElement> {
    var hidden: Set<TeachingElement> = []
    for entry in fields.list("hides") ?? [] {
      guard case .text(let name) = entry.value else { continue }
      guard let element = TeachingElement(id: name, codebook: codebook) else {
        let known = TeachingFact.allCases.map(\.rawValue) + codebook.findings(in: .baseline).map(\.id.rawValue)
        let cure = Spelling.nearest(to: name, in: known).map { "did you mean ‘\($0)’? " } ?? ""
        faults.add(
          entry.place,
          "hides: there is nothing called ‘\(PlainText.brief(name))’; \(cure)use a fact, a finding or follow_up_5")
        continue
      }
      hidden.insert(element)
    }
    return hidden
  }

  private static func question(
    _ fields: Fields, _ topic: TeachingTopic, _ grades: [FindingID: GradeValue], _ codebook: Codebook,
    _ faults: inout FaultList
  ) -> TeachingQuestion? {
    guard let ask = fields.text("ask"), let answers = fields.records("answers") else { return nil }
    guard let name = fields.text("finding") else {
      let choices = answers.compactMap { choice($0) }
      let right = choices.count(where: \.isRight)
      if right != 1 || !(2...5).contains(choices.count) {
        faults.add(
          fields.place(of: "answers"),
          "answers: a choice has 2 to 5 answers, one of them ‘right: yes’; here are \(choices.count), \(right) right")
      }
      return TeachingQuestion(ask, id: fields.text("id"), answers: choices)
    }
    let phase: Phase = topic == .followUp ? .followUp : .baseline
    let known = codebook.findings(in: phase).filter { $0.scale == .choice || $0.scale == .set }
    guard let finding = known.first(where: { $0.id.rawValue == name }) else {
      let ids = known.map(\.id.rawValue)
      let cure = Spelling.nearest(to: name, in: ids).map { "did you mean ‘\($0)’? " } ?? ""
      faults.add(
        fields.place(of: "finding"),
        "finding: ‘\(PlainText.brief(name))’ cannot be asked for here; \(cure)allowed: \(ids.joined(separator: ", "))")
      return nil
    }
    return TeachingQuestion(
      ask, finding: finding.id, answers: graded(fields, answers, finding, grades[finding.id], &faults))
  }

  private static func choice(_ fields: Fields) -> TeachingQuestion.Answer? {
    guard let text = fields.text("answer"), let because = fields.text("because") else { return nil }
    return TeachingQuestion.Answer(text: text, isRight: fields.yesNo("right") ?? false, because: because)
  }

  /// One answer for each level, in code order; what is right is what the step's grades say.
  private static func graded(
    _ fields: Fields, _ answers: [Fields], _ finding: Finding, _ right: GradeValue?, _ faults: inout FaultList
  ) -> [TeachingQuestion.Answer] {
    var because: [LevelID: String] = [:]
    for answer in answers {
      guard let text = answer.text("answer"), let reason = answer.text("because") else { continue }
      if answer.has("right") {
        faults.add(answer.place(of: "right"), "right: a finding is judged by the step's grades; delete it")
      }
      let level = LevelID(text)
      guard finding.level(level) != nil, because.updateValue(reason, forKey: level) == nil else {
        let levels = finding.levels.map(\.id.rawValue).joined(separator: ", ")
        faults.add(
          answer.place(of: "answer"),
          "answer: \(finding.id) has the levels \(levels), each explained once; "
            + "‘\(PlainText.brief(text))’ is none of them, or stands here twice")
        continue
      }
    }
    let missing = finding.levels.filter { because[$0.id] == nil }.map(\.id.rawValue)
    if !missing.isEmpty {
      faults.add(fields.place(of: "answers"), "answers: nothing explains \(missing.joined(separator: ", "))")
    }
    return finding.levels.map { level in
      TeachingQuestion.Answer(
        level: level.id, text: level.title, isRight: right?.contains(level.id) ?? false,
        because: because[level.id] ?? "")
    }
  }
}
