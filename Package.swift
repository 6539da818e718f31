// swift-tools-version: 6.1
import Foundation
import PackageDescription

// Imports point one way; the package enforces it. See ARCHITECTURE.md.

// What `endplate --version` names. The scripts say it; git is not asked here, because a manifest's answer is kept by its text.
let commit = Context.environment["ENDPLATE_COMMIT"] ?? ""

// Targets of libFuzzer have no `main`, so they are there only where script/fuzz asks for them.
let fuzzing: [Target] =
  (Context.environment["ENDPLATE_FUZZING"]).map { way in
    [
      .executableTarget(
        name: "endplate-fuzz",
        dependencies: ["Agreement", "CaseStore", "Interchange", "ReviewCore", "Seats", "Terminal", "TextSafety"],
        swiftSettings: [.unsafeFlags(["-parse-as-library"])] + (way == "replay" ? [.define("REPLAY")] : []))
    ]
  } ?? []

// Reading picture files needs libraries that not everybody has; without their headers everything else is built. Where they
// came later, the scripts say so, because a manifest's answer is kept.
let headers = [
  ["dcmtk/dcmdata/dctk.h"], ["5", "4", "3"].map { "openjpeg-2.\($0)/openjpeg.h" }, ["png.h"],
]
let readsPictures =
  Context.environment["ENDPLATE_PICTURES"] == "yes"
  || headers.allSatisfy { $0.contains { FileManager.default.fileExists(atPath: "/usr/include/" + $0) } }

// The only program that links them: `endplate` starts it as a child, with limits.
let pictures: [Target] =
  !readsPictures
  ? []
  : [
    .executableTarget(
      name: "endplate-dicom",
      linkerSettings: ["dcmjpeg", "dcmjpls", "dcmdata", "oflog", "ofstd", "openjp2", "png", "z"].map {
        .linkedLibrary($0)
      }),
    .testTarget(
      name: "PictureTests",
      dependencies: [
        "endplate-dicom", "CPixels", "CaseStore", "Desk", "Interchange", "KeyImages", "ReviewCore",
      ]),
  ]

