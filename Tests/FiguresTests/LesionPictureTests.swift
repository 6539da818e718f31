// The lesion picture shows what the words say.

import Figures
import Grid
import ReviewCore
import Testing

@Suite struct LesionPictureTests {
  private static let rich = Look(colors: .many)
  private static let plain = Look(colors: .none, unicode: false)

  private static let variants: [(name: String, grades: [FindingID: GradeValue])] =
    PaperCase.all.map { ("case \($0.patient.id)", $0.appearance) } + [
      ("nothing graded", [:]),
      (
        "involved disk, extensive inflammation, nothing bright",
        PaperCase.made([
          (ID.t1w, "hypo"), (ID.t2w, "iso"), (ID.stir, "iso,hyper"), (ID.enhancement, "none"), (ID.disks, "involved"),
          (ID.softTissueInflammation, "extensive"),
        ])
      ),
      (
        "not assessable, not acquired, abscess",
        PaperCase.made([
          (ID.t1w, "not-assessable"), (ID.t2w, "not-acquired"), (ID.stir, "hypo"), (ID.rimSign, "present"),
          (ID.haloSign, "present"), (ID.enhancement, "marginal"), (ID.softTissueAbscess, "present"),
        ])
      ),
    ]

  @Test(arguments: [(43, 6, "lesion-tones-43x6"), (71, 9, "lesion-tones-71x9")])
  func tonesAreAsReviewed(width: Int, height: Int, name: String) {
    let text = Self.variants.map { variant in
      let picture = LesionPicture(LesionAppearance(.vertebralOsteomyelitis, grades: variant.grades))
      let grid = Golden.drawn(width, height, Self.rich) { picture.draw(into: &$0, rect: $1) }
      return "\(variant.name)\n\(Golden.tones(grid))\n"
    }.joined()
    Golden.check(text, name)
  }

  @Test(arguments: [
    (Look(colors: .sixteen), 63, 9, "lesion-shades-63x9"), (plain, 43, 7, "lesion-ascii-43x7"),
    (plain, 24, 14, "lesion-ascii-24x14"), (rich, 30, 4, "lesion-words-30x4"),
  ])
  func shadesAreAsReviewed(look: Look, width: Int, height: Int, name: String) {
    let text = Self.variants.map { variant in
      let picture = LesionPicture(LesionAppearance(.vertebralOsteomyelitis, grades: variant.grades))
      return variant.name + "\n" + Golden.drawn(width, height, look) { picture.draw(into: &$0, rect: $1) }.text + "\n"
    }.joined()
    Golden.check(text, name)
  }

  /// Every tone that must be told from another, on every sequence, lies at least four greys from it.
  @Test(arguments: MRSequence.allCases)
  func tonesAreTold(on sequence: MRSequence) {
    let neighbours: [(Material, Material)] = [
      (.hypo, .marrow), (.marrow, .hyper), (.rim, .hypo), (.rim, .marrow), (.rim, .hyper), (.halo, .marrow),
      (.halo, .rim), (.halo, .hyperInHalo), (.hyperInHalo, .marrow), (.contour, .hyper), (.contour, .marrow),
      (.enhanced, .marrow),
      (.enhanced, .notEnhanced), (.notEnhanced, .marrow), (.rim, .notEnhanced), (.cortex, .marrow),
    ]
    let close = neighbours.filter { abs(Int($0.grey(on: sequence)) - Int($1.grey(on: sequence))) < 4 }
    #expect(close.isEmpty)
  }

