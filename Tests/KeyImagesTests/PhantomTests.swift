// Phantoms say what the grades say, and nothing that no grade says.

import Interchange
import ReviewCore
import SampleCases
import Testing

@testable import KeyImages

@Suite struct PhantomTests {
  private static func phantom(_ id: CaseID, _ examination: ExaminationID = .baseline) throws -> Phantom? {
    let isControl = id.rawValue.hasPrefix("C")
    let sample =
      try isControl ? SampleStudies.controls(SampleCases.files) : SampleStudies.published(SampleCases.files)
    let patientCase = try #require(sample.cases.first { $0.id == id })
    let published = try #require(sample.published[id])
    return PhantomCase(patientCase, published: published, at: examination).map { Phantom($0) }
  }

  private static let cases: [CaseID] = ["1", "2", "3", "4", "5", "6", "7", "C1", "C2", "C3", "C4"]

  /// The mean of the stored values of a disk of 2 mm around a place of a body, in its own directions.
  private static func mean(_ phantom: Phantom, _ frame: ImageFrame, _ bone: Bone, u: Double, v: Double) -> Double? {
    let spine = phantom.anatomy.spine
    guard let shape = spine.vertebrae.first(where: { $0.bone == bone }) else { return nil }
    let y = shape.y + u * shape.cosine - v * shape.sine
    let z = shape.z + u * shape.sine + v * shape.cosine
    let column = (y - spine.centerY + spine.field / 2) / frame.spacing
    let row = (spine.centerZ + spine.field / 2 - z) / frame.spacing
    let reach = max(1, Int(2 / frame.spacing))
    let (middleRow, middleColumn) = (Int(row), Int(column))
    guard (reach..<256 - reach).contains(middleRow), (reach..<256 - reach).contains(middleColumn) else { return nil }
    var values: [Double] = []
    for r in middleRow - reach...middleRow + reach {
      for c in middleColumn - reach...middleColumn + reach { values.append(Double(frame.pixels[r * 256 + c])) }
    }
    return values.reduce(0, +) / Double(values.count)
  }

  /// The slice that comes nearest to the middle of a lesion.
  private static func slice(through lesion: PhantomLesion) -> Int {
    (0..<Phantom.slices).min { abs(Phantom.position($0) - lesion.x) < abs(Phantom.position($1) - lesion.x) } ?? 3
  }

