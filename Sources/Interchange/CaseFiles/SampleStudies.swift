// The studies that come with the program, made from the embedded files (`SampleCases.files`).

import ReviewCore

/// A study with all that belongs to it, ready to be written into a study file.
package struct SampleStudy: Hashable, Sendable {
  package var study: Study
  package var principals: [Principal]
  package var cases: [Case]
  /// Of origin `published`; empty for the practice study, which has no consensus yet.
  package var published: [CaseID: Consensus]
  package var readings: [CaseReading]
}

/// Only this builder makes a consensus of origin `published`; no import can.
package enum SampleStudies {
  /// The embedded files are at fault: a fault of the program, not of a person.
  package struct Broken: Error, Hashable, Sendable, CustomStringConvertible {
    package var faults: [Fault]
    package var description: String { faults.map(\.description).joined(separator: "\n") }
  }

  package typealias Files = [(name: String, bytes: [UInt8])]

  /// The seven cases with the grades that their publication states. Nobody's individual readings were published.
  package static func published(_ files: Files) throws(Broken) -> SampleStudy {
    try finished("study.yaml", "case_", files)
  }

  /// Four cases made up to stand beside the published ones: a study of their own, never counted among those.
  package static func controls(_ files: Files) throws(Broken) -> SampleStudy {
    try finished("controls_study.yaml", "control_", files)
  }

  /// An embedded case with its published grades, where a case of a study of ours is that one; nil for all others.
  package static func published(_ patientCase: Case, in study: Study, _ files: Files) throws(Broken) -> CaseFile? {
    // Title and source are withheld from readers; the neutral title is what everybody sees.
    let descriptions =
      study.isConstructed ? ["controls_study.yaml"] : ["study.yaml", "practice_study.yaml"]
    var titles: [String] = []
    for name in descriptions {
      titles.append(try value(StudyDescriptionReader.read(file(name, in: files))).study.neutralTitle)
    }
    guard titles.contains(study.neutralTitle) else { return nil }
    let number = String(patientCase.id.rawValue.unicodeScalars.filter { ("0"..."9").contains($0) })
    let name = (study.isConstructed ? "control_" : "case_") + number + ".yaml"
    return try caseFiles(files.filter { $0.name == name }, "c").first { $0.patientCase.isSame(as: patientCase) }
  }

  private static func finished(_ name: String, _ prefix: String, _ files: Files) throws(Broken) -> SampleStudy {
    let study = try value(StudyDescriptionReader.read(file(name, in: files)))
    let cases = try caseFiles(files, prefix)
    var published: [CaseID: Consensus] = [:]
    for entry in cases {
      published[entry.patientCase.id] = Consensus(
        origin: .published, grades: entry.published.mapValues { AgreedGrade($0) })
    }
    return SampleStudy(
      study: study.study, principals: study.principals, cases: cases.map(\.patientCase), published: published,
      readings: [])
  }

  /// The same cases without their grades, to be read again, with made-up readings.
  package static func practice(_ files: Files) throws(Broken) -> SampleStudy {
    let source = try value(StudyDescriptionReader.read(file("study.yaml", in: files))).study
    var study = try value(StudyDescriptionReader.read(file("practice_study.yaml", in: files)))
    let readings = try value(ReadingsFileReader.read(file("practice.yaml", in: files)))
    study.study.source = source.source
    study.study.population = source.population
    study.study.studyProtocol.ranges = source.studyProtocol.ranges
    study.study.studyProtocol.imaging = source.studyProtocol.imaging
    study.study.isIllustrative = readings.isIllustrative
    return SampleStudy(
      study: study.study, principals: study.principals,
      cases: try caseFiles(files).map { withoutAnswers($0.patientCase) }, published: [:], readings: readings.readings)
  }

  /// How each of the seven cases and of the constructed ones is taught.
  package static func scripts(_ files: Files) throws(Broken) -> [CaseID: TeachingScript] {
    var scripts: [CaseID: TeachingScript] = [:]
    for file in files where file.name.hasPrefix("teach_") || file.name.hasPrefix("control_teach_") {
      let script = try value(TeachingFileReader.read(InputFile(name: file.name, bytes: file.bytes)))
      scripts[script.caseID] = script
    }
    return scripts
  }

  /// What the publication says of the images would answer what a reader is asked.
  private static func withoutAnswers(_ patientCase: Case) -> Case {
    var bare = patientCase
    bare.course = [:]
    for index in bare.examinations.indices {
      bare.examinations[index].remarks = []
      for series in bare.examinations[index].acquisitions.indices {
        bare.examinations[index].acquisitions[series].remark = nil
      }
    }
    return bare
  }

  private static func caseFiles(_ files: Files, _ prefix: String = "case_") throws(Broken) -> [CaseFile] {
    var cases: [CaseFile] = []
    for file in files where file.name.hasPrefix(prefix) && !file.name.hasPrefix(prefix + "teach_") {
      cases.append(try value(CaseFileReader.read(InputFile(name: file.name, bytes: file.bytes), origin: .embedded)))
    }
    return cases
  }

  private static func file(_ name: String, in files: Files) -> InputFile {
    InputFile(name: name, bytes: files.first { $0.name == name }?.bytes ?? [])
  }

  private static func value<T>(_ outcome: Outcome<T>) throws(Broken) -> T {
    guard let value = outcome.value else { throw Broken(faults: outcome.faults) }
    return value
  }
}

extension Case {
  /// Whether another is this one, as far as the other is shown.
  fileprivate func isSame(as other: Case) -> Bool {
    let own = Set(examinations.map(\.id))
    return id == other.id && sex == other.sex && age == other.age
      && other.examinations.allSatisfy { own.contains($0.id) }
  }
}
