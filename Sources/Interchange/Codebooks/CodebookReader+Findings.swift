// Bodies, scales, findings and given facts.

import Codebooks
import Yams

extension CodebookReader {
  mutating func body(_ node: Node) -> Body? {
    if let text = node.text {
      if text != "spine" {
        fault(node.place, "body: there is no ‘\(PlainText.brief(text))’; allowed: spine, or a block of places")
      }
      return .spine
    }
    guard let fields = reader.fields(node, CodebookSchema.body) else { return nil }
    var body = Body(places: [])
    var seen: Set<String> = []
    for place in fields.records("places") ?? [] {
      guard let id = place.text("id"), let region = place.text("region") else { continue }
      if !seen.insert(id.asID).inserted { fault(place.place(of: "id"), "there are two places ‘\(id)’") }
      if id.asID == "none" || id.asID == "several" {
        fault(place.place(of: "id"), "‘\(id)’ is a word of the language of conditions; choose another id for the place")
      }
      body.places.append(BodyPlace(id, title: place.text("title"), region: region))
    }
    if body.places.count > 500 {
      fault(fields.place(of: "places"), "\(body.places.count) places; a body has at most 500")
    }
    for extent in fields.records("extents") ?? [] {
      guard let id = extent.text("id") else { continue }
      if !seen.insert(id.asID).inserted { fault(extent.place(of: "id"), "there are two places ‘\(id)’") }
      var covered: Set<Int> = []
      for word in words(extent, "places") ?? [] {
        guard let places = body.named(word.text) else {
          fault(FilePosition(word.spot.line, word.spot.column), "there is no place ‘\(PlainText.brief(word.text))’")
          continue
        }
        covered.formUnion(places)
      }
      body.extents.append(
        BodyExtent(id, title: extent.text("title"), places: covered, countsAsOne: extent.has("counts_as")))
    }
    return body
  }

  // MARK: scales

  mutating func namedScales(_ node: Node) {
    for (name, value) in pairs(node, "scales") {
      if name.text == "present" {
        fault(FilePosition(name.spot.line, name.spot.column), "the scale ‘present’ is built in; choose another name")
      } else if let scale = scale(block: value) {
        scales[name.text] = scale
      }
    }
  }

  /// A scale by its name, or in place.
  mutating func scale(_ fields: Fields) -> AnswerScale? {
    guard let node = fields.node("scale") else { return nil }
    guard let name = node.text else { return scale(block: node) }
    if let scale = scales[name] { return scale }
    fault(
      node.place,
      "there is no scale ‘\(PlainText.brief(name))’; " + reader.cure(PlainText.brief(name), scales.keys.sorted()))
    return nil
  }

  private mutating func scale(block node: Node) -> AnswerScale? {
    guard let fields = reader.fields(node, CodebookSchema.scale),
      let kind: AnswerScale.Kind = fields.word("kind")
    else { return nil }
    var scale = AnswerScale(kind)
    scale.isOrdered = fields.yesNo("ordered") ?? (kind == .number)
    scale.atMost = fields.whole("at_most")
    scale.setPoints = fields.word("points")
    scale.only = words(fields, "only")
    scale.takesExtents = fields.yesNo("extents") ?? false
    scale.unit = fields.text("unit")
    (scale.from, scale.to, scale.step) = (exact(fields, "from"), exact(fields, "to"), exact(fields, "step"))
    if let from = scale.from, let to = scale.to, to < from {
      fault(fields.place(of: "to"), "to: \(to) is less than ‘from’, \(from)")
    }
    if let step = scale.step, step <= .zero {
      fault(fields.place(of: "step"), "step: \(step) is not a step; it is more than 0")
    }
    if let node = fields.node("levels") { scale.levels = levels(node) }
    let takesLevels = kind == .choice || kind == .set
    if takesLevels, scale.levels.count < (kind == .choice ? 2 : 1) {
      fault(fields.place, "scale: a \(kind.rawValue) needs levels to choose from; list them under ‘levels’")
    }
    let misplaced: [(key: String, isTaken: Bool)] = [
      ("levels", takesLevels), ("points", kind == .set), ("at_most", kind == .set || kind == .places),
      ("only", kind == .places), ("extents", kind == .places), ("unit", kind == .number), ("from", kind == .number),
      ("to", kind == .number), ("step", kind == .number),
    ]
    for entry in misplaced where !entry.isTaken && fields.has(entry.key) {
      fault(fields.place(of: entry.key), "a scale of kind ‘\(kind.rawValue)’ takes no ‘\(entry.key)’; delete it")
    }
    return scale
  }

