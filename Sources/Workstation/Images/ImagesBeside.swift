// The key images beside what is graded, argued over or taught. They are asked for and made once keys rest: no frame waits
// for them, and no key sends more than it would without them.

import Grid
import KeyImages
import ReviewCore

package struct ImagesBeside: ScreenState {
  /// Which pictures: one place of an examination.
  struct Subject: Hashable, Sendable {
    var patientCase: Case
    var examination: ExaminationID
    /// From 0; nil for the middle.
    var slice: Int?
    /// The slice that this one is on comes first.
    var image: KeyImageID?

    /// The series that are stated of the examination.
    var listed: Set<MRSequence> {
      let acquisitions = patientCase.examination(examination)?.acquisitions ?? []
      return Set(acquisitions.filter(\.isAcquired).map(\.sequence))
    }
  }

  /// What is to be seen of them, and in how many cells.
  struct Wanted: Hashable, Sendable {
    var subject: Subject
    /// Those that come first where there is no room for all, and that stand out.
    var series: [MRSequence] = []
    var marks: [ShownMark] = []
    /// The picture is drawn around the marks.
    var isPointed = false
    /// What a step names, its marks once they may be seen.
    var taught: TeachingImage?
    var size: Size
  }

  /// Those looked at last; nil where there are none. Going back to a finding reads nothing.
  private var known: [(subject: Subject, set: KeyImageSet?)] = []
  private static let kept = 4
  private(set) var picture: BesidePicture?
  /// Whether the case looked at last had some: room is kept for them until it is known of this one.
  private var isExpected = false

  package init() {}

  /// Whether room is kept: there are some, or it is not known and the last case had some.
  func hasRoom(_ patientCase: Case, _ examination: ExaminationID) -> Bool {
    let here = known.last { $0.subject.patientCase == patientCase && $0.subject.examination == examination }
    return here.map { $0.set != nil } ?? isExpected
  }

  /// Whether the images of an examination, as far as they were seen, are simulated.
  func isSimulated(_ patientCase: Case, _ examination: ExaminationID) -> Bool {
    known.contains {
      $0.subject.patientCase == patientCase && $0.subject.examination == examination && $0.set?.mark != nil
    }
  }

  /// Nil where it was not asked for.
  func answer(_ subject: Subject) -> KeyImageSet?? { known.last { $0.subject == subject }?.set }

  mutating func keep(_ set: KeyImageSet?, of subject: Subject) {
    known.removeAll { $0.subject == subject }
    known.append((subject, set))
    if known.count > Self.kept { known.removeFirst() }
  }

  /// Images come and go: what is shown stays until it is asked for anew.
  mutating func forget() { known = [] }

  mutating func show(_ wanted: Wanted, _ set: KeyImageSet?) {
    isExpected = set != nil
    guard let set else {
      picture = nil
      return
    }
    if picture?.wanted != wanted || picture?.set != set { picture = BesidePicture(wanted, set) }
  }
}

extension State {
  package var beside: ImagesBeside {
    get { self[ImagesBeside.self] }
    set { self[ImagesBeside.self] = newValue }
  }

  /// Nothing was done for a moment: what takes long is done now.
  mutating func rest() -> [Effect] {
    guard let wanted = wantedBeside else { return [] }
    guard let set = beside.answer(wanted.subject) else { return [.ask(.imagesBeside(wanted.subject))] }
    beside.show(wanted, set)
    return []
  }
}

extension Request {
  fileprivate static func imagesBeside(_ subject: ImagesBeside.Subject) -> Request {
    Request("images beside", of: subject) { study in
      let set = try study.keyImages(
        of: subject.patientCase, at: subject.examination, slice: subject.slice, showing: subject.image)
      return { state in
        state.beside.keep(set, of: subject)
        if let wanted = state.wantedBeside, wanted.subject == subject { state.beside.show(wanted, set) }
        return []
      }
    }
  }
}

/// The pictures as they are drawn: as many series as have room, at one place.
struct BesidePicture: Sendable {
  struct Tile: Sendable {
    let sequence: MRSequence
    let frame: ImageFrame
    let seen: SeenPicture
    let marks: [ShownMark]
    let x: Int
    /// False for a simulated series that is not among those listed of the examination.
    let isListed: Bool
  }

