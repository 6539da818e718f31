// Draws the image viewer: one row of series at the same place of the patient, or one series large.

import Grid
import KeyImages
import ReviewCore

func imagesHead(_ state: State) -> Line {
  let images = state.images
  guard let patientCase = images.patientCase else { return [("Images", .role(.heading, .bold))] }
  var parts =
    images.isTaught
    ? [HeadPart("Images", .role(.heading, .bold))]
    : [HeadPart("Images of", patientCase.id), HeadPart("  \(patientCase.patient)", .plain, gives: 1)]
  parts.append(HeadPart("  \(images.examination.title)", .plain))
  if let compared = images.compared { parts.append(HeadPart(" and \(compared.title)", .plain)) }
  if let shown = images.shown {
    parts.append(HeadPart("   slice \(shown.slice + 1) of \(shown.slices)", .plain))
    parts.append(HeadPart(", \(shown.place)", .role(.muted)))
  }
  if images.crop.zoom > 1 { parts.append(HeadPart("   zoom \(images.crop.zoom.plain)", .role(.accent))) }
  if let window = images.greys.title { parts.append(HeadPart("   \(window)", .role(.accent), gives: 2)) }
  return fitting(parts, columns: state.size.width - 2)
}

func renderImages(_ state: State, _ canvas: inout Canvas) {
  let images = state.images
  let area = state.body
  let (body, foot) = area.splitTop(area.height - 1)
  var rows: [(ExaminationID, Int)] = [(images.examination, images.slice)]
  if let compared = images.compared { rows.append((compared, images.comparedSlice)) }
  if !ImagePicture.isShown(canvas.look) { return renderImageWords(state, rows, area, &canvas) }
  renderMark(state, rows, foot, &canvas)
  if images.large != nil, rows.count == 2 {
    let width = (body.width - 1) / 2
    for (index, row) in rows.enumerated() {
      let rect = Rect(x: body.x + index * (width + 1), y: body.y, width: width, height: body.height)
      renderRow(row, state, isNamed: true, rect, &canvas)
    }
    return
  }
  let height = body.height / rows.count
  for (index, row) in rows.enumerated() {
    let rect = Rect(x: body.x, y: body.y + index * height, width: body.width, height: height)
    renderRow(row, state, isNamed: rows.count > 1, rect, &canvas)
  }
}

/// One examination: its series beside each other, each under its name.
private func renderRow(
  _ row: (examination: ExaminationID, slice: Int), _ state: State, isNamed: Bool, _ rect: Rect, _ canvas: inout Canvas
) {
  let images = state.images
  guard let set = images.images(at: row.examination, slice: row.slice) else {
    return renderNothing(row, images, rect, &canvas)
  }
  let alone = images.large.flatMap { set.series.contains($0) ? $0 : nil }
  let all = set.series.enumerated().filter { alone == nil || alone == $0.element }
  let width = (rect.width - all.count + 1) / max(1, all.count)
  for (place, entry) in all.enumerated() {
    let tile = Rect(x: rect.x + place * (width + 1), y: rect.y, width: width, height: rect.height)
    let (label, picture) = tile.splitTop(1)
    canvas.put(
      [
        ("\(entry.offset + 1) ", .role(.accent)), (entry.element.title, .role(.heading)),
        (isNamed && place == 0 ? "  \(row.examination.title)" : "", .role(.muted)),
      ], x: label.x + 1, y: label.y, clip: label)
    guard let frame = set.frames[entry.element] else {
      canvas.put(
        set.mark == nil ? "no image here" : "not acquired", x: picture.x + 1, y: picture.y + 1, .role(.muted),
        clip: picture)
      continue
    }
    ImagePicture(
      frame, crop: images.crop, greys: images.greys, dithers: all.count == 1, isCoarse: state.isHurried,
      window: alone == nil ? nil : images.chosen
    ).draw(&canvas, picture)
    var marks = state.shownMarks(at: row.examination).filter { $0.isOn(frame, in: set) }
    marks += state.taughtMarks(on: frame, entry.element, in: set)
    if let pointing = state.overlay as? Pointing, images.examination == row.examination,
      frame == images.pointedFrame?.frame
    {
      marks.append(ShownMark(mark: pointing.mark(on: frame, zoom: images.crop.zoom), role: .focus))
    }
    ShownMark.draw(marks, on: frame, images.crop, picture, &canvas)
  }
}

