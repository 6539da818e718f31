// The finished cases of a study with the scripts they are taught by.

import CaseStore
import Interchange
import ReviewCore
import SampleCases

package struct TeachingLibrary {
  let store: StudyStore
  package var study: Study
  /// Given on the command line; it goes before an embedded one.
  package var script: TeachingScript?
  /// Notes are for the presenter; no other seat has them.
  var hasNotes = true
  /// The constructed control cases are taught among the study's own, in an order that tells nothing.
  package var mixesControls = false
  private let seed = UInt64.random(in: 1 ... .max)

  package init(store: StudyStore, study: Study, script: TeachingScript? = nil, hasNotes: Bool = true) {
    (self.store, self.study, self.script, self.hasNotes) = (store, study, script, hasNotes)
  }

  /// Cases loaded at most: an atlas of more could not be looked through.
  private static let limit = 200

  /// The finished cases in the order of the worklist; one that is asked for is always among them, if it is finished.
  package func file(including wanted: CaseID? = nil) throws -> TeachingFile {
    let scripts = try scripts()
    var found: [TeachingCase] = []
    var total = 0
    for status in [WorklistFilter.Status.published, .recorded, .imported] {
      let query = WorklistQuery(filter: WorklistFilter(facts: [.status(status)]), sort: .number)
      let page = try store.worklist(query, offset: 0, limit: Self.limit - found.count)
      total += page.total
      found += try page.rows.compactMap { try entry($0.id, scripts) }
    }
    let needsControls = mixesControls || wanted.map { Self.controlIDs.contains($0) } ?? false
    let controls = try needsControls ? self.controls(scripts) : []
    if mixesControls {
      found = (found + controls).sorted { place($0.id) < place($1.id) }
      total += controls.count
    } else if let wanted, !found.contains(where: { $0.id == wanted }),
      let entry = try controls.first(where: { $0.id == wanted }) ?? entry(wanted, scripts)
    {
      found.append(entry)
    }
    return TeachingFile(found, total: max(total, found.count))
  }

  private static let controlIDs: Set<CaseID> = ["C1", "C2", "C3", "C4"]

  /// The constructed cases, unless the study is theirs or has cases of the same ids.
  private func controls(_ scripts: [CaseID: TeachingScript]) throws -> [TeachingCase] {
    guard !study.isConstructed else { return [] }
    let sample = try SampleStudies.controls(SampleCases.files)
    return sample.cases.filter { (try? store.caseView($0.id)) == nil }.compactMap { patientCase in
      let script = scripts[patientCase.id]
      return TeachingCase(
        CaseView(patientCase: patientCase, stage: .published, consensus: sample.published[patientCase.id]),
        script: hasNotes ? script : script?.withoutNotes, codebook: study.codebook, isConstructed: true)
    }
  }

  /// An order of its own in each sitting: FNV-1a of the id, begun with the seed, its bits mixed as in SplitMix64. Ids as
  /// short as these would otherwise keep together.
  private func place(_ id: CaseID) -> UInt64 {
    var hash = id.rawValue.utf8.reduce(seed) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    hash = (hash ^ (hash >> 30)) &* 0xbf58_476d_1ce4_e5b9
    hash = (hash ^ (hash >> 27)) &* 0x94d0_49bb_1331_11eb
    return hash ^ (hash >> 31)
  }

  private func entry(_ id: CaseID, _ scripts: [CaseID: TeachingScript]) throws -> TeachingCase? {
    let view = try store.caseView(id)
    return TeachingCase(
      view, script: script(for: view, scripts), codebook: study.codebook, isConstructed: study.isConstructed)
  }

  /// The embedded scripts are about the seven published cases, and about nobody else's case of the same number.
  private func script(for view: CaseView, _ scripts: [CaseID: TeachingScript]) -> TeachingScript? {
    let isGiven = script?.caseID == view.id
    let found = isGiven ? script : view.consensus?.origin == .published ? scripts[view.id] : nil
    return hasNotes ? found : found?.withoutNotes
  }

  private func scripts() throws -> [CaseID: TeachingScript] { try SampleStudies.scripts(SampleCases.files) }
}
