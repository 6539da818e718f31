// The spine map shows the bones, in every form.

import Figures
import Grid
import ReviewCore
import Testing

@Suite struct SpineMapTests {
  private func map(_ number: Int) -> SpineMap {
    let paper = PaperCase.all[number - 1]
    return SpineMap(
      paper.appearance[ID.involvedBones], biopsies: Set((paper.patient.biopsies ?? []).compactMap(\.bone)))
  }

  private static func changes(_ levels: [Bone: LevelID]) -> BoneChanges {
    BoneChanges(levels, Codebook.vertebralOsteomyelitis[ID.lesionChanges])
  }

  private var changed: SpineMap {
    var map = map(5)
    map.changes = Self.changes(PaperCase.all[4].values("5")[ID.lesionChanges]?.changes ?? [:])
    return map
  }

  @Test func formsAreAsReviewed() {
    let sizes = [(32, 27), (16, 30), (9, 29), (28, 15), (16, 18), (14, 9), (28, 5), (78, 1), (42, 2), (10, 1)]
    let text = sizes.flatMap { width, height in
      [map(3), changed, map(7)].map { map in
        "\(width)×\(height)\n" + Golden.drawn(width, height) { map.draw(into: &$0, rect: $1) }.text + "\n"
      }
    }.joined()
    Golden.check(text, "spine-map")
  }

  /// A change does not take the mark of the baseline away, of the sacrum and the girdles no more than of a vertebra.
  @Test(arguments: forms.filter { !$0.notes.isEmpty })
  func everyBoneKeepsItsMark(form: SpineLayout) {
    let anatomy = Self.anatomy(of: form)
    let map = SpineMap(
      .sites(anatomy.bones.map(Site.bone)),
      changes: Self.changes(Dictionary(uniqueKeysWithValues: anatomy.bones.map { ($0, "resolved") })),
      anatomy: anatomy)
    let size = Size(width: form.size.width, height: form.size.height + 2)
    let drawn = Golden.drawn(size.width, size.height) { map.draw(into: &$0, rect: $1) }
    guard SpineLayout.fitting(size, anatomy) == form else { return }
    for bone in anatomy.bones {
      guard let place = form.positions[bone], let note = form.notes[bone] else { continue }
      #expect(drawn[place.x, place.y].text == "█", "\(bone)")
      #expect(drawn[note.position.x, note.position.y].text == "○", "\(bone)")
    }
    #expect(drawn.text.contains("○ resolved"))
  }

