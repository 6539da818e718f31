// Where the panels of the case screen stand, by size.

import Grid

/// Wide screens show all panels; narrower ones fold them into one-line summaries beside the focused panel.
struct CaseLayout {
  /// Boxes with their borders. Neighbours share an edge.
  var boxes: [(panel: PanelID, rect: Rect)] = []
  /// Summaries of the folded layout; empty where nothing is folded.
  var summaries = Rect(x: 0, y: 0, width: 0, height: 0)
  /// The lesion picture's box; empty where there is no room.
  var picture = Rect(x: 0, y: 0, width: 0, height: 0)
  /// The inside of the panel of key images; nil where it is not there.
  var images: Rect? { boxes.first { $0.panel == .images }?.rect.inset(by: 2, 1) }
  /// The inside of the focused panel.
  var focused = Rect(x: 0, y: 0, width: 0, height: 0)
  private let context: PanelContext?

  init(_ state: State) {
    let body = state.body
    context = state.panelContext
    let isFile = !state.session.codebook.hasPictures
    if state.caseScreen.isEnlarged {
      boxes = [(state.caseScreen.focus, body)]
    } else if body.width >= 118, body.height >= 36 {
      if isFile { wideOfFile(body, state.caseScreen.focus) } else { wide(body, state.caseScreen.focus) }
    } else {
      folded(body, state.caseScreen.focus, panels: Panel.onScreen(state.session.codebook).count, hasPicture: !isFile)
    }
    focused = (boxes.first { $0.panel == state.caseScreen.focus }?.rect ?? body).inset(by: 2, 1)
  }

  private mutating func wide(_ body: Rect, _ focus: PanelID) {
    let spineWidth = 24
    let lowHeight = max(11, body.height * 3 / 10)
    // A column of their own for key images where there is room; else they stand in the place of the signs once one goes
    // to them.
    let imagesWidth = body.width >= 170 ? body.width * 28 / 100 : 0
    let rest = body.width - spineWidth - imagesWidth
    let middleWidth = rest * 53 / 100
    let upper = Rect(x: 0, y: body.y, width: body.width, height: body.height - lowHeight + 1)
    let low = Rect(x: 0, y: upper.maxY - 1, width: body.width, height: lowHeight)
    let middleX = spineWidth - 1
    let rightX = middleX + middleWidth - 1 + imagesWidth
    boxes.append((.spine, Rect(x: 0, y: upper.y, width: spineWidth, height: upper.height)))
    stack(
      [(.clinical, 13), (.signal, 8), (.softTissue, 8)],
      Rect(x: middleX, y: upper.y, width: middleWidth, height: upper.height))
    if imagesWidth > 0 {
      boxes.append(
        (
          .images,
          Rect(x: middleX + middleWidth - 1, y: upper.y, width: imagesWidth + 1, height: upper.height)
        ))
    }
    let right = Rect(x: rightX, y: upper.y, width: body.width - rightX, height: upper.height)
    if imagesWidth == 0, focus == .images {
      boxes.append((.images, right))
    } else {
      signs(right)
    }
    let followUpWidth = body.width * 55 / 100
    let readersWidth = (body.width - followUpWidth) * 45 / 100
    boxes.append((.followUp, Rect(x: 0, y: low.y, width: followUpWidth, height: low.height)))
    boxes.append(
      (.readers, Rect(x: followUpWidth - 1, y: low.y, width: readersWidth + 1, height: low.height)))
    boxes.append(
      (
        .examinations,
        Rect(
          x: followUpWidth + readersWidth - 1, y: low.y, width: body.width - followUpWidth - readersWidth + 1,
          height: low.height)
      ))
  }

  /// The lesion, and below it the signs seen on it.
  private mutating func signs(_ right: Rect) {
    let pictureHeight = max(9, right.height / 3)
    picture = Rect(x: right.x, y: right.y, width: right.width, height: pictureHeight)
    stack(
      [(.enhancement, 6), (.rim, 6), (.halo, 6)],
      Rect(x: right.x, y: right.y + pictureHeight - 1, width: right.width, height: right.height - pictureHeight + 1))
  }

  /// Panels under each other in the proportions given, sharing edges, filling the height. Every case has them in the
  /// same places, unless one panel needs rows that another leaves empty.
  private mutating func stack(_ panels: [(PanelID, Int)], _ rect: Rect) {
    let total = panels.reduce(0) { $0 + $1.1 - 1 }
    var ends = [0]
    for (_, height) in panels { ends.append(ends[ends.count - 1] + height - 1) }
    // Rows from edge to edge: the inside and one border.
    var rows = zip(ends, ends.dropFirst()).map { from, to in
      to * (rect.height - 1) / total - from * (rect.height - 1) / total
    }
    if let context {
      let needed = panels.map { Panel.of($0.0).height(context, rect.width - 4) + 1 }
      for (index, need) in needed.enumerated() {
        for other in rows.indices where rows[index] < need && rows[other] > needed[other] {
          let given = min(need - rows[index], rows[other] - needed[other])
          rows[other] -= given
          rows[index] += given
        }
      }
    }
    var y = rect.y
    for ((panel, _), height) in zip(panels, rows) {
      boxes.append((panel, Rect(x: rect.x, y: y, width: rect.width, height: height + 1)))
      y += height
    }
  }

  /// Findings over the whole height, what follows from them beside it, the rest below that; key images as in `wide`.
  private mutating func wideOfFile(_ body: Rect, _ focus: PanelID) {
    let left = body.width * (body.width >= 170 ? 40 : 48) / 100
    let images = body.width >= 170 ? body.width * 28 / 100 : 0
    boxes.append((.findings, Rect(x: 0, y: body.y, width: left, height: body.height)))
    if images > 0 { boxes.append((.images, Rect(x: left - 1, y: body.y, width: images + 1, height: body.height))) }
    let right = Rect(x: left + images - 1, y: body.y, width: body.width - left - images + 1, height: body.height)
    if images == 0, focus == .images {
      boxes.append((.images, right))
    } else {
      stack([(.derived, 14), (.clinical, 13), (.readers, 9), (.examinations, 8)], right)
    }
  }

  private mutating func folded(_ body: Rect, _ focus: PanelID, panels count: Int, hasPicture: Bool) {
    let left = body.width * 46 / 100
    summaries = Rect(x: 0, y: body.y, width: left, height: min(count, body.height))
    let below = Rect(x: 0, y: body.y + count, width: left, height: body.height - count)
    if hasPicture, below.height >= 6 { picture = below }
    boxes = [(focus, Rect(x: left, y: body.y, width: body.width - left, height: body.height))]
  }
}