  /// A learner takes a dark ring for a rim: whoever has none shows none, at any size and on any sequence.
  @Test(arguments: [(16, 12), (34, 28), (60, 44)], MRSequence.allCases)
  func onlyARimIsADarkLine(size: (Int, Int), on sequence: MRSequence) {
    let dark = Set(Material.allCases.filter { $0.grey(on: sequence) < Material.marrow.grey(on: sequence) })
    for (halo, t2w) in [("present", "hyper"), ("present", "iso,hyper"), ("absent", "iso,hyper"), ("absent", "iso")] {
      let grades = PaperCase.made([
        (ID.t1w, "hyper"), (ID.t2w, t2w), (ID.stir, "hyper"), (ID.enhancement, "global"), (ID.haloSign, halo),
        (ID.rimSign, "absent"),
      ])
      let scene = LesionScene(
        LesionAppearance(.vertebralOsteomyelitis, grades: grades), sequence: sequence, width: size.0, height: size.1)
      let seen = scene.shapes.filter { $0.outline == .ellipse }.compactMap { shape in
        switch shape.fill {
        case .solid(let material), .dotted(let material), .hatched(let material, _): material
        }
      }
      #expect(!seen.isEmpty && dark.isDisjoint(with: seen), "\(halo) \(t2w): \(dark.intersection(seen))")
      // Nor is a ring darker than what lies on both its sides.
      let rings = scene.shapes.filter { $0.outline == .ellipse && $0.clip == nil }.compactMap { shape in
        if case .solid(let material) = shape.fill { material.grey(on: sequence) } else { nil }
      }
      for (outer, (ring, inner)) in zip(rings, zip(rings.dropFirst(), rings.dropFirst(2))) {
        #expect(ring >= min(outer, inner), "\(halo) \(t2w): \(rings)")
      }
    }
  }

  /// Two lesions in a small picture are two round ones, a ring and a filled one, not two slabs.
  @Test(arguments: [(13, 14, 1.0), (10, 10, 1.0), (13, 7, 2.0)])
  func marginalAndGlobalAreTwoRoundLesions(width: Int, height: Int, pixelHeight: Double) throws {
    let scene = LesionScene(
      LesionAppearance(
        .vertebralOsteomyelitis,
        grades: PaperCase.made([(ID.enhancement, "marginal,global"), (ID.lesionNumber, "multiple")])),
      sequence: .contrastEnhancedT1W, width: width, height: height, pixelHeight: pixelHeight)
    let lesions = scene.shapes.filter { $0.fill == .solid(.enhanced) }
    #expect(lesions.count == 2 && scene.shapes.contains { $0.fill == .solid(.notEnhanced) })
    for lesion in lesions {
      let (long, short) = (lesion.box.height * pixelHeight, lesion.box.width)
      #expect(max(long, short) <= 1.7 * min(long, short), "\(lesion.box)")
    }
  }

  /// Neither of two lesions lies at the edge of its picture, where it would look cut off, and both keep their rims.
  @Test(arguments: [(15, 14), (15, 20)], ["present", "absent"])
  func twoLesionsLieWhollyInsideTheBone(size: (Int, Int), rim: String) throws {
    let grades = PaperCase.made([
      (ID.enhancement, "marginal,global"), (ID.lesionNumber, "multiple"), (ID.rimSign, rim),
    ])
    let scene = LesionScene(
      LesionAppearance(.vertebralOsteomyelitis, grades: grades), sequence: .contrastEnhancedT1W, width: size.0,
      height: size.1)
    let marrow = try #require(scene.shapes.first { $0.outline == .rect && $0.fill == .solid(.marrow) })
    let inside = marrow.box.inset(1, 1)
    let lesions = scene.shapes.filter { $0.fill == .solid(rim == "present" ? .rim : .enhanced) }
    #expect(lesions.count == 2)
    for box in lesions.map(\.box) {
      #expect(box.x >= inside.x && box.y >= inside.y, "\(box)")
      #expect(box.x + box.width <= inside.x + inside.width && box.y + box.height <= inside.y + inside.height, "\(box)")
    }
  }

  /// The signs of case 1 at the size they have at 80×24: a black ring inside a white one, on T2W and STIR only.
  @Test func signsAreDrawnWhereTheyBelong() {
    let appearance = LesionAppearance(.vertebralOsteomyelitis, grades: PaperCase.all[0].appearance)
    let seen = MRSequence.allCases.map { sequence in
      let scene = LesionScene(appearance, sequence: sequence, width: 10, height: 10)
      return Set(Raster.materials(scene)).intersection([.rim, .halo, .hypo, .hyper, .enhanced])
    }
    #expect(seen == [[.rim, .hypo], [.rim, .halo, .hyper], [.rim, .halo, .hyper], [.rim, .enhanced]])
  }

  @Test func aSequenceTheExaminationLacksStaysEmpty() {
    let appearance = LesionAppearance(.vertebralOsteomyelitis, grades: PaperCase.all[0].appearance, lacking: [.stir])
    #expect(LesionScene(appearance, sequence: .stir, width: 10, height: 10).shapes.isEmpty)
    #expect(appearance.words(on: .stir) == "STIR: not acquired")
    #expect(appearance.glyphs(on: .stir) == "z")
  }

