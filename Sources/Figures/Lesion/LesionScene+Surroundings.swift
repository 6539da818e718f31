// What surrounds the vertebral body: disks, endplates, soft tissue.

extension LesionScene {
  mutating func drawDisks() {
    for slot in [plan.upperDisk, plan.lowerDisk] {
      switch appearance.disks {
      case .notGraded: add(.rect, slot, .ungradedDisk)
      case .preserved:
        add(.rect, slot, .disk)
        if slot.height >= 3 { add(.rect, slot.part(0.2, 0.5, 0.6, 0).inset(0, -0.5), .cleft) }
      case .involved:
        // Lower, its signal altered, without a cleft (source paper, Methods).
        let lower = max(1, (slot.height * 0.5).rounded())
        let y = slot.y == 0 ? slot.height - lower : slot.y
        if slot.height > 0 { add(.rect, Box(slot.x, y, slot.width, lower), .involvedDisk) }
      }
    }
  }

  /// An involved disk and the bone beside it: the endplate is interrupted.
  mutating func openEndplates() {
    let middle = plan.body.part(0.3, 0, 0.4, 1)
    let x = middle.x.rounded(), width = middle.width.rounded()
    if plan.upperDisk.height > 0 { add(.rect, Box(x, plan.body.y, width, plan.line), .involvedDisk) }
    if plan.lowerDisk.height > 0 { add(.rect, Box(x, plan.lowerDisk.y - plan.line, width, plan.line), .involvedDisk) }
  }

  mutating func drawSoftTissue() {
    let front = plan.body.x
    let h = Double(height)
    guard front > 0 else { return }
    switch appearance.softTissue {
    case .none: break
    case .limited: add(.ellipse, Box(0, (h * 0.34).rounded(), front * 2, (h * 0.32).rounded()), .inflamed)
    case .extensive:
      add(.rect, Box(0, (h * 0.08).rounded(), front, (h * 0.84).rounded()), .inflamed)
      let back = plan.body.x + plan.body.width
      add(.rect, Box(back, (h * 0.16).rounded(), Double(width) - back, (h * 0.68).rounded()), .inflamed)
    }
    if appearance.hasAbscess {
      let wall = Box(0, (h * 0.52).rounded(), front * 2, max(3, (h * 0.34).rounded()))
      add(.ellipse, wall, .abscessWall)
      add(.ellipse, wall.inset(front > 2 ? 1 : 0, 1), .fluid)
    }
  }
}
