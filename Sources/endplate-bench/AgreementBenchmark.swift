// How long agreement takes: a million cases from a file, and the resampling of a thousand.

import Agreement
import ArgumentParser
import Foundation

/// Writes a made-up table of ratings to a temporary folder, then times reading it with all statistics and the resampling.
struct AgreementBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agreement", abstract: "Time the agreement of a large table of ratings.")

  @Option(help: "The cases of the file.")
  var cases = 1_000_000

  @Option(help: "The readers of the file.")
  var readers = 3

  @Option(help: "The levels of the ratings, in order.")
  var levels = 3

  private var names: [String] { (1...levels).map { "L\($0)" } }

  func validate() throws {
    guard cases > 0, (2...200).contains(readers), (2...20).contains(levels) else {
      throw ValidationError("--cases takes a number from 1, --readers from 2 to 200, --levels from 2 to 20")
    }
  }

  func run() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("agreement-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("ratings.csv")
    var generator = SplitMix64(seed: 1)
    try write(to: file, using: &generator)

    let clock = ContinuousClock()
    var report: AgreementReport?
    let whole = try clock.measure { report = try read(file).table.agreement(resampling: Resampling()) }
    let reading = try clock.measure { _ = try read(file) }
    print(
      "\(cases) cases x \(readers) readers x \(levels) levels: \(milliseconds(whole)) ms with reading and 1000 resamples"
    )
    print("  of which reading \(milliseconds(reading)) ms; \(report?.metrics.count ?? 0) figures")
    print("  peak memory of the process \(Self.peakMegabytes()) MB")

    let small = try smallTable(using: &generator)
    let without = clock.measure { _ = small.agreement(resampling: nil) }
    let with = clock.measure { _ = small.agreement(resampling: Resampling()) }
    print("1000 cases x \(readers) readers: all figures \(milliseconds(without)) ms")
    print("  1000 resamples of them \(milliseconds(with - without)) ms more")
  }

  /// Ratings that agree most of the time, with a few missing.
  private func ratings(using generator: inout SplitMix64) -> [Int?] {
    let truth = Int.random(in: 0..<levels, using: &generator)
    return (0..<readers).map { _ in
      switch Int.random(in: 0..<100, using: &generator) {
      case 0..<2: return nil
      case 2..<25: return Int.random(in: 0..<levels, using: &generator)
      default: return truth
      }
    }
  }

  private func write(to file: URL, using generator: inout SplitMix64) throws {
    try Data().write(to: file)
    let names = names
    let handle = try FileHandle(forWritingTo: file)
    defer { try? handle.close() }
    var text = "case," + (1...readers).map { "R\($0)" }.joined(separator: ",") + "\n"
    for i in 0..<cases {
      let cells = ratings(using: &generator).map { $0.map { names[$0] } ?? "" }
      text += "C\(i),\(cells.joined(separator: ","))\n"
      if text.utf8.count > 1 << 20 {
        try handle.write(contentsOf: Data(text.utf8))
        text = ""
      }
    }
    try handle.write(contentsOf: Data(text.utf8))
  }

  private func read(_ file: URL) throws -> RatingsFile {
    let descriptor = open(file.path, O_RDONLY)
    defer { close(descriptor) }
    return try RatingsFile(levels: names, scale: .ordinal) {
      Foundation.read(descriptor, $0.baseAddress, $0.count)
    }
  }

  private func smallTable(using generator: inout SplitMix64) throws -> RatingTable {
    var tally = try RatingTally(readers: (1...readers).map { "R\($0)" }, levels: names, scale: .ordinal)
    for _ in 0..<1000 { tally.add(ratings(using: &generator)) }
    return tally.table()
  }

  private func milliseconds(_ duration: Duration) -> Int {
    Int(duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000)
  }

  /// The largest resident size of this process so far.
  static func peakMegabytes() -> Int {
    var usage = rusage()
    // 0 is RUSAGE_SELF, which C libraries declare with different types.
    getrusage(0, &usage)
    return usage.ru_maxrss / 1024
  }
}
