// Key images in a study: kept without loss, sealed with their examination, under the chain, and gone when taken away.

import Foundation
import GRDB
import ReviewCore
import Testing

@testable import CaseStore

extension NewKeyImage {
  /// A picture of some noise, no two seeds alike.
  static func sample(
    _ id: CaseID = "1", _ examination: ExaminationID = .baseline, _ sequence: MRSequence = .t1w, seed: UInt64 = 1,
    side: Int = 16, instance: String? = nil, mayHaveText: Bool = false
  ) -> NewKeyImage {
    var dice = Dice(seed)
    let facts = KeyImage(
      examination: examination, sequence: sequence, plane: .sagittal, columns: side, rows: side, rowSpacing: 0.5,
      columnSpacing: 0.5, position: [1, 2, 3], orientation: [0, 1, 0, 0, 0, -1],
      windows: [.init(center: 900, width: 1800)], tr: 600, te: 16)
    return NewKeyImage(
      id, facts, pixels: (0..<side * side).map { _ in UInt16.random(in: 0...4095, using: &dice) },
      instanceUID: instance, frameOfReferenceUID: "1.2.3.77.88", mayHaveText: mayHaveText, name: "a\(seed).dcm")
  }
}

@Suite struct ImageTests {
  let study: TestStudy
  let coordinator: StudyStore

  init() throws {
    study = try TestStudy()
    coordinator = try study.open("coord")
  }

  private func faults(_ images: [NewKeyImage]) -> [String] {
    guard case .badData(let faults)? = storeError({ try coordinator.addImages(images) }) else { return [] }
    return faults
  }

  @Test(arguments: [1, 2, 3, 17]) func pixelsComeBackWithoutLoss(side: Int) throws {
    for values in [
      [UInt16](repeating: 0, count: side * side), [UInt16](repeating: .max, count: side * side),
      (0..<side * side).map { $0.isMultiple(of: 2) ? 0 : .max },
      NewKeyImage.sample(seed: 9, side: side).pixels,
    ] {
      let packed = try #require(PackedPixels.pack(values, columns: side, rows: side))
      #expect(PackedPixels.unpack(packed, columns: side, rows: side) == values)
      #expect(PackedPixels.unpack(packed, columns: side, rows: side + 1) == nil)
      #expect(PackedPixels.unpack(packed.dropLast(), columns: side, rows: side) == nil)
    }
  }

  @Test func smoothPicturesTakeLessRoom() throws {
    let values = (0..<256 * 256).map { (index: Int) -> UInt16 in UInt16(index / 256) + UInt16(index % 256) }
    #expect(try #require(PackedPixels.pack(values, columns: 256, rows: 256)).count < 4096)
  }

  @Test func whatIsAddedIsThereOnce() throws {
    let new = NewKeyImage.sample()
    let report = try coordinator.addImages([new, .sample(seed: 2)])
    #expect(report.summary == "2 images added")
    #expect(try coordinator.addImages([new]).summary == "0 images added, 1 there already")
    let images = try coordinator.images(of: "1")
    #expect(images.count == 2)
    #expect(images[0].windows == [.init(center: 900, width: 1800)])
    #expect(try coordinator.pixels(of: images[0].id, in: "1") == new.pixels)
    // Another examination that shows it takes no room.
    #expect(try coordinator.addImages([.sample("2", "5")]).bytes == 0)
    #expect(try coordinator.imagesSize().images == 3)
    #expect(try coordinator.pixels(of: images[0].id, in: "2") == nil)
    #expect(try coordinator.verify().faults == [])
  }