  /// Where there is no room beside a bone, its change is cut into the mark of the baseline.
  @Test(arguments: forms.filter(\.notes.isEmpty))
  func aChangeWithoutRoomIsCutIntoTheMark(form: SpineLayout) throws {
    let anatomy = Self.anatomy(of: form)
    guard SpineLayout.fitting(form.size, anatomy) == form else { return }
    var map = SpineMap(.sites([.bone(.s1)]), changes: Self.changes([.s1: "new", .s3: "new"]), anatomy: anatomy)
    let (first, third) = (try #require(form.positions[.s1]), try #require(form.positions[.s3]))
    let drawn = Golden.drawn(form.size.width, form.size.height) { map.draw(into: &$0, rect: $1) }
    #expect(drawn[first.x, first.y].text == drawn[third.x, third.y].text)
    #expect(drawn[first.x, first.y].style.attributes == .reverse && drawn[third.x, third.y].style.attributes == [])
    // The cursor is seen on a marked bone that has no name of its own.
    map.changes = .none
    map.cursor = .s1
    let picked = Golden.drawn(form.size.width, form.size.height) { map.draw(into: &$0, rect: $1) }
    #expect(picked[first.x, first.y].text == "■")
    #expect(picked[first.x, first.y].style == .role(.involved, .reverse))
  }

  @Test func extentsAreToldFromBones() {
    let map = map(3)
    let named = Bone.allCases.filter { map.involvement(of: $0) == .named }
    let shaded = Bone.allCases.filter { map.involvement(of: $0) == .extent }
    #expect(named == [.t10, .l1])
    #expect(shaded == [.s1, .s2])
  }

  /// Every bone has a place of its own inside the form, apart from all labels.
  @Test(arguments: forms)
  func everyBoneHasItsPlace(form: SpineLayout) {
    let bones = Self.anatomy(of: form).bones
    #expect(Set(form.positions.keys) == Set(bones))
    #expect(Set(form.positions.values).count == bones.count)
    let labels = form.labels.flatMap { label in
      label.text.indices.enumerated().map { Position(x: label.position.x + $0.offset, y: label.position.y) }
    }
    #expect(Set(labels).count == labels.count)
    #expect(Set(labels).isDisjoint(with: form.positions.values))
    // Room beside every bone, or beside none, and nothing else stands in it.
    #expect(form.notes.isEmpty || Set(form.notes.keys) == Set(bones))
    let notes = form.notes.values.flatMap { note in
      (0..<note.width).map { Position(x: note.position.x + $0, y: note.position.y) }
    }
    #expect(Set(notes).count == notes.count)
    #expect(Set(notes).isDisjoint(with: labels + form.positions.values))
    #expect((labels + form.positions.values).allSatisfy { Rect(form.size).contains(x: $0.x, y: $0.y) })
  }

  /// The arrow keys reach every bone from the atlas, and a step goes the way it says.
  @Test(arguments: forms)
  func arrowsReachEveryBone(form: SpineLayout) {
    let bones = Self.anatomy(of: form).bones
    var reached: Set<Bone> = [.c1]
    var open: [Bone] = [.c1]
    while let bone = open.popLast() {
      let next = SpineLayout.Direction.allCases.compactMap { form.neighbour(of: bone, $0) }
      for other in next where reached.insert(other).inserted { open.append(other) }
    }
    #expect(reached == Set(bones))
    for bone in bones {
      if let right = form.neighbour(of: bone, .right), let a = form.positions[bone], let b = form.positions[right] {
        #expect(b.x > a.x)
      }
    }
  }

  /// The forms of the usual spine, and of one with a transitional segment.
  private static let forms = SpineLayout.forms + SpineLayout.forms(for: Anatomy(extra: [.l6]))

  private static func anatomy(of form: SpineLayout) -> Anatomy {
    Anatomy(extra: Bone.extras.filter { form.positions[$0] != nil })
  }

  @Test func aSegmentStandsBetweenL5AndS1() {
    let sixth = Anatomy(extra: [.l6])
    let column = SpineLayout.fitting(Size(width: 30, height: 30), sixth)
    #expect(column.neighbour(of: .l5, .down) == .l6 && column.neighbour(of: .l6, .down) == .s1)
    #expect(column.labels.contains { $0.bone == .l6 && $0.text == "L6" })
    // A run over it shades it, where the patient has it.
    let map = SpineMap(.sites([.run(.l4, .s1)]), anatomy: sixth)
    #expect(map.involvement(of: .l6) == .extent)
    #expect(SpineMap(.sites([.run(.l4, .s1)])).involvement(of: .l6) == .none)
    #expect(TorsoMap(nil, sixth).rows[3].middle.last == .l6)
  }

  @Test func noBoneIsSaidBelowTheMap() {
    let grid = Golden.drawn(32, 27) { SpineMap(.sites([])).draw(into: &$0, rect: $1) }
    #expect(grid.text.contains("· no bone"))
  }

  @Test func downWalksTheSpine() {
    let column = SpineLayout.fitting(Size(width: 30, height: 30))
    var walked: [Bone] = [.c1]
    while let last = walked.last, last < .s1, let next = column.neighbour(of: last, .down) { walked.append(next) }
    #expect(walked == Array(Bone.spine.prefix(25)))
  }

  /// Its name is, and a bone that is not marked; a full block turned round would be an empty one.
  @Test func theCursorIsReversed() {
    var map = map(1)
    map.cursor = .l5
    let grid = Golden.drawn(32, 27) { map.draw(into: &$0, rect: $1) }
    let reversed = (0..<27).filter { grid[0, $0].style.attributes.contains(.reverse) }
    #expect(reversed == [23])
    #expect(grid[4, 23] == Cell("█", .role(.involved, .underline)))
    map.cursor = .c1
    let other = Golden.drawn(32, 27) { map.draw(into: &$0, rect: $1) }
    #expect(other.cells.contains { $0.text == "·" && $0.style.attributes.contains(.reverse) })
  }

  @Test func noAnswerIsSaid() {
    #expect(Golden.drawn(20, 2) { SpineMap(.notAssessable).draw(into: &$0, rect: $1) }.line(0) == "not assessable")
  }

  @Test(arguments: [(0, 0), (1, 1), (5, 3), (3, 60), (300, 2)])
  func everySizeStaysInside(width: Int, height: Int) {
    let rect = Rect(x: 1, y: 1, width: width, height: height)
    let grid = Golden.drawn(width + 3, height + 3) { canvas, _ in changed.draw(into: &canvas, rect: rect) }
    for y in 0..<grid.size.height {
      for x in 0..<grid.size.width where !rect.contains(x: x, y: y) { #expect(grid[x, y] == Cell()) }
    }
  }

  /// The sacrum is named where the column and its key have room; words of girdles are whole where they have.
  @Test(arguments: [
    (34, 31, true, "pectoral"), (34, 29, false, "pectoral"), (22, 35, true, "sternum"), (20, 22, true, "pelvis"),
    (20, 17, false, "pelvis"),
  ])
  func bonesAreNamedWhereThereIsRoom(width: Int, height: Int, isNamed: Bool, girdle: String) {
    let room = Size(width: width, height: height)
    let form = SpineLayout.fitting(room)
    #expect(form.labels.contains { $0.text == "S3" } == isNamed && form.labels.contains { $0.text == girdle })
    let grid = Golden.drawn(width, height) { SpineMap(.sites([.bone(.l3), .wholeSpine])).draw(into: &$0, rect: $1) }
    if isNamed { #expect(grid.text.contains("█ involved ▒ extent")) }
  }

  /// In a column of this width the sacrum stands in one row.
  @Test func theSacrumIsInOneRow() {
    let form = SpineLayout.fitting(Size(width: 20, height: 17))
    #expect(Set(Region.sacral.bones.compactMap { form.positions[$0]?.y }).count == 1)
  }

  /// Every mark on the map is in its key; a dot gives way first.
  @Test func theKeySaysWhatADotIs() {
    let map = SpineMap(.sites([.bone(.t11)]))
    #expect(Golden.drawn(34, 31) { map.draw(into: &$0, rect: $1) }.text.contains("█ involved · not involved"))
    #expect(Golden.drawn(34, 31) { SpineMap(nil).draw(into: &$0, rect: $1) }.text.contains("· not marked"))
    let narrow = Golden.drawn(26, 9) { map.draw(into: &$0, rect: $1) }.text
    #expect(narrow.contains("█ involved"))
  }

  /// No bone is cut for the letters of the regions.
  @Test(arguments: [31, 32, 33, 34, 60]) func everyBoneFromTheFrontIsWhole(width: Int) {
    let grid = Golden.drawn(width, 14) { TorsoMap(nil).draw(into: &$0, rect: $1) }
    let rows = (0..<14).map { y in grid.line(y).split { $0 != "·" } }
    let side = width < 60 ? 3 : 6
    let thorax = rows.first { $0.count >= 13 }?.map(\.count) ?? []
    #expect(thorax.first == side && thorax.last == side)
    #expect((0..<14).map(grid.line).contains { $0.hasPrefix("L") } == (width > 31))
  }
}
