// The panel of key images: what the viewer shows large.

import Grid
import ReviewCore

extension Panel {
  static let images = Panel(
    .images, "Key images", short: "Images",
    summary: { _ in [("V", .role(.accent)), (" shows them", .role(.muted))] },
    height: { _, _ in 1 },
    draw: { context, canvas, rect in context.drawImages?(&canvas, rect) })
}