  @Test func whatIsRefusedIsNamedWithItsCure() throws {
    _ = try coordinator.addImages([.sample(instance: "1.2.3")])
    var odd = NewKeyImage.sample(seed: 4)
    odd.facts.rowSpacing = .infinity
    let refused: [(NewKeyImage, String)] = [
      (.sample("1", "7"), "has no examination ‘7’; it has baseline, 5"),
      (.sample("1", .baseline, MRSequence(rawValue: "dwi")), "no series ‘dwi’; it is one of t1w, t2w"),
      (.sample("1", .baseline, .stir, instance: "1.2.3"), "there as T1W already"),
      (.sample(seed: 3, instance: "1.2.3"), "its pixels differ"),
      (.sample(seed: 5, mayHaveText: true), "--looked-through"), (odd, "what cannot be"),
    ]
    for (image, words) in refused {
      let faults = faults([image])
      #expect(faults.count == 1 && faults.first?.contains(words) == true, "\(words): \(faults)")
    }
    // All or none, and every fault.
    #expect(faults([.sample(seed: 8)] + refused.map(\.0)).count == refused.count)
    #expect(try coordinator.images(of: "1").count == 1)
    #expect(storeError { try study.open("R1").addImages([.sample(seed: 6)]) }?.category == .notPermitted)
  }