  private mutating func levels(_ node: Node) -> [ScaleLevel] {
    guard case .sequence(let items) = node else {
      fault(node.place, "levels: expected a list (lines that begin with ‘- ’, or [a, b]), found \(node.kind)")
      return []
    }
    if items.count > 60 {
      fault(node.place, "\(items.count) levels; a scale has at most 60, and a number is a scale of kind ‘number’")
      return []
    }
    return items.enumerated().compactMap { level($0.element, position: $0.offset, count: items.count) }
  }

  private mutating func level(_ node: Node, position: Int, count: Int) -> ScaleLevel? {
    var fields = Fields(place: node.place)
    let id: Written
    if node.text != nil {
      guard let word = word(node, "levels") else { return nil }
      guard word.text.isIdentifier else {
        fault(
          node.place, "levels: ‘\(PlainText.brief(word.text))’ is not an id; give the level an id and this as its title"
        )
        return nil
      }
      id = word
    } else {
      guard let block = reader.fields(node, CodebookSchema.level), block.text("id") != nil else { return nil }
      (fields, id) = (block, written(block, "id"))
    }
    let number = id.text.plainWhole
    let own = number.flatMap { (0...9).contains($0) && id.text.utf8.count == 1 ? $0 : nil }
    let key = count > 9 && own == nil ? nil : fields.whole("key") ?? own ?? position + 1
    let glyph = fields.text("glyph") ?? key.map(String.init) ?? id.text.unicodeScalars.first.map { String($0) } ?? "?"
    if PlainText.columns(glyph) != 1 {
      fault(
        fields.place(of: "glyph"),
        "glyph: ‘\(PlainText.brief(glyph))’ takes \(PlainText.columns(glyph)) columns; it has one")
    }
    return ScaleLevel(
      id, title: fields.text("title"), glyph: glyph, tone: fields.word("tone") ?? .plain,
      points: exact(fields, "points"),
      isOffScale: fields.yesNo("off_scale") ?? false, key: key, code: fields.whole("code") ?? number ?? position + 1)
  }

  // MARK: findings

  mutating func finding(_ fields: Fields) -> WrittenFinding? {
    guard fields.has("id"), let scale = scale(fields) else { return nil }
    let id = written(fields, "id")
    let title = fields.text("title") ?? id.text.replacing("_", with: " ")
    var finding = WrittenFinding(
      id, title: title, short: fields.text("short") ?? String(title.prefix(12)), scale: scale)
    if let short = fields.text("short"), PlainText.columns(short) > 12 {
      fault(
        fields.place(of: "short"),
        "short: ‘\(PlainText.brief(short))’ takes \(PlainText.columns(short)) columns; it has 12")
    }
    finding.per = words(fields, "per")
    finding.asksEveryPlace = fields.yesNo("every") ?? false
    finding.when = condition(fields, "when")
    finding.at = fields.word("at")
    finding.now = optional(fields, "now")
    finding.isComparison = fields.yesNo("comparison") ?? false
    finding.readOn = words(fields, "read_on") ?? []
    finding.definition = fields.text("definition") ?? ""
    finding.source = fields.text("source")
    finding.aliases = words(fields, "aliases") ?? []
    finding.sameWithin = exact(fields, "same_within")
    if finding.sameWithin != nil, scale.kind != .number {
      fault(fields.place(of: "same_within"), "same_within: only numbers have a distance; delete it")
    }
    finding.takesPlaceOfSign = fields.yesNo("seen_at") ?? false
    finding.isAskedAfterwards = fields.yesNo("afterwards") ?? false
    finding.rest = optional(fields, "rest")
    finding.isCompared = fields.yesNo("compare") ?? true
    return finding
  }

  mutating func given(_ fields: Fields) -> WrittenFinding? {
    guard fields.has("id"), let scale = scale(fields) else { return nil }
    let id = written(fields, "id")
    let title = fields.text("title") ?? id.text.replacing("_", with: " ")
    var fact = WrittenFinding(id, title: title, short: String(title.prefix(12)), scale: scale)
    fact.per = words(fields, "per")
    (fact.isGiven, fact.isWithheld) = (true, fields.yesNo("withheld") ?? false)
    return fact
  }
}