let package = Package(
  name: "endplate",
  products: [
    .library(name: "ReviewCore", targets: ["ReviewCore"]),
    .library(name: "Agreement", targets: ["Agreement"]),
    .library(name: "CaseStore", targets: ["CaseStore"]),
    .executable(name: "endplate", targets: ["endplate"]),
    .executable(name: "endplate-bench", targets: ["endplate-bench"]),
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
  ],
  targets: [
    .target(
      name: "CTerminal",
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]
    ),
    // The guide, the licences and the commit, embedded: text in Swift would cost seconds of every build.
    .target(
      name: "CGuide", exclude: ["Licences"], cSettings: [.define("ENDPLATE_COMMIT", to: "\"\(commit)\"")]),
    // Grey pictures as bytes, packed and as PNG.
    .target(name: "CPixels", linkerSettings: [.linkedLibrary("z")]),
    // Settings of a database connection that only C can make.
    .target(name: "CSQLiteGuard", linkerSettings: [.linkedLibrary("sqlite3")]),
    // What text may reach a terminal, a page or a record, and how each of them spells it.
    .target(name: "TextSafety"),
    .target(name: "ReviewCore", dependencies: ["Codebooks", "CCodebook", "TextSafety"]),
    // The embedded codebook, as a file and as it was read.
    .target(name: "CCodebook", exclude: ["vertebral_osteomyelitis.json"]),
    // A codebook as a file says it, its conditions and its rules.
    .target(name: "Codebooks"),
    .target(name: "Agreement", dependencies: ["TextSafety"]),
    .target(name: "Grid", dependencies: ["TextSafety"]),
    .target(
      name: "CaseStore",
      dependencies: [
        "ReviewCore", "TextSafety", "CPixels", "CSQLiteGuard",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
      ]
    ),
    .target(name: "Figures", dependencies: ["ReviewCore", "Grid", "TextSafety"]),
    // Pictures of an examination as values, how they are looked at, and the phantoms.
    // Optimized in debug builds too: a slice is a quarter of a million points.
    .target(
      name: "KeyImages", dependencies: ["ReviewCore", "TextSafety"],
      swiftSettings: [.unsafeFlags(["-O"], .when(configuration: .debug))]),
    .target(name: "ReaderAgreement", dependencies: ["ReviewCore", "Agreement"]),
    .target(
      name: "Interchange",
      dependencies: [
        "ReviewCore", "Codebooks", "Agreement", "ReaderAgreement", "Figures", "Grid", "TextSafety", "CGuide",
        .product(name: "Yams", package: "Yams"),
        .product(name: "Crypto", package: "swift-crypto"),
      ]
    ),
    .target(
      name: "Seats", dependencies: ["ReviewCore", "TextSafety", .product(name: "Crypto", package: "swift-crypto")]),
    .target(name: "Terminal", dependencies: ["Grid", "CTerminal"]),
    .target(
      name: "Workstation",
      dependencies: ["Grid", "Figures", "KeyImages", "ReviewCore", "Agreement", "ReaderAgreement", "TextSafety"]),
    .target(name: "Themes", path: "Themes", resources: [.embedInCode("base16")]),
    .target(name: "SampleCases", path: "SampleCases", resources: [.embedInCode("cases"), .embedInCode("codebooks")]),
    // What runs a workstation: the loop, and the runners that do what the screens ask for.
    .target(
      name: "Desk",
      dependencies: [
        "ReviewCore", "Agreement", "ReaderAgreement", "CaseStore", "CPixels", "Figures", "Interchange", "KeyImages",
        "Grid", "Terminal", "CTerminal", "Workstation", "Themes", "SampleCases", "TextSafety",
      ]
    ),
    .executableTarget(
      name: "endplate",
      dependencies: [
        "Desk", "ReviewCore", "Codebooks", "Agreement", "ReaderAgreement", "CaseStore", "Figures", "Interchange",
        "Grid", "KeyImages",
        "Terminal", "CTerminal", "Seats", "Workstation", "Themes", "SampleCases", "TextSafety",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]
    ),
    // Drives a built program from outside, as a terminal does: for the benchmark and the end-to-end tests.
    .target(name: "PtyHarness"),
    .executableTarget(
      name: "endplate-bench",
      dependencies: [
        "ReviewCore", "Agreement", "CaseStore", "Interchange", "PtyHarness", "Workstation", "Grid",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]
    ),
    .target(name: "TestSupport", dependencies: ["Grid", "ReviewCore"], path: "Tests/TestSupport"),
    .target(
      name: "DeskSupport",
      dependencies: ["Desk", "CaseStore", "Interchange", "SampleCases", "Workstation", "TestSupport"],
      path: "Tests/DeskSupport"),
    .testTarget(
      name: "DeskTests",
      dependencies: ["Desk", "DeskSupport", "CaseStore", "Interchange", "Workstation", "TestSupport"]),
    .testTarget(name: "TextSafetyTests", dependencies: ["TextSafety"]),
    .testTarget(name: "ReviewCoreTests", dependencies: ["ReviewCore", "TestSupport"]),
    .testTarget(
      name: "CodebooksTests", dependencies: ["Codebooks", "Interchange", "ReviewCore", "SampleCases", "TestSupport"]),
    .testTarget(name: "AgreementTests", dependencies: ["Agreement"], resources: [.copy("golden"), .copy("inputs")]),
    .testTarget(
      name: "ReaderAgreementTests", dependencies: ["ReaderAgreement", "Interchange", "SampleCases", "TestSupport"],
      exclude: ["goldens"]),
    .testTarget(
      name: "CaseStoreTests",
      // GRDB to tamper with a study as somebody with the sqlite3 shell would.
      dependencies: ["CaseStore", "ReviewCore", "CFaultDisk", .product(name: "GRDB", package: "GRDB.swift")],
      resources: [.copy("studies-v1")]
    ),
    // A disk that fails when a test says so.
    .target(name: "CFaultDisk", path: "Tests/CFaultDisk", linkerSettings: [.linkedLibrary("sqlite3")]),
    .testTarget(
      name: "FiguresTests", dependencies: ["Figures", "Grid", "ReviewCore", "TestSupport"],
      resources: [.copy("goldens")]),
    .testTarget(
      name: "InterchangeTests", dependencies: ["Agreement", "Interchange", "SampleCases", "TestSupport"],
      exclude: ["goldens"], resources: [.copy("inputs")]),
    .testTarget(
      name: "KeyImagesTests", dependencies: ["KeyImages", "Interchange", "SampleCases", "ReviewCore", "TestSupport"]),
    .testTarget(name: "GridTests", dependencies: ["Grid", "Themes", "TestSupport"]),
    .testTarget(name: "SeatsTests", dependencies: ["Seats"]),
    .testTarget(name: "TerminalTests", dependencies: ["Terminal", "CTerminal", "PtyHarness", "TestSupport"]),
    .testTarget(
      name: "WorkstationTests",
      dependencies: ["Workstation", "Interchange", "KeyImages", "SampleCases", "TestSupport"],
      exclude: ["goldens"]),
    .testTarget(
      name: "EndToEndTests",
      dependencies: ["endplate", "PtyHarness", "CaseStore", "Figures", "ReviewCore", "Grid", "TestSupport"]),
  ] + fuzzing + pictures,
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