  @Test func limitsAreTheProtocols() throws {
    let study = try TestStudy(
      {
        var plan = StudyProtocol(seed: 7)
        plan.imageLimits = ImageLimits(perExamination: 2, each: 1, all: 1)
        return plan
      }())
    let store = try study.open("coord")
    // Noise of 12 bits hardly packs.
    let large = (1...4).map { NewKeyImage.sample("1", $0 < 3 ? .baseline : "5", seed: $0, side: 600) }
    #expect(
      storeError { try store.addImages([.sample(seed: 9, side: 900)]) }?.description.contains("may take 1 MiB") == true)
    #expect(storeError { try store.addImages(Array(large)) }?.description.contains("take up to 1 MiB") == true)
    let three = (1...3).map { NewKeyImage.sample(seed: $0) }
    #expect(
      storeError { try store.addImages(three) }?.description.contains(
        "case 1, baseline, keeps up to 2 images, and this would be one more") == true)
    #expect(try store.addImages(Array(three.prefix(2))).added.count == 2)
  }

  @Test func burnedInTextIsLookedForOnRecord() throws {
    let report = try coordinator.addImages([.sample(mayHaveText: true), .sample(seed: 2)], isLookedThrough: true)
    #expect(report.added.map(\.isLookedThrough) == [true, false])
    let act = try #require(try coordinator.audit(AuditFilter(kinds: [.imagesAdded])).first)
    #expect(act.detail == "2 images added; 1 image looked through for burned-in text")
    #expect(act.caseID == "1")
  }

  /// An examination that is withheld from a reader: no row of its images is read, and nothing tells how many there are.
  @Test func imagesOfWithheldExaminationsAreNotRead() throws {
    _ = try coordinator.addImages([.sample(), .sample("1", "5", seed: 2), .sample("1", "5", seed: 3)])
    let later = try coordinator.images(of: "1").filter { $0.examination == "5" }
    let reader = try study.open("R1")
    // What was read of these rows would be a fault.
    try tamper(
      study.path,
      """
      UPDATE image SET facts = '{}' WHERE facts LIKE '%"examination":"5"%';
      UPDATE image_pixels SET packed = x'00' WHERE hash IN (SELECT pixels FROM image WHERE facts = '{}')
      """)
    #expect(try reader.images(of: "1").map(\.examination) == [.baseline])
    for image in later { #expect(try reader.pixels(of: image.id, in: "1") == nil) }
    #expect(try reader.verify(scope: .seat).faults == [])
    #expect(try reader.audit().allSatisfy { !$0.kind.isOfImages })
    #expect(storeError { try coordinator.images(of: "1") } != nil)
    #expect(try !coordinator.verify().isIntact)
    _ = try reader.sign("1")
    #expect(storeError { try reader.images(of: "1") } != nil)
  }

  @Test func anActOnImagesIsTheCoordinatorsToKnow() throws {
    let before = try study.open("R1").info().auditHead
    _ = try coordinator.addImages([.sample()])
    #expect(try study.open("R1").info().auditHead == before)
    #expect(try coordinator.info().auditHead != before)
  }

  @Test func noUIDIsKept() throws {
    _ = try coordinator.addImages([.sample(instance: "1.2.840.99.1234567")])
    let image = try #require(try coordinator.images(of: "1").first)
    #expect(image.instance?.count == 32 && image.frameOfReference?.count == 32)
    let other = try TestStudy()
    try tamper(other.path, "UPDATE study SET letters = 'another'")
    let store = try other.open("coord")
    _ = try store.addImages([.sample(instance: "1.2.840.99.1234567")])
    #expect(try store.images(of: "1").first?.instance != image.instance)
    for suffix in ["", "-wal"] {
      let bytes = try Data(contentsOf: URL(filePath: study.path + suffix))
      for uid in ["1.2.840.99.1234567", "1.2.3.77.88", "a1.dcm"] { #expect(bytes.range(of: Data(uid.utf8)) == nil) }
    }
  }

  @Test func whatIsRemovedIsOverwritten() throws {
    _ = try coordinator.addImages([.sample(side: 64), .sample("2", "5", side: 64), .sample(seed: 2, side: 64)])
    let images = try coordinator.images(of: "1")
    let packed = try #require(PackedPixels.pack(NewKeyImage.sample(seed: 2, side: 64).pixels, columns: 64, rows: 64))
    try coordinator.removeImages(Set(images.map(\.id)), of: "1")
    #expect(try coordinator.images(of: "1") == [])
    // Case 2 shows the first one still.
    #expect(try coordinator.images(of: "2").count == 1)
    #expect(try coordinator.verify().faults == [])
    #expect(try coordinator.audit(AuditFilter(kinds: [.imagesRemoved])).first?.detail == "2 images")
    #expect(
      storeError { try coordinator.removeImages(["none"], of: "1") }?.description.contains("has no image") == true)
    try coordinator.close()
    let bytes = try Data(contentsOf: URL(filePath: study.path))
    #expect(bytes.range(of: packed.dropFirst(100).prefix(64)) == nil)
  }

  @Test func anExaminationTakesItsImagesAlong() throws {
    _ = try coordinator.addImages([.sample("1", "5")])
    _ = try coordinator.importCases([.sample("1", followUps: [])])
    #expect(try coordinator.imagesSize() == (0, 0))
    #expect(try coordinator.verify().faults == [])
  }

  @Test func casesComeWithTheirImages() throws {
    let report = try coordinator.importCases([.sample("9")], images: [.sample("9"), .sample("9", "5", seed: 2)])
    #expect(report.wholeSummary == "1 added, 0 updated, 0 unchanged; 2 images added")
    #expect(storeError { try coordinator.importCases([.sample("8")], images: [.sample("8", "7")]) } != nil)
    #expect(storeError { try coordinator.caseView("8") } != nil)
    #expect(try coordinator.verify().faults == [])
  }

  @Test func backupsHoldThem() throws {
    _ = try coordinator.addImages([.sample()])
    _ = try coordinator.backup(to: study.folder("copy.study"))
    let copy = try StudyStore.open(
      at: study.folder("copy.study"), as: "coord", environment: study.world.environment())
    let image = try #require(try copy.images(of: "1").first)
    #expect(try copy.pixels(of: image.id, in: "1") == NewKeyImage.sample().pixels)
    #expect(try copy.verify().faults == [])
    try copy.rebuild()
    #expect(try copy.images(of: "1") == [image])
  }

  @Test(arguments: [
    "DELETE FROM image", "UPDATE image_pixels SET packed = (SELECT packed FROM image_pixels ORDER BY hash DESC)",
    "UPDATE image SET pixels = (SELECT max(hash) FROM image_pixels)",
    "INSERT INTO image_pixels VALUES (zeroblob(32), 1, 1, x'00')",
    "UPDATE image SET examination_seq = (SELECT max(seq) FROM examination)",
  ]) func whatWasChangedIsFound(sql: String) throws {
    _ = try coordinator.addImages([.sample(), .sample(seed: 2)])
    try tamper(study.path, sql)
    #expect(try !coordinator.verify().isIntact)
  }

  @Test(arguments: OldStudy.all) func aStudyOfAnEarlierVersionTakesImages(old: OldStudy) throws {
    let folder = try Folder()
    defer { withExtendedLifetime(folder) {} }
    let store = try StudyStore.open(
      at: old.copied(to: folder), as: "coordinator", environment: study.world.environment())
    let id = try #require(try store.worklist(WorklistQuery(), offset: 0, limit: 1).rows.first?.id)
    _ = try store.addImages([.sample(id)])
    #expect(try store.images(of: id).count == 1)
    #expect(try store.verify().faults == [])
  }
}

