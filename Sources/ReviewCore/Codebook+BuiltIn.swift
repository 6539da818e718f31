// The codebook of the source paper. It is a file like any other: `SampleCases/codebooks/vertebral_osteomyelitis.yaml`. What
// was read of it is embedded beside it, so that no start of the program reads YAML.

import CCodebook
import Codebooks
import Foundation

extension Codebook {
  /// Ids of the embedded file, for what is drawn from its published cases and for tests. Nothing that works on the codebook
  /// of a study names a finding.
  public enum ID {
    public static let involvedBones: FindingID = "involved_bones"
    public static let posteriorElements: FindingID = "posterior_elements"
    public static let lesionNumber: FindingID = "lesion_number"
    public static let t1w: FindingID = "t1w"
    public static let t2w: FindingID = "t2w"
    public static let stir: FindingID = "stir"
    public static let enhancement: FindingID = "enhancement"
    public static let rimSign: FindingID = "rim_sign"
    public static let haloSign: FindingID = "halo_sign"
    public static let disks: FindingID = "disks"
    public static let softTissueInflammation: FindingID = "soft_tissue_inflammation"
    public static let softTissueAbscess: FindingID = "soft_tissue_abscess"
    public static let impression: FindingID = "impression"
    /// Only in studies whose protocol asks for the impression again.
    public static let impressionAfter: FindingID = "impression_after"
    public static let foci: FindingID = "foci"
    public static let lesionChanges: FindingID = "lesion_changes"
    public static let marrow: FindingID = "marrow"
    public static let signalArea: FindingID = "signal_area"
    public static let destruction: FindingID = "destruction"
    public static let spread: FindingID = "spread"
    public static let softTissueChange: FindingID = "soft_tissue_change"
    public static let abscess: FindingID = "abscess"
    public static let healingEdge: FindingID = "healing_edge"
    public static let followUpGrade: FindingID = "follow_up_grade"
  }

  /// Id and version of the embedded codebook, for whoever does not need to read it: every start would take milliseconds.
  public static let builtInName = "vertebral-osteomyelitis, version 1"

  /// What a study grades that was made without a codebook.
  public static let vertebralOsteomyelitis: Codebook = {
    func bytes(_ text: cc_text) -> UnsafeBufferPointer<UInt8> {
      UnsafeBufferPointer(start: text.bytes, count: text.length)
    }
    guard let file = try? JSONDecoder().decode(CodebookFile.self, from: Data(buffer: bytes(cc_codebook_as_read()))),
      let scheme = SchemeBinder.checked(file)
    else { fatalError("the embedded codebook cannot be read; this build is broken") }
    return Codebook(scheme, text: String(decoding: bytes(cc_codebook()), as: UTF8.self))
  }()

  /// A study that was made before its codebook was a file has the findings alone: what else belongs to them is that of the
  /// embedded codebook of the same id. Which answers there are stays as the study has it.
  var completed: Codebook {
    // Asked first: reading the embedded codebook takes milliseconds of a start.
    guard origin == nil else { return self }
    let embedded = Codebook.vertebralOsteomyelitis
    guard id == embedded.id else { return self }
    var whole = embedded
    whole.version = version
    whole.findings = findings.map { own in
      guard let finding = embedded[own.id], finding.scale == own.scale,
        finding.levels.map(\.id) == own.levels.map(\.id)
      else { return own }
      return finding
    }
    return whole
  }
}
