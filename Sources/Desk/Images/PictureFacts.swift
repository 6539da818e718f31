// What a picture file says of itself, in lines for a person.

import KeyImages
import ReviewCore
import TextSafety

package enum PictureFacts {
  /// Names and words; nothing of it is text of the file.
  package static func lines(of picture: SourcePicture) -> [(name: String, words: String)] {
    let low = picture.values.min() ?? 0
    let high = picture.values.max() ?? 0
    let frames = picture.frames == 1 ? "" : ", \(picture.frames) pictures in the file"
    var lines = [("pixels", "\(picture.columns) × \(picture.rows), stored \(low) to \(high)\(frames)")]
    if let spacing = picture.spacing {
      lines.append(("spacing", "\(spacing.columns.plain) × \(spacing.rows.plain) mm"))
    } else {
      lines.append(("spacing", "not stated: no millimetres"))
    }
    let place = picture.place.map { ", at \($0.decimals(1)) mm" } ?? ""
    lines.append(("plane", (picture.plane?.rawValue ?? "not stated") + place))
    let timing = [picture.tr, picture.te, picture.ti].compactMap { $0?.plain }.joined(separator: "/")
    let series = picture.sequence.map { "\($0.title), by its timing" } ?? "not stated in its header"
    lines.append(("series", series + (timing.isEmpty ? "" : " (\(timing))")))
    let windows = picture.windows.map { "\($0.center.plain)/\($0.width.plain)" }
    let none = "none: shown from darkest to brightest"
    lines.append(("windows", windows.isEmpty ? none : windows.joined(separator: ", ")))
    if picture.mayHaveText {
      lines.append(("caution", "text may be burned into the picture: look before anybody is shown it"))
    }
    return lines
  }
}
