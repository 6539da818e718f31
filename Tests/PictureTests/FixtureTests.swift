// A collection of DICOM files with what a correct reader finds in each, where there is one: ENDPLATE_DICOM names its folder.

import Desk
import Foundation
import KeyImages
import Testing

@Suite struct FixtureTests {
  private struct Facts: Decodable {
    struct Probe: Decodable {
      var row, col: Int
      var stored: Int32
    }
    var expect: String?
    /// Left out where they are not of one number, as those of a colour picture are not.
    private(set) var probes: [Probe]?
    var lossy: Bool?
    var rows: Int?
    var plane: String?

    private enum Key: String, CodingKey { case expect, probes, lossy, plane, rows = "Rows" }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: Key.self)
      expect = try values.decodeIfPresent(String.self, forKey: .expect)
      probes = try? values.decodeIfPresent([Probe].self, forKey: .probes)
      lossy = try values.decodeIfPresent(Bool.self, forKey: .lossy)
      rows = try values.decodeIfPresent(Int.self, forKey: .rows)
      plane = try values.decodeIfPresent(String.self, forKey: .plane)
    }
  }
  private struct Collection: Decodable { var files: [String: Facts] }

  private static let folder = ProcessInfo.processInfo.environment["ENDPLATE_DICOM"]

  @Test(.enabled(if: folder != nil))
  func everyFileIsShownOrRefused() throws {
    let folder = try #require(Self.folder)
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let child = try PictureChild(beside: root.appending(path: ".build/debug").path)
    let collection = try JSONDecoder().decode(
      Collection.self, from: Data(contentsOf: URL(filePath: "\(folder)/facts.json")))
    for (name, facts) in collection.files.sorted(by: { $0.key < $1.key }) {
      let expected = facts.expect ?? "shows"
      do throws(Failure) {
        let picture = try child.read("\(folder)/\(name)")
        #expect(!expected.hasPrefix("refused:") && expected != "refused", "\(name) is shown; expected: \(expected)")
        #expect(facts.rows == nil || picture.rows == facts.rows, "\(name)")
        #expect(facts.plane == nil || picture.plane?.rawValue == facts.plane, "\(name)")
        for probe in facts.probes ?? [] where facts.lossy != true {
          #expect(picture.values[probe.row * picture.columns + probe.col] == probe.stored, "\(name)")
        }
      } catch {
        #expect(expected.contains("refused") || !expected.hasPrefix("shows"), "\(error.words ?? name)")
      }
    }
  }
}
