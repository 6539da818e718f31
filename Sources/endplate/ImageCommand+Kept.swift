// The key images that a study keeps: added, listed, taken away.

import ArgumentParser
import CaseStore
import Desk
import KeyImages
import ReviewCore
import TextSafety

extension ImageCommand {
  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Keep DICOM or PNG pictures with a case, all or none.",
      discussion: """
        Only pixels and what they need to be shown and placed are kept: no name, no date, no free text; UIDs as salted \
        hashes. Series and plane come from the header where it says so.
        """)

    @OptionGroup var study: StudyOptions

    @Argument(help: "The case's id.")
    var patientCase: String

    @Argument(help: "DICOM or PNG files.", completion: .file())
    var files: [String]

    @Option(help: ArgumentHelp("baseline, or the months of a follow-up.", valueName: "e"))
    var examination = "baseline"

    @Option(
      help: ArgumentHelp("Of which series they are, as stir; what their timing says where left out.", valueName: "s"))
    var series: MRSequence?

    @Option(help: ArgumentHelp("sagittal, axial or coronal, where a header does not say.", valueName: "p"))
    var plane: Plane?

    @Option(help: ArgumentHelp("Which picture of files that hold several, from 1.", valueName: "n"))
    var frame = 1

    @Flag(
      help:
        "You looked at the pictures: no text is burned into them that says whose they are. On record in the audit trail."
    )
    var lookedThrough = false

    func validate() throws {
      if frame < 1 { throw ValidationError("pictures are counted from 1") }
    }

    func run() throws {
      let (store, path) = try StudyAccess().open(study)
      let (id, at) = (CaseID(patientCase), ExaminationID(typed: examination))
      guard store.principal.role == .coordinator else {
        throw StoreError.notPermitted(
          "only the coordinator adds images; \(store.principal.id) is a \(store.principal.role.rawValue)")
      }
      // A word mistaken for a case would else be told only after all files were read.
      _ = try store.caseView(id)
      let wanted = files.map { PictureFile($0, frame: frame - 1, of: id, at: at, as: series, plane: plane) }
      var refused: ExitStatus?
      let images = try PictureChild().newImages(
        wanted,
        refused: { refusal in
          for line in refusal.lines { Output.error(line) }
          refused = refused ?? refusal.code
        }, noted: { Output.error($0) })
      if let refused { throw Failure(refused, "nothing was added; leave out or correct what is named above") }
      let report = try store.addImages(images, isLookedThrough: lookedThrough)
      Output.print("\(path): case \(id), \(at.title): \(report.summary), \((report.bytes + 1023) >> 10) KiB")
      if !report.added.isEmpty { try Self.tellSigned(id, store) }
    }

    /// Who signed a case before images came to it.
    static func tellSigned(_ id: CaseID, _ store: StudyStore) throws {
      let signed = try store.caseView(id).signatures.filter(\.isSigned).map(\.reader.rawValue)
      guard !signed.isEmpty else { return }
      Output.error(
        "endplate: \(signed.joined(separator: ", ")) signed case \(id) before these images were there, and graded without them"
      )
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the images that a study keeps of a case.")

    @OptionGroup var study: StudyOptions

    @Argument(help: "The case's id.")
    var patientCase: String

    func run() throws {
      let store = try StudyAccess().open(study).store
      let images = try store.images(of: CaseID(patientCase))
      for image in ImageStack.inOrder(images) {
        let id = image.id.short.padding(toLength: 10, withPad: " ", startingAt: 0)
        let place = image.stated.map { "  \($0)" } ?? ""
        Output.print("\(id)\(image.examination.title)  \(image.words)\(place)")
      }
      if images.isEmpty {
        Output.print(
          "case \(patientCase) has no images that you may see; add some with: "
            + NextStep.command("image add \(patientCase) FILE…"))
      }
    }
  }

  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove", abstract: "Take images of a case out of the study.",
      discussion: "Their pixels are overwritten in the file; backups keep theirs. Marks on them stay with the grades.")

    @OptionGroup var study: StudyOptions

    @Argument(help: "The case's id.")
    var patientCase: String

    @Argument(help: "Images, as ‘endplate image list’ names them.")
    var images: [String]

    @Flag(help: "Also images on which somebody has marked something.")
    var marked = false

    func run() throws {
      let (store, path) = try StudyAccess().open(study)
      let id = CaseID(patientCase)
      let known = try store.images(of: id).map(\.id)
      let wanted = try images.map { typed in
        let found = known.filter { $0.rawValue.hasPrefix(typed) }
        guard let first = found.first else {
          throw Failure(.noInput, "case \(id) has no image ‘\(typed)’; see: \(NextStep.command("image list \(id)"))")
        }
        guard found.count == 1 else {
          throw Failure(.usage, "‘\(typed)’ could be any of \(found.count) images; type more of it")
        }
        return first
      }
      try store.removeImages(Set(wanted), of: id, isMarked: marked)
      Output.print("\(path): case \(id): \(Set(wanted).count.counted("image")) removed")
    }
  }
}

extension KeyImage {
  /// `place −7.0, 4.1, 300.0 mm`; nil where its file does not say.
  fileprivate var stated: String? {
    guard geometry != nil else { return nil }
    return "at " + position.map { $0.decimals(1) }.joined(separator: ", ") + " mm"
  }
}

extension Plane: ExpressibleByArgument {
  public init?(argument: String) { self.init(rawValue: argument.lowercased()) }
}
