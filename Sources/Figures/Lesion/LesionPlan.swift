// Where the vertebra and its disks lie in a picture of a given size.

/// Where things lie. A small picture is a close-up: it leaves out the upper disk, and the edge of bone on the right.
struct LesionPlan: Hashable {
  let body: Box
  let marrow: Box
  let upperDisk: Box
  let lowerDisk: Box
  let line: Double

  init(_ w: Double, _ h: Double) {
    line = max(1, (h / 22).rounded())
    let disk = max(1, (h * 0.13).rounded())
    let above = h < 18 ? 0 : disk
    let below = h < 8 ? 0 : disk
    let front = w < 8 ? 0 : max(1, (w * 0.11).rounded())
    let behind = w < 18 ? 0 : max(1, (w * 0.09).rounded())
    body = Box(front, above, w - front - behind, h - above - below)
    upperDisk = Box(body.x, 0, body.width, above)
    lowerDisk = Box(body.x, h - below, body.width, below)
    let (left, right) = (front > 0 ? line : 0, w < 16 ? 0 : line)
    let (top, bottom) = (above > 0 ? line : 0, below > 0 ? line : 0)
    marrow = Box(body.x + left, body.y + top, body.width - left - right, body.height - top - bottom)
  }
}
