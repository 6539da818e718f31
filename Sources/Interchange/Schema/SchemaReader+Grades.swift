// Grades in a file: a finding with a level, a list, a map of bones, or a block that adds a note.

import Codebooks
import ReviewCore
import Yams

extension SchemaReader {
  /// What a grade may carry beside its value.
  static func gradeSchema(_ finding: Finding?) -> FileSchema {
    let boneless = finding.map { $0.takesBone ? nil : "\($0.id): takes no bone; say it in the note" } ?? nil
    return FileSchema(
      "grade with a note",
      [
        SchemaKey("grade", .grade(finding), required: true, "the grade itself, in any of its forms"),
        SchemaKey("note", .text, "a remark on it"),
        SchemaKey("bone", .bone, refusal: boneless, "for the rim and the halo sign: the bone where it was seen"),
        SchemaKey("image", .image, "series and slice where it was seen"),
        SchemaKey("confidence", .whole(1...5), "1 (guess) to 5 (certain)"),
      ])
  }

  mutating func grades(_ node: Node, _ phase: Phase, _ name: String) -> [FindingID: Grade]? {
    guard case .mapping(let mapping) = node else {
      faults.add(node.place, "\(name): expected findings with their grades, found \(node.kind)")
      return nil
    }
    var grades: [FindingID: Grade] = [:]
    for (keyNode, value) in mapping {
      guard let finding = finding(keyNode, phase, name) else { continue }
      guard grades[finding.id] == nil else {
        faults.add(keyNode.place, "\(name): ‘\(finding.id)’ is graded twice")
        continue
      }
      if value.isEmpty {
        faults.add(keyNode.place, "‘\(keyNode.text ?? "")’ is empty; leave the finding out where it is not graded")
      } else {
        grades[finding.id] = grade(value, finding)
      }
    }
    return grades
  }

  private mutating func finding(_ node: Node, _ phase: Phase, _ name: String) -> Finding? {
    let text = PlainText.brief(node.text ?? node.kind)
    guard let finding = codebook.findings.first(where: { $0.id.rawValue == text }) else {
      let known = codebook.findings(in: phase).filter { !$0.isDerived }.map(\.id.rawValue)
      let near = Spelling.nearest(to: text, in: known) ?? codebook.finding(named: text)?.id.rawValue
      let cure = near.map { "did you mean ‘\($0)’? " } ?? ""
      faults.add(
        node.place, "\(name): there is no finding ‘\(text)’; \(cure)findings: \(known.joined(separator: ", "))")
      return nil
    }
    guard finding.phase.includes(phase), !finding.isDerived else {
      if finding.isDerived {
        faults.add(node.place, "\(name): ‘\(text)’ is worked out from the other findings; leave it out")
        return nil
      }
      let when = finding.phase == .baseline ? "at the baseline" : "at follow-up examinations"
      faults.add(node.place, "\(name): ‘\(text)’ is graded \(when) only")
      return nil
    }
    return finding
  }

  /// A value, or a block with `grade:` and what belongs to it.
  private mutating func grade(_ node: Node, _ finding: Finding) -> Grade? {
    guard case .mapping(let mapping) = node, finding.scale != .map || mapping["grade"] != nil else {
      return gradeValue(node, finding).map { Grade($0) }
    }
    guard let fields = fields(node, Self.gradeSchema(finding)), let value = fields.grade("grade") else { return nil }
    return Grade(
      value, note: fields.text("note"), image: fields.text("image").flatMap { ImageReference($0) },
      bone: fields.word("bone"), confidence: fields.whole("confidence"))
  }

  /// The value in any of its forms: `iso, hyper`; a list; for changes per bone `T11: increased`.
  mutating func gradeValue(_ node: Node, _ finding: Finding) -> GradeValue? {
    var texts: [String] = []
    switch node {
    case .scalar(let scalar): texts = [scalar.string]
    case .sequence(let items):
      for item in items {
        guard let text = item.text else {
          faults.add(item.place, "\(finding.id): expected a level, found \(item.kind)")
          return nil
        }
        texts.append(text)
      }
    case .mapping(let changes) where finding.scale == .map:
      for (bone, level) in changes {
        guard let bone = bone.text, let level = level.text else {
          faults.add(node.place, "\(finding.id): expected bones with their change, as T11: increased")
          return nil
        }
        texts.append("\(bone):\(level)")
      }
    case .mapping, .alias:
      faults.add(node.place, "\(finding.id): expected a level, found \(node.kind)")
      return nil
    }
    do {
      return try finding.value(texts.joined(separator: ","), in: anatomy)
    } catch {
      faults.add(node.place, error.description)
      return nil
    }
  }
}

extension SchemaReader {
  /// Given facts of the codebook: `pain: mechanical`, and of one that has places `pain: {T12: mechanical}`.
  mutating func given(_ node: Node, _ name: String) -> [FindingID: Grade]? {
    guard case .mapping(let mapping) = node else {
      faults.add(node.place, "\(name): expected facts with their levels, found \(node.kind)")
      return nil
    }
    let facts = codebook.givenFacts
    guard !facts.isEmpty else {
      faults.add(node.place, "\(name): the codebook ‘\(codebook.id)’ declares no given facts; leave the key out")
      return nil
    }
    var given: [FindingID: Grade] = [:]
    for (key, value) in mapping {
      let text = PlainText.brief(key.text ?? key.kind)
      if let fact = facts.first(where: { $0.id.rawValue.isSameID(as: text) }) {
        given[fact.id] = gradeValue(value, fact).map { Grade($0) }
        continue
      }
      let places = facts.filter { $0.cell?.finding.rawValue.isSameID(as: text) ?? false }
      guard !places.isEmpty else {
        faults.add(key.place, "\(name): there is no given fact ‘\(text)’; " + cure(text, known(facts)))
        continue
      }
      guard case .mapping(let cells) = value else {
        faults.add(value.place, "\(name): ‘\(text)’ is given for each place, as {\(places[0].cell?.place ?? "T12"): …}")
        continue
      }
      for (placeKey, level) in cells {
        let place = PlainText.brief(placeKey.text ?? placeKey.kind)
        guard let fact = places.first(where: { $0.cell?.place.isSameID(as: place) ?? false }) else {
          faults.add(
            placeKey.place,
            "\(name): ‘\(text)’ has no place ‘\(place)’; " + cure(place, places.compactMap { $0.cell?.place }))
          continue
        }
        given[fact.id] = gradeValue(level, fact).map { Grade($0) }
      }
    }
    return given
  }

  private func known(_ facts: [Finding]) -> [String] {
    facts.map(\.whole.id.rawValue).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
