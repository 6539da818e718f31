// What the seven scripts say, held against the published cases.

import Interchange
import ReviewCore
import SampleCases
import Testing

private typealias ID = Codebook.ID

struct TeachingScriptsTests {
  private static let read = Result {
    (try SampleStudies.published(SampleCases.files), try SampleStudies.scripts(SampleCases.files))
  }

  private let sample: SampleStudy
  private let scripts: [CaseID: TeachingScript]

  init() throws { (sample, scripts) = try Self.read.get() }

  static let ids: [CaseID] = ["1", "2", "3", "4", "5", "6", "7"]

  private func taught(_ id: CaseID) throws -> (patient: Case, consensus: Consensus, script: TeachingScript) {
    (
      try #require(sample.cases.first { $0.id == id }), try #require(sample.published[id]),
      try #require(scripts[id])
    )
  }

  @Test(arguments: ids) func everyPublishedGradeIsClaimedOnceAndNoOther(id: CaseID) throws {
    let (patient, consensus, script) = try taught(id)
    var claimed: [GradeKey: GradeValue] = [:]
    for step in script.steps {
      for (finding, value) in step.grades { claimed[GradeKey(step.examination, finding)] = value }
    }
    #expect(claimed == consensus.grades.compactMapValues { $0.grade?.value })
    #expect(script.contradictions(to: consensus).isEmpty)
    #expect(
      TeachingCase(
        CaseView(patientCase: patient, stage: .published, consensus: consensus), script: script,
        codebook: .vertebralOsteomyelitis)?.script == script)
  }

  @Test(arguments: ids) func theStepsAreThoseOfARadiologistAndShowTheWholeCase(id: CaseID) throws {
    let (patient, _, script) = try taught(id)
    let followUps = patient.followUps.map { $0.id }
    #expect(Set(script.steps.map(\.topic)) == Set(TeachingTopic.allCases))
    #expect(script.steps.filter { $0.topic == .followUp }.map(\.examination) == followUps)
    let facts = Set(TeachingFact.allCases.map { TeachingElement.fact($0) })
    let findings = Set(
      Codebook.vertebralOsteomyelitis.findings(in: .baseline).map(\.id).filter { $0 != ID.impression }
        .map { TeachingElement.finding($0) })
    #expect(script.elements == facts.union(findings).union(followUps.map { .followUp($0) }))
  }

  /// A grade is right or wrong by the consensus; only of the impression nobody published one.
  @Test(arguments: ids) func onlyTheImpressionIsOpen(id: CaseID) throws {
    let open = try taught(id).script.steps.compactMap(\.question).filter { !$0.isScored }
    #expect(open.map(\.finding) == [ID.impression])
  }

  /// Words that tell an element, to be found in nothing that is shown before it.
  private func telling(_ element: TeachingElement, _ patient: Case, _ consensus: Consensus) -> [String] {
    switch element {
    case .fact(.presentation): ["fever", "pain"]
    case .fact(.originalReport): ["misread"]
    case .fact(.biopsy):
      ["histolog", "biops", "malignan"] + (patient.biopsies ?? []).map(\.result)
        + (patient.biopsies ?? []).filter { $0.tissue != .bone }.map(\.tissue.title)
    case .fact(.culture): ["culture", "cocci", "staphylococcus", "salmonella", "mycobacter"]
    case .fact(.therapy): ["antibiotic", "debridement", "anti-tuberculous"]
    case .fact(.outcome): ["improved", "cured"]
    case .fact(.title): [patient.title ?? ""]
    case .finding(ID.involvedBones):
      (consensus.values(at: .baseline)[ID.involvedBones]?.siteList ?? []).map { $0.title.lowercased() }
    case .finding(ID.lesionNumber): ["solitary", "multiple", "single lesion", "one lesion"]
    case .finding(ID.posteriorElements): ["posterior element", "pedicle"]
    case .finding(ID.t1w): ["t1w", "hypo"]
    case .finding(ID.t2w): ["t2w"]
    case .finding(ID.stir): ["stir"]
    case .finding(ID.enhancement): ["enhanc", "marginal", "global"]
    case .finding(ID.rimSign): ["rim"]
    case .finding(ID.haloSign): ["halo"]
    case .finding(ID.disks): ["preserved"]
    case .finding(ID.softTissueInflammation): ["inflam", "epidural", "paraspinal"]
    case .finding(ID.softTissueAbscess): ["abscess"]
    case .finding: []
    case .followUp: ["healing", "healed", "aggravated", "equivocal", "months later"]
    }
  }

  /// Letters and digits with single blanks between, one in front: so that a word is found by its beginning.
  private func plain(_ text: String) -> String {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
  }

  private func words(of step: TeachingStep) -> String {
    let question = step.question.map { [$0.ask] + $0.answers.flatMap { [$0.text, $0.because] } } ?? []
    return ([step.title] + step.text + step.reveal + question).joined(separator: "\n").lowercased()
  }

  @Test(arguments: ids) func noStepTellsWhatALaterOneShows(id: CaseID) throws {
    let (patient, consensus, script) = try taught(id)
    for index in script.steps.indices {
      let visible = script.visible(at: index, isRevealed: true)
      let text = " " + plain(words(of: script.steps[index]))
      let isFollowUp = script.steps[index].topic >= .followUp
      for element in script.elements.subtracting(visible).subtracting(script.steps[index].hides) {
        // Grades are weighed at the first follow-up, whatever the later ones will be.
        if case .followUp = element, isFollowUp { continue }
        for word in telling(element, patient, consensus) {
          #expect(
            !text.contains(" " + plain(word)),
            "case \(id), ‘\(script.steps[index].title)’ tells \(element.id): \(word)")
        }
      }
      for word in telling(.fact(.title), patient, consensus) + ["case \(id)", "patient \(id)"] {
        #expect(!text.contains(" " + plain(word)), "case \(id), ‘\(script.steps[index].title)’ tells what case it is")
      }
    }
    #expect(!script.neutralTitle.contains(id.rawValue + " ") && script.neutralTitle.contains(String(patient.age ?? 0)))
  }

  /// Every bone and every month that a script names is stated of its case, or of the bone a remark names.
  @Test(arguments: ids) func bonesAndMonthsAreThoseOfTheCase(id: CaseID) throws {
    let (patient, consensus, script) = try taught(id)
    var bones = Set(
      (consensus.values(at: .baseline)[ID.involvedBones]?.siteList ?? []).flatMap(\.shaded).map(\.rawValue))
    for case .run(let first, let last) in consensus.values(at: .baseline)[ID.involvedBones]?.siteList ?? [] {
      bones.formUnion([first.rawValue, last.rawValue])
    }
    let months = Set(patient.followUps.map(\.id.rawValue) + ["6"])
    for step in script.steps {
      let text = words(of: step).uppercased()
      let others = step.question?.answers.filter { !$0.isRight }.map(\.because).joined().uppercased() ?? ""
      for match in text.matches(of: /\b([CTLS]\d{1,2})\b/) where !others.contains(match.1) {
        #expect(bones.contains(String(match.1)) || namesAnother(text, match.1), "case \(id): \(match.1)")
      }
      for match in text.matches(of: /(\d+(?:\.\d)?) MONTHS/) {
        let isRange = text.contains("TO \(match.1) MONTHS")
        let isOfTheGroup = text.contains("MEAN OF \(match.1)") || text.contains("\(match.1) MONTHS OF THE LONGEST")
        #expect(months.contains(String(match.1)) || isRange || isOfTheGroup, "case \(id): \(match.1) months")
      }
    }
  }

  /// "The man with the lesion in S1" is another patient.
  private func namesAnother(_ text: String, _ bone: Substring) -> Bool {
    text.contains("THE MAN WITH THE LESION IN \(bone)")
  }

  @Test(arguments: ids) func whatIsNotStatedStaysSo(id: CaseID) throws {
    let (patient, _, script) = try taught(id)
    let first = words(of: try #require(script.steps.first))
    let duration = patient.presentation?.duration
    #expect(first.contains(duration ?? "not stated"))
  }

  /// A sentence that would fit two cases belongs to neither.
  @Test func noSentenceStandsInTwoScripts() {
    var seen: [String: CaseID] = [:]
    for (id, script) in scripts.sorted(by: { $0.key < $1.key }) where Self.ids.contains(id) {
      for step in script.steps {
        let question = step.question.map { [$0.ask] + $0.answers.map(\.because) } ?? []
        for text in [step.title] + step.text + step.reveal + question + step.notes
        where text != "What would you call it?" {
          let other = seen.updateValue(id, forKey: text)
          #expect(other == nil, "cases \(other ?? "") and \(id) share: \(text)")
        }
      }
    }
  }

  /// Explanations of one question in different cases must not be alike but for a name.
  @Test func explanationsOfAFindingDifferBetweenCases() {
    for finding in Codebook.vertebralOsteomyelitis.findings {
      let texts = Self.ids.compactMap { scripts[$0] }.flatMap(\.steps).compactMap(\.question).filter {
        $0.finding == finding.id
      }
      .flatMap(\.answers).map { Set($0.because.lowercased().split { !$0.isLetter }.map(String.init)) }
      for (index, text) in texts.enumerated() {
        for other in texts[(index + 1)...] {
          let shared = Double(text.intersection(other).count) / Double(max(1, text.union(other).count))
          #expect(shared < 0.6, "\(finding.id): \(text.sorted()) and \(other.sorted())")
        }
      }
    }
  }

  /// The figures in the texts: `6 of 7`, `Four of the seven`, recomputed from the cases.
  @Test func figuresOfTheGroup() {
    func count(_ finding: FindingID, _ level: LevelID) -> Int {
      sample.published.values.count { $0.values(at: .baseline)[finding]?.contains(level) ?? false }
    }
    let figures: [(claim: String, of: Int)] = [
      ("Six of the seven patients had the sign.", count(ID.rimSign, "present")),
      ("Six of seven were like this", count(ID.softTissueInflammation, "limited")),
      ("Three of the seven had posterior elements involved", count(ID.posteriorElements, "involved")),
      ("Two of the seven patients had a single lesion", count(ID.lesionNumber, "solitary")),
      ("Five of seven had iso and hyper together", count(ID.t2w, "iso")),
      ("Three of the seven, she among them, showed both patterns.", count(ID.enhancement, "marginal")),
    ]
    let words = ["two": 2, "three": 3, "five": 5, "six": 6]
    let all = Self.ids.compactMap { scripts[$0] }.flatMap(\.steps).map { step in
      (step.text + step.reveal + (step.question?.answers.map(\.because) ?? [])).joined(separator: " ")
    }.joined(separator: " ")
    for (claim, count) in figures {
      #expect(all.contains(claim), "no script says ‘\(claim)’ any more")
      #expect(words[claim.split(separator: " ").first?.lowercased() ?? ""] == count, "\(claim) but \(count)")
    }
  }

  /// The words of an answer come with it, not above its question.
  @Test func noStepAnswersItsOwnQuestion() {
    let telling: [FindingID: [String]] = [
      ID.t1w: ["low signal", "high signal"], ID.t2w: ["brighter", "equals", "high signal"],
      ID.stir: ["stir shows", "high on stir"], ID.enhancement: ["take", "uptake", "pattern"],
      ID.rimSign: ["a dark", "curved", "inner line", "no line", "no dark"], ID.haloSign: ["band"],
      ID.disks: ["disks are", "disks count", "disks preserved", "disk is"], ID.softTissueInflammation: ["inflam"],
      ID.softTissueAbscess: ["abscess"],
    ]
    for script in scripts.values {
      for step in script.steps {
        let text = step.text.joined(separator: " ").lowercased()
        for word in step.question?.finding.flatMap({ telling[$0] }) ?? [] {
          #expect(!text.contains(word), "‘\(step.title)’ of \(script.neutralTitle): \(word)")
        }
      }
    }
  }
}
