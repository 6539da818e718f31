// Pictures on the command line: looking at a file, and writing phantoms out.

import ArgumentParser
import CaseStore
import Desk
import Foundation
import Grid
import KeyImages
import ReviewCore
import Terminal
import Workstation

struct ImageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "image", abstract: "Keep key images with a case, look at picture files, write phantoms out.",
    subcommands: [Show.self, Add.self, List.self, Remove.self, Export.self])

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Say what a DICOM or PNG file is, and draw it with shading characters.",
      discussion: "Only pixels and what they need to be shown and placed are read: no name, no date, no free text.")

    @Argument(help: "DICOM or PNG files.", completion: .file())
    var files: [String]

    @Option(help: ArgumentHelp("Which picture of a file that holds several, from 1.", valueName: "n"))
    var frame = 1

    @Option(help: ArgumentHelp("Which values are black and white, in place of the file's.", valueName: "center/width"))
    var window: WindowOption?

    @Option(help: ArgumentHelp("Columns of the drawing; 0 draws none.", valueName: "n"))
    var columns = 64

    @Flag(help: "Draw with ASCII characters only.")
    var ascii = false

    func validate() throws {
      if frame < 1 { throw ValidationError("pictures are counted from 1") }
      if !(0...500).contains(columns) { throw ValidationError("a drawing has up to 500 columns") }
    }

    func run() throws {
      let child = try PictureChild()
      var refused: ExitStatus?
      for file in files {
        do throws(Failure) {
          tell(file, try child.read(file, frame: frame - 1))
        } catch {
          for line in error.lines { Output.error(line) }
          refused = refused ?? error.code
        }
      }
      if let refused { throw Failure(refused, nil) }
    }

    private func tell(_ file: String, _ picture: SourcePicture) {
      Output.print(file)
      for (name, words) in PictureFacts.lines(of: picture) {
        Output.print("  " + name.padding(toLength: 10, withPad: " ", startingAt: 0) + words)
      }
      guard columns > 0 else { return }
      let look = Look.text(ascii: ascii)
      let shown = picture.frame(window?.value)
      let height = Double(shown.rows) * shown.aspect / Double(shown.columns)
      let size = Size(width: columns, height: max(1, min(200, Int((Double(columns) * height / 2).rounded()))))
      var canvas = Canvas(size: size, look: look, width: terminalWidth)
      ImagePicture(shown).draw(&canvas, canvas.bounds)
      Output.printLines(canvas.grid.text)
    }
  }

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export", abstract: "Write the phantoms of a case as DICOM or PNG files into a new folder.",
      discussion: "Every file says that it is a phantom drawn from the grades, of no patient.")

    @OptionGroup var study: StudyOptions

    @Argument(help: "The case's id.")
    var patientCase: String

    @Argument(help: "The new folder.", completion: .directory)
    var folder: String

    @Option(help: ArgumentHelp("baseline, or the months of a follow-up.", valueName: "e"))
    var examination = "baseline"

    @Option(help: ArgumentHelp("t1w, t2w, stir or ce_t1w; all where nothing is said.", valueName: "s"))
    var series: MRSequence?

    @Option(help: "dicom or png.")
    var format: PictureFormat = .dicom

    func run() throws {
      let child = try PictureChild()
      var found = stat()
      if folder.isEmpty || lstat(folder, &found) == 0 {
        throw Failure(.cannotCreate, "\(folder): is there already and is left as it is; name a new folder")
      }
      let store = try StudyAccess().open(study).store
      let view = try store.caseView(CaseID(patientCase))
      let id = ExaminationID(typed: examination)
      guard view.patientCase.examination(id) != nil else {
        throw Failure(.noInput, "case \(view.id) has no examination ‘\(examination)’ that you may see")
      }
      guard let phantom = try ImageShelf(study: store.study()).phantom(of: view.patientCase, at: id) else {
        throw Failure(.noInput, "there are no pictures of case \(view.id) at \(id.title)")
      }
      let count = try write(phantom, by: child)
      Output.print("\(folder): \(count == 1 ? "1 picture" : "\(count) pictures"), \(Phantom.mark)")
    }

    /// One folder a series, as a PACS would have it.
    private func write(_ phantom: Phantom, by child: PictureChild) throws -> Int {
      var count = 0
      for sequence in phantom.sequences where series == nil || sequence == series {
        let place = "\(folder)/\(sequence.rawValue)"
        do {
          try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        } catch {
          throw Failure(.cannotCreate, "\(place): cannot be made; name a folder where you may write")
        }
        for slice in 0..<Phantom.slices {
          guard let frame = phantom.frames(slice: slice)[sequence] else { continue }
          let bytes = try child.written(phantom.sheet(sequence, frame, slice: slice), as: format.rawValue)
          let path = "\(place)/phantom-\(slice + 1).\(format == .dicom ? "dcm" : "png")"
          do throws(WholeFile.Problem) {
            try WholeFile.write(bytes, to: path, mode: 0o644, replacing: false)
          } catch {
            throw Failure(.inputOutput, "\(path): \(error.words)")
          }
          count += 1
        }
      }
      return count
    }
  }
}

enum PictureFormat: String, ExpressibleByArgument, CaseIterable { case dicom, png }

extension MRSequence: ExpressibleByArgument {
  /// `stir`, and as the screens spell it: `STIR`, `CE T1W`, `CE`.
  public init?(argument: String) {
    let typed = argument.lowercased()
    self =
      (Self.allCases + Self.others).first {
        [$0.rawValue, $0.title.lowercased(), $0.shortTitle.lowercased()].contains(typed)
      } ?? MRSequence(rawValue: typed)
  }
}

/// `900/1800`.
struct WindowOption: ExpressibleByArgument {
  let value: GreyWindow

  init?(argument: String) {
    let parts = argument.split(separator: "/").compactMap { Double($0) }.filter(\.isFinite)
    guard parts.count == 2, parts[1] >= 1 else { return nil }
    value = GreyWindow(center: parts[0], width: parts[1])
  }
}