extension ImageTests {
  /// A mark goes with its grade: undone with it, signed with it, sealed with it.
  @Test func aMarkIsPartOfTheReading() throws {
    let mark = ImageMark(
      .arrow, on: "phantom-baseline-stir-4", at: PatientPoint(0, 12.34, -56.78), to: PatientPoint(0, 4, -60))
    #expect(mark.text == "arrow phantom-baseline-stir-4 0 12.3 -56.8 0 4 -60")
    #expect(ImageMark(mark.text) == mark)
    for text in ["", "arrow x 1 2 3 4 5", "blob x 1 2 3 4 5 6", "arrow x 1 2 3 4 5 1e9", "arrow x 1 2 3 4 5 nan"] {
      #expect(ImageMark(text) == nil)
    }
    let reader = try study.open("R1")
    let key = GradeKey(.baseline, Codebook.ID.rimSign)
    _ = try reader.record(GradeChange("1", grades: [key: Grade(.level("present"))]))
    _ = try reader.record(GradeChange("1", grades: [key: Grade(.level("present"), mark: mark)]))
    func shown(_ store: StudyStore) throws -> ImageMark? {
      try store.caseView("1").readings.first { $0.examination.isBaseline }?.grades[key]?.mark
    }
    #expect(try shown(reader) == mark)
    _ = try reader.undo("1")
    #expect(try shown(reader) == nil)
    _ = try reader.redo("1")
    _ = try reader.sign("1")
    #expect(try shown(reader) == mark)
    #expect(try study.open("R2").caseView("1").readings == [])
    #expect(try reader.verify().faults == [])
    try tamper(study.path, "UPDATE current SET mark = 'arrow x 1 2 3 4 5 6' WHERE mark IS NOT NULL")
    #expect(try !reader.verify().isIntact)
  }
  @Test func anImageOnWhichSomebodyMarkedSomethingStaysUnlessThatIsSaid() throws {
    _ = try coordinator.addImages([.sample()])
    let image = try #require(try coordinator.images(of: "1").first)
    let mark = ImageMark(.arrow, on: image.id, at: PatientPoint(0, 1, 2), to: PatientPoint(0, 3, 4))
    let key = GradeKey(.baseline, Codebook.ID.rimSign)
    _ = try study.open("R1").record(GradeChange("1", grades: [key: Grade(.level("present"), mark: mark)]))
    #expect(
      storeError { try coordinator.removeImages([image.id], of: "1") }?.description.contains("say --marked") == true)
    #expect(try coordinator.images(of: "1").count == 1)
    try coordinator.removeImages([image.id], of: "1", isMarked: true)
    #expect(
      try coordinator.audit(AuditFilter(kinds: [.imagesRemoved])).first?.detail
        == "1 image, of which marked: \(image.id.short)")
    #expect(try coordinator.verify().faults == [])
  }

  @Test func thePixelsOfAnotherPlaceAreAnotherImage() throws {
    var other = NewKeyImage.sample()
    other.facts.orientation = [0.2, 0.98, 0, 0, 0, -1]
    _ = try coordinator.addImages([.sample()])
    _ = try coordinator.addImages([.sample()])
    #expect(try coordinator.images(of: "1").count == 1)
    _ = try coordinator.addImages([other])
    #expect(try coordinator.images(of: "1").count == 2)
    // Their pixels are kept once.
    #expect(try coordinator.imagesSize().images == 2)
  }
}