  let wanted: ImagesBeside.Wanted
  let set: KeyImageSet
  let crop: ImageCrop
  let tiles: [Tile]
  private let footRows: Int

  /// A picture of fewer rows shows nothing.
  static let fewestRows = 6

  init(_ wanted: ImagesBeside.Wanted, _ set: KeyImageSet) {
    (self.wanted, self.set) = (wanted, set)
    let isOneLine = (set.mark?.count ?? 0) + Self.place(set).count + 3 <= wanted.size.width
    footRows = isOneLine ? 1 : 2
    let rows = wanted.size.height - 1 - footRows
    let here = wanted.marks.map(\.mark).filter { set.isHere($0) }
    guard rows >= Self.fewestRows else {
      (crop, tiles) = (ImageCrop(), [])
      return
    }
    let shown = Self.series(wanted, set, rows: rows, marked: here)
    let whole = shown.compactMap { set.frames[$0.sequence] }.map { Self.columns($0, rows: rows) }.max() ?? 1
    let crop = Self.crop(wanted, set, around: here, across: Double(shown.first?.width ?? 1) / Double(whole))
    self.crop = crop
    let listed = wanted.subject.listed
    var x = 0
    tiles = shown.compactMap { sequence, width in
      guard let frame = set.frames[sequence] else { return nil }
      let whole = Self.columns(frame, rows: rows)
      let size = Size(width: min(width, Int(Double(whole) * crop.zoom)), height: rows)
      let window = wanted.taught?.window.map { GreyWindow(center: $0.center, width: $0.width) } ?? frame.window
      let taught = (wanted.taught?.marks ?? []).map { ShownMark(mark: $0.mark(on: frame)) }
      defer { x += size.width + 1 }
      return Tile(
        sequence: sequence, frame: frame, seen: SeenPicture(frame, crop: crop, window: window, size: size),
        marks: wanted.marks.filter { $0.isOn(frame, in: set) } + taught, x: x,
        isListed: set.mark == nil || listed.isEmpty || listed.contains(sequence))
    }
  }

  private static func place(_ set: KeyImageSet) -> String { "slice \(set.slice + 1) of \(set.slices)" }

  /// Columns of a whole picture.
  private static func columns(_ frame: ImageFrame, rows: Int) -> Int {
    max(1, Int(Double(2 * rows * frame.columns) / (Double(frame.rows) * frame.aspect)))
  }

  /// As many as have room for a spine each, those that are wanted first, then those listed of the examination; what is pointed into before all, whole. With the
  /// columns of each.
  private static func series(
    _ wanted: ImagesBeside.Wanted, _ set: KeyImageSet, rows: Int, marked: [ImageMark]
  ) -> [(sequence: MRSequence, width: Int)] {
    let listed = wanted.subject.listed
    let drawn = set.series.filter { set.frames[$0] != nil }
    let there = drawn.filter(listed.contains) + drawn.filter { !listed.contains($0) }
    if let taught = wanted.taught, there.contains(taught.series) { return [(taught.series, wanted.size.width)] }
    let whole = there.compactMap { set.frames[$0] }.map { columns($0, rows: rows) }.max() ?? 1
    let narrowest = max(12, min(whole, 2 * rows / 3))
    func fitting(_ width: Int, _ room: Int) -> Int { max(0, (room + 1) / (width + 1)) }
    func beside(_ series: some Collection<MRSequence>, _ room: Int) -> [(sequence: MRSequence, width: Int)] {
      series.map { ($0, (room - series.count + 1) / series.count) }
    }
    let images = Set(wanted.isPointed ? marked.map(\.image) : [])
    if let pointed = there.first(where: { set.frames[$0].map { images.contains($0.id) } ?? false }) {
      let room = wanted.size.width - whole - 1
      let others = there.filter { $0 != pointed }.prefix(fitting(narrowest, room))
      return [(pointed, others.isEmpty ? wanted.size.width : whole)] + beside(others, room)
    }
    let first = there.filter(wanted.series.contains)
    let most = max(1, fitting(narrowest, wanted.size.width))
    // Others stand beside those of the finding where these are whole already.
    let count = first.isEmpty ? most : min(most, max(first.count, fitting(whole, wanted.size.width)))
    let chosen = (first + there.filter { !first.contains($0) }).prefix(count)
    return beside(there.filter(chosen.contains), wanted.size.width)
  }