  /// Known truth: what is graded hypo is darker than marrow of a healthy vertebra near it, hyper brighter, on the stored
  /// values of every series.
  @Test(arguments: cases)
  func signalsAreAsGraded(id: CaseID) throws {
    let phantom = try #require(try Self.phantom(id))
    let levels: [(MRSequence, FindingID)] = [
      (.t1w, Codebook.ID.t1w), (.stir, Codebook.ID.stir), (.t2w, Codebook.ID.t2w),
    ]
    var looked = 0
    let affected = Set(phantom.lesions.map { phantom.bone(of: $0) })
    let healthy = phantom.anatomy.spine.vertebrae.filter { !affected.contains($0.bone) }
    for lesion in phantom.lesions {
      let bone = phantom.bone(of: lesion)
      let frames = phantom.frames(slice: Self.slice(through: lesion))
      for (sequence, finding) in levels {
        let graded = phantom.phantom.grades[finding]?.levelIDs ?? []
        guard graded.count == 1, let frame = frames[sequence] else { continue }
        // Marrow of the nearest body that has no lesion.
        let beside = healthy.min { abs($0.bone.index - bone.index) < abs($1.bone.index - bone.index) }
        guard let beside, abs(beside.bone.index - bone.index) < 4,
          let inside = Self.mean(phantom, frame, bone, u: lesion.u, v: lesion.v),
          let marrow = Self.mean(phantom, frame, beside.bone, u: -0.15 * beside.depth, v: 0)
        else { continue }
        looked += 1
        if graded == ["hypo"] { #expect(inside < marrow * 0.85, "\(bone) \(sequence)") }
        if graded == ["hyper"] { #expect(inside > marrow * 1.2, "\(bone) \(sequence)") }
      }
    }
    #expect(looked > 0)
  }

  @Test func theSameIsDrawnTheSame() throws {
    let one = try #require(try Self.phantom("5"))
    let two = try #require(try Self.phantom("5"))
    #expect(one.frames(slice: 2) == two.frames(slice: 2))
    #expect(one.frames(slice: 2)[.t1w]?.pixels != one.frames(slice: 3)[.t1w]?.pixels)
  }

  @Test func picturesHaveTwelveBitsAndUseThem() throws {
    let frames = try #require(try Self.phantom("1")).frames(slice: 3)
    #expect(frames.count == 4)
    for frame in frames.values {
      #expect((frame.columns, frame.rows) == (256, 256))
      let highest = frame.pixels.max() ?? 0
      #expect(highest <= 4095 && highest > 1000)
    }
  }

  /// Of cases 4 and 5 nothing is published about two of the follow-up examinations.
  @Test(arguments: [("4", "3"), ("4", "8"), ("5", "10.5")])
  func whatIsNotStatedIsNotDrawn(id: CaseID, examination: ExaminationID) throws {
    #expect(try Self.phantom(id, examination) == nil)
    #expect(try Self.phantom(id, "12.25") == nil)
  }

  /// L4 of case 5 is new at 5 months; T11 has grown, L2 has shrunk.
  @Test func lesionsComeAndGoAsStated() throws {
    let before = try #require(try Self.phantom("5"))
    let after = try #require(try Self.phantom("5", "5"))
    func size(_ phantom: Phantom, _ bone: Bone) -> Double? {
      phantom.lesions.first { phantom.bone(of: $0) == bone }?.radiusU
    }
    #expect(size(before, .l4) == nil)
    #expect(size(after, .l4) != nil)
    for bone in [Bone.t11, .l1, .l2, .l3] {
      let first = try #require(size(before, bone))
      let later = try #require(size(after, bone))
      #expect(bone == .l2 ? later < first : later > first, "\(bone)")
    }
    #expect(before.anatomy.spine.field == after.anatomy.spine.field)
  }

  /// The rim was seen at T11, so no other bone of case 5 is drawn with one; case 4 has none.
  @Test func signsAreWhereTheyAreStated() throws {
    let five = try #require(try Self.phantom("5"))
    let rims = five.lesions.filter { $0.hasRim }.map { five.bone(of: $0) }
    #expect(rims == [.t11])
    let four = try #require(try Self.phantom("4"))
    let later = try #require(try Self.phantom("4", "12"))
    #expect(!four.lesions.contains { $0.hasRim })
    #expect(four.lesions.contains { $0.hasHalo })
    let kinds = Set(four.lesions.map { $0.isMarginal })
    #expect(kinds == [true, false])
    #expect(!four.lesions.contains { $0.hasEdge })
    #expect(later.lesions.allSatisfy { $0.hasEdge })
  }

  /// A rim is dark on all series: darker than what it encloses and than what surrounds it.
  @Test func aRimIsDarkOnAllSeries() throws {
    let phantom = try #require(try Self.phantom("1"))
    for sequence in MRSequence.allCases {
      let table = SignalTable(sequence, of: phantom.phantom)
      #expect(table[.rim] < table[.lesionA] && table[.rim] < table[.lesionB] && table[.rim] < table[.halo])
    }
  }

  @Test func wordsMeasureAndDoNotGrade() throws {
    let words = try #require(try Self.phantom("1")).words(slice: 3).joined(separator: "\n")
    #expect(words.contains("L5: an area of"))
    #expect(words.contains("T1W 0.5; T2W 1.0 and 2.0"))
    for grade in ["hypo", "iso", "hyper", "rim sign", "halo"] { #expect(!words.contains(grade), "\(grade)") }
  }
}