private func renderNothing(
  _ row: (examination: ExaminationID, slice: Int), _ images: ImagesState, _ rect: Rect, _ canvas: inout Canvas
) {
  let lines = nothingWords(row, images).flatMap { canvas.wrapped($0, columns: rect.width - 4) }
  for (index, line) in lines.prefix(rect.height).enumerated() {
    canvas.put(line, x: rect.x + 2, y: rect.y + 1 + index, .role(.muted), clip: rect)
  }
}

private func nothingWords(_ row: (examination: ExaminationID, slice: Int), _ images: ImagesState) -> [String] {
  let words =
    if let count = images.count(row.examination), !(0..<count).contains(row.slice) {
      "\(row.examination.title): there is no slice \(row.slice + 1); o and O set the second examination off"
    } else if images.isEmpty(row.examination) {
      images.patientCase?.examinations.count ?? 0 > 1
        ? "There are no key images of \(row.examination.title); { and } go to another examination."
        : "There are no key images of this case."
    } else {
      "…"
    }
  return [words]
}

/// What the pictures are, and how much of the patient is seen.
private func renderMark(
  _ state: State, _ rows: [(ExaminationID, Int)], _ rect: Rect, _ canvas: inout Canvas
) {
  let images = state.images
  guard let set = rows.lazy.compactMap({ images.images(at: $0.0, slice: $0.1) }).first else { return }
  if let mark = set.mark { canvas.put(mark, x: rect.x + 1, y: rect.y, .role(.muted), clip: rect) }
  guard let frame = set.frames.values.first else { return }
  let millimetres = Int((Double(frame.rows) * frame.spacing / images.crop.zoom).rounded())
  let height = millimetres == 0 ? "no millimetres stated" : "\(millimetres) mm high"
  let isOff = images.compared != nil && images.offset != 0
  let offset = isOff ? "second row \(images.offset > 0 ? "+" : "−")\(abs(images.offset))   " : ""
  let right = "\(offset)\(height)"
  if let words = state.markedWords {
    let x = rect.x + 1 + (set.mark.map { $0.count + 3 } ?? 0)
    // What the next key does is whole before the size is told.
    let end = canvas.put(words, x: x, y: rect.y, .role(.accent), clip: rect) + x
    guard end + 3 + right.count < rect.maxX else { return }
  }
  canvas.put(right, right: rect.maxX - 1, y: rect.y, .role(.muted), clip: rect)
}

/// Where there are no greys and no blocks: what is on the pictures, measured.
private func renderImageWords(
  _ state: State, _ rows: [(ExaminationID, Int)], _ area: Rect, _ canvas: inout Canvas
) {
  let images = state.images
  var lines: [(text: String, style: Style, indent: Int)] = []
  func add(_ text: String, _ style: Style, indent: Int) {
    lines += canvas.wrapped(text, columns: area.width - indent - 2).map { ($0, style, indent) }
  }
  // First what one came to look at.
  if let words = state.markedWords { add(words, .role(.accent), indent: 1) }
  for (examination, slice) in rows {
    guard let set = images.images(at: examination, slice: slice) else {
      for line in nothingWords((examination, slice), images) { add(line, .role(.muted), indent: 2) }
      continue
    }
    add("\(examination.title), slice \(slice + 1): \(set.mark ?? set.place)", .role(.heading), indent: 1)
    for line in set.words { add(line, .plain, indent: 3) }
  }
  // The arrows move a picture; here they go through what is said of it.
  let top = max(0, min(images.wordRows, lines.count - area.height))
  for (row, line) in lines.dropFirst(top).prefix(area.height).enumerated() {
    canvas.put(line.text, x: area.x + line.indent, y: area.y + row, line.style, clip: area)
  }
  if top > 0 { canvas.put("↑", x: area.maxX - 1, y: area.y, .role(.focus)) }
  if lines.count > top + area.height { canvas.put("↓", x: area.maxX - 1, y: area.maxY - 1, .role(.focus)) }
}