  @Test func wordsSayWhatIsDrawn() {
    let picture = LesionPicture(LesionAppearance(.vertebralOsteomyelitis, grades: PaperCase.all[3].appearance))
    #expect(
      picture.textAlternative
        == "Lesion drawn from the grades. T1W: hypo. T2W: iso + hyper, bright halo. STIR: hyper, bright halo. "
        + "CE: marginal + global. lesions multiple. disks preserved. soft-tissue inflammation limited. "
        + "soft-tissue abscess absent.")
  }

  /// Any size, any sequence count: nothing outside the rectangle, no trap.
  @Test func everySizeStaysInside() {
    for variant in Self.variants {
      for look in [Self.rich, Look(colors: .sixteen), Self.plain] {
        for (width, height) in [(0, 0), (1, 1), (3, 2), (7, 5), (8, 40), (27, 4), (31, 11), (200, 3), (160, 50)] {
          for count in 0...4 {
            let picture = LesionPicture(
              LesionAppearance(.vertebralOsteomyelitis, grades: variant.grades),
              sequences: Array(MRSequence.allCases.prefix(count)))
            let rect = Rect(x: 2, y: 1, width: width, height: height)
            let grid = Golden.drawn(width + 4, height + 2, look) { canvas, _ in picture.draw(into: &canvas, rect: rect)
            }
            let outside = (0..<grid.size.height).flatMap { y in (0..<grid.size.width).map { Position(x: $0, y: y) } }
              .filter { !rect.contains(x: $0.x, y: $0.y) && grid[$0.x, $0.y] != Cell() }
            #expect(outside.isEmpty, "\(variant.name) \(width)×\(height) with \(count)")
          }
        }
      }
    }
  }

  /// White at the edge of a small picture has an edge, whatever the page: what is beside a picture is its ground.
  @Test(arguments: [(33, 6), (34, 7), (34, 12), (60, 14), (20, 12)], [rich, Look(colors: .sixteen)])
  func picturesLieOnAGround(size: (Int, Int), look: Look) {
    let grades = PaperCase.all[0].appearance
    let picture = LesionPicture(
      LesionAppearance(.vertebralOsteomyelitis, grades: grades), largest: Size(width: 60, height: 40))
    let grid = Golden.drawn(size.0 + 2, size.1 + 2, look) { canvas, _ in
      picture.draw(into: &canvas, rect: Rect(x: 1, y: 1, width: size.0, height: size.1))
    }
    func isPicture(_ x: Int, _ y: Int) -> Bool {
      let style = grid[x, y].style
      let isKey = y > 1 && ["high", "marrow", "blank"].contains(where: grid.line(y).contains)
      return grid[x, y].text == "▀" || style.paper == LesionPicture.ground && grid[x, y].text != " " && !isKey
    }
    let bare = (1...size.1).flatMap { y in (1...size.0).map { Position(x: $0, y: y) } }.filter { cell in
      isPicture(cell.x, cell.y)
        && [(-1, 0), (1, 0), (0, -1), (0, 1)].contains { dx, dy in
          let beside = grid[cell.x + dx, cell.y + dy]
          return !isPicture(cell.x + dx, cell.y + dy) && beside.style.paper != LesionPicture.ground
        }
    }
    #expect((1...size.1).contains { y in (1...size.0).contains { isPicture($0, y) } })
    // The labels in the first row have the page above them, and have an ink of their own.
    #expect(bare.filter { $0.y > 1 }.isEmpty)
  }

  @Test func svgIsAsReviewed() {
    Golden.check(
      LesionPicture(LesionAppearance(.vertebralOsteomyelitis, grades: PaperCase.all[3].appearance)).svg(id: "case-4"),
      "lesion-svg")
  }
}

