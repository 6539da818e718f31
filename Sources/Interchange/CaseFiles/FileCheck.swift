// `endplate check`: every fault of some files, whatever format they say they have.

import ReviewCore
import Yams

package enum FileCheck {
  /// The faults of all files, in their order; empty where an import would take them as they are.
  ///
  /// - Parameter codebook: that of the study the files are for.
  package static func faults(_ files: [InputFile], codebook: Codebook = .vertebralOsteomyelitis) -> [Fault] {
    let others = files.filter { format(of: $0) != CaseSchema.format }
    let cases = files.filter { file in !others.contains(file) }
    let faults = CaseFileReader.read(cases, codebook: codebook).faults + others.flatMap { faultsByFormat($0, codebook) }
    let order = files.map(\.name).enumerated().reduce(into: [String: Int]()) {
      $0[$1.element] = $0[$1.element] ?? $1.offset
    }
    return faults.sorted { (order[$0.file] ?? 0, $0.line, $0.column) < (order[$1.file] ?? 0, $1.line, $1.column) }
  }

  /// The key images that a case file names; none of a file of another format, or that says nothing.
  package static func images(_ file: InputFile, codebook: Codebook = .vertebralOsteomyelitis) -> [NamedImage] {
    guard [CaseSchema.format, nil].contains(format(of: file)), let document = YamlDocument.parse(file).value else {
      return []
    }
    var reader = SchemaReader(document, codebook: codebook)
    let block = CaseSchema.file(.imported, series: codebook.series)
    guard let fields = reader.fields(document.root, block.schema) else { return [] }
    let stated = block.read(fields, &reader.faults)
    return (([stated.baseline].compactMap(\.self)) + stated.followUps).flatMap(\.named)
  }

  private static func faultsByFormat(_ file: InputFile, _ codebook: Codebook) -> [Fault] {
    switch format(of: file) {
    case StudySchema.format: return StudyDescriptionReader.read(file, codebook: codebook).faults
    case ReadingsSchema.format: return ReadingsFileReader.read(file, codebook: codebook).faults
    case CodebookSchema.format: return CodebookReader.read(file).faults
    case TeachingSchema.format: return TeachingFileReader.read(file, codebook: codebook).faults
    case ReadingsMap.format: return ReadingsMap.read(file, codebook: codebook).faults
    case let other?:
      let known = [
        CaseSchema.format, StudySchema.format, ReadingsSchema.format, TeachingSchema.format, CodebookSchema.format,
        ReadingsMap.format,
      ].joined(separator: ", ")
      return [Fault(file.name, "there is no format ‘\(other)’; allowed: \(known)")]
    case nil where has(file, ["palette", "base00"]):
      return [Fault(file.name, "this is a theme, which ‘endplate themes check’ checks")]
    // No case has a list of findings.
    case nil where has(file, ["findings"]):
      return [Fault(file.name, "‘format’ is missing; a codebook begins with ‘format: \(CodebookSchema.format)’")]
    case nil: return CaseFileReader.read(file, codebook: codebook).faults
    }
  }

  private static func format(of file: InputFile) -> String? {
    keys(file)?.first { $0.key.text == "format" }?.value.text
  }

  private static func has(_ file: InputFile, _ wanted: [String]) -> Bool {
    keys(file)?.contains { $0.key.text.map(wanted.contains) ?? false } ?? false
  }

  private static func keys(_ file: InputFile) -> Node.Mapping? {
    if case .mapping(let mapping)? = YamlDocument.parse(file).value?.root { mapping } else { nil }
  }
}