  /// Around the marks, as large as they allow; what a step names; or the whole picture.
  ///
  /// - Parameter across: how wide a picture may be drawn, of its own width.
  private static func crop(
    _ wanted: ImagesBeside.Wanted, _ set: KeyImageSet, around marks: [ImageMark], across: Double
  ) -> ImageCrop {
    if let taught = wanted.taught { return ImageCrop(x: taught.x / 100, y: taught.y / 100, zoom: taught.zoom) }
    let whole = set.mark == nil ? ImageCrop() : ImagesState.whole
    guard wanted.isPointed, let mark = marks.first,
      let frame = set.frames.values.first(where: { $0.id == mark.image })
    else { return whole }
    let places = marks.flatMap { [$0.at, $0.to] }.map { point in
      let (column, row) = frame.plane.pixel(point)
      return (x: column / Double(frame.columns), y: row / Double(frame.rows))
    }
    let (left, right) = (places.map(\.x).min() ?? 0, places.map(\.x).max() ?? 1)
    let (top, bottom) = (places.map(\.y).min() ?? 0, places.map(\.y).max() ?? 1)
    let room = max(0.01, 2.5 * (bottom - top), 1.25 * (right - left) / across)
    let zoom = ImageCrop.zooms.last { $0 <= min(2.8, 1 / room) } ?? 1
    return ImageCrop(
      x: min(1, max(0, (left + right) / 2)), y: min(1, max(0, (top + bottom) / 2)), zoom: zoom)
  }

  /// - Parameter series: those that stand out now.
  func draw(_ canvas: inout Canvas, _ rect: Rect, series: [MRSequence]) {
    guard ImagePicture.isShown(canvas.look) else { return drawWords(&canvas, rect) }
    for tile in tiles {
      let place = Rect(x: rect.x + tile.x, y: rect.y, width: tile.seen.size.width, height: rect.height)
      let style = Style.role(series.contains(tile.sequence) ? .accent : .heading)
      let remark = tile.isListed ? "" : " unlisted"
      let isWhole = tile.sequence.title.count + remark.count <= place.width
      canvas.put(
        [(isWhole ? tile.sequence.title : tile.sequence.shortTitle, style), (remark, .role(.muted))], x: place.x,
        y: place.y, clip: place)
      tile.seen.draw(&canvas, x: place.x, y: place.y + 1, isCoarse: true)
      let inside = Rect(x: place.x, y: place.y + 1, width: place.width, height: tile.seen.size.height)
      ShownMark.draw(tile.marks, on: tile.frame, crop, inside, &canvas)
    }
    guard !tiles.isEmpty else { return }
    let foot = rect.maxY - footRows
    if let mark = set.mark {
      for (row, line) in canvas.wrapped(mark, columns: rect.width).prefix(footRows).enumerated() {
        canvas.put(line, x: rect.x, y: foot + row, .role(.muted), clip: rect)
      }
    }
    let place = Self.place(set)
    if set.mark == nil {
      canvas.put(place, x: rect.x, y: foot, .role(.muted), clip: rect)
    } else {
      canvas.put(place, right: rect.maxX, y: rect.maxY - 1, .role(.muted), clip: rect)
    }
  }

  /// Where there are no greys: which they are. What is on them in words is for whoever opens them: unasked, beside what
  /// is being graded, it would be read before one has looked.
  private func drawWords(_ canvas: inout Canvas, _ rect: Rect) {
    var y = rect.y
    let series = set.series.filter { set.frames[$0] != nil }.map(\.shortTitle).joined(separator: ", ")
    let lines = ["\(Self.place(set)), \(set.place)", series, "V tells what is on them", set.mark].compactMap(\.self)
    for (index, text) in lines.enumerated() {
      let style: Style = index == 0 ? .role(.heading) : .plain
      for line in canvas.wrapped(text, columns: rect.width) where y < rect.maxY {
        canvas.put(line, x: rect.x, y: y, style, clip: rect)
        y += 1
      }
    }
  }
}