extension LesionPictureTests {
  /// Some lesions do one and some the other: two lesions, one of them with a middle that takes up nothing.
  @Test(arguments: [(34, 14), (16, 8), (7, 4)], ["multiple", "solitary"])
  func marginalAndGlobalAreTwoLesions(size: (Int, Int), number: LevelID) {
    let grades: [FindingID: GradeValue] = [
      Codebook.ID.enhancement: .levels(["marginal", "global"]), Codebook.ID.lesionNumber: .level(number),
    ]
    let scene = LesionScene(
      LesionAppearance(.vertebralOsteomyelitis, grades: grades), sequence: .contrastEnhancedT1W, width: size.0,
      height: size.1 * 2)
    let cores = scene.shapes.filter { $0.fill == .solid(.enhanced) && $0.clip == nil }
    #expect(cores.count == (number == "multiple" ? 2 : 1))
    #expect(scene.shapes.count { $0.fill == .solid(.notEnhanced) } == 1)
    // A single lesion cannot be two: there a part of its middle takes up contrast.
    #expect(scene.shapes.contains { $0.clip != nil } == (number == "solitary"))
  }

  /// What is not graded looks like nothing else, and the question stands in its middle.
  @Test(arguments: [8, 9, 14, 19, 34], MRSequence.allCases)
  func whatIsNotGradedIsAsked(width: Int, sequence: MRSequence) throws {
    let iso = PaperCase.made([(ID.t1w, "iso"), (ID.t2w, "iso"), (ID.stir, "iso"), (ID.enhancement, "none")])
    let size = Size(width: width, height: 8)
    func drawn(_ grades: [FindingID: GradeValue]) -> Grid {
      let picture = LesionPicture(
        LesionAppearance(.vertebralOsteomyelitis, grades: grades), sequences: [sequence], largest: size)
      return Golden.drawn(width + 2, 9, Self.rich) { picture.draw(into: &$0, rect: $1) }
    }
    let asked = drawn([:])
    let place = try #require(asked.cells.firstIndex { $0.text == "?" && $0.style.ink == .grey(0) })
    let (x, y) = (place % asked.size.width, place / asked.size.width)
    func isMarrow(_ x: Int) -> Bool {
      asked[x, y].style.paper == .grey(Material.marrow.grey(on: sequence)) || x == place % asked.size.width
    }
    let marrow = (0..<asked.size.width).filter(isMarrow)
    let (first, last) = (try #require(marrow.first), try #require(marrow.last))
    #expect(marrow.count == last - first + 1, "nothing but marrow around the question")
    #expect(abs((x - first) - (last - x)) <= 1, "\(first) \(x) \(last)")
    #expect(drawn(iso).cells.filter { $0.text == "▀" } != asked.cells.filter { $0.text == "▀" })
  }

  /// A broken outline is one of arcs, not of dots.
  @Test(arguments: [(10, 8), (14, 10), (19, 12), (24, 16)]) func aSmallOutlineIsOfArcs(width: Int, height: Int) {
    let iso = PaperCase.made([(ID.t1w, "iso")])
    let scene = LesionScene(
      LesionAppearance(.vertebralOsteomyelitis, grades: iso), sequence: .t1w, width: width, height: height)
    let materials = Raster.materials(scene)
    let outline = materials.indices.filter { materials[$0] == .contour }
    let lonely = outline.filter { pixel in
      !outline.contains { $0 != pixel && abs($0 % width - pixel % width) < 2 && abs($0 / width - pixel / width) < 2 }
    }
    #expect(outline.count >= 4 && lonely.isEmpty)
  }

  /// Every shade is explained, and in ASCII none is a sign of a grade.
  @Test(arguments: [(30, 14), (43, 8), (71, 9)]) func everyShadeIsExplained(width: Int, height: Int) {
    // A box around *not acquired* has corners.
    for variant in Self.variants.dropLast() {
      let picture = LesionPicture(LesionAppearance(.vertebralOsteomyelitis, grades: variant.grades))
      let grid = Golden.drawn(width, height, Self.plain) { picture.draw(into: &$0, rect: $1) }
      let lines = (0..<height).map(grid.line)
      let key = lines.filter { $0.contains("marrow") || $0.contains("high") || $0.contains("blank") }.joined()
      for word in ["# brightest", "% high", ": marrow", ". low", "blank: black"] { #expect(key.contains(word)) }
      let pictures = lines.filter { !$0.contains("T1W") && !$0.contains("STIR") }
      #expect(!pictures.joined().contains("+"), "\(variant.name)")
    }
  }
}
