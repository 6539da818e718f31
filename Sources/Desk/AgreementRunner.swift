// Computes the readers' agreement beside the event loop, so that the screen answers meanwhile.

import Agreement
import CaseStore
import Foundation
import ReaderAgreement
import ReviewCore
import Synchronization
import Terminal
import Workstation

final class AgreementRunner: Sendable {
  private let store: StudyStore
  private let resampling: Resampling
  /// Nil where the process has no descriptors left; then the loop finds the news when it next looks.
  private let pipe = WakePipe()
  private let shared = Mutex(Shared())

  private struct Shared {
    var news: [Action] = []
    var isBusy = false
    /// Asked for again while it was busy.
    var isAskedAgain = false
    /// What was computed last; readings of opened cases do not change any more.
    var opened: [OpenedCase]?
  }

  init(store: StudyStore, resampling: Resampling = Resampling(resamples: 0)) {
    self.store = store
    self.resampling = resampling
  }

  /// To be watched by the loop.
  var descriptors: [Int32] { pipe.map { [$0.descriptor] } ?? [] }

  /// Whether something is still to come.
  var isBusy: Bool { shared.withLock { $0.isBusy || !$0.news.isEmpty } }

  /// Computes everything, unless nothing has changed since the last time.
  func start() {
    let isIdle = shared.withLock { shared in
      defer { (shared.isAskedAgain, shared.isBusy) = (shared.isBusy, true) }
      return !shared.isBusy
    }
    guard isIdle else { return }
    DispatchQueue.global(qos: .userInitiated).async { self.run() }
  }

  /// What has come since the last time.
  func news() -> [Action] {
    pipe?.drain()
    return shared.withLock { shared in
      defer { shared.news = [] }
      return shared.news
    }
  }

  private func run() {
    repeat {
      shared.withLock { $0.isAskedAgain = false }
      do {
        try compute()
      } catch {
        tell(.agreement(.absent(words(of: error), cure: "endplate doctor looks at the study")))
      }
    } while isToGoOn()
    pipe?.wake()
  }

  private func isToGoOn() -> Bool {
    shared.withLock { shared in
      shared.isBusy = shared.isAskedAgain
      return shared.isBusy
    }
  }

  private func tell(_ action: Action) {
    shared.withLock { $0.news.append(action) }
    pipe?.wake()
  }

  /// Whether it was asked for again since this was last called.
  private func takeQuestion() -> Bool {
    shared.withLock { shared in
      defer { shared.isAskedAgain = false }
      return shared.isAskedAgain
    }
  }

  private func compute() throws {
    let opened = try store.openedCases()
    guard shared.withLock({ $0.opened != opened }) else { return }
    try compute(opened)
    // Only now: a run that failed is done again when it is next asked for.
    shared.withLock { $0.opened = opened }
  }

  private func compute(_ opened: [OpenedCase]) throws {
    let agreement: StudyAgreement
    do {
      agreement = try store.agreement(opened)
    } catch let error as RatingTableError {
      return tell(.agreement(.absent(error.message, cure: "give the readers ids that cannot be mistaken")))
    }
    if let absence = agreement.absence {
      return tell(.agreement(.absent(absence.words, cure: absence.cure(NextStep.command))))
    }
    tell(.agreement(.found(agreement, agreement.figures(resampling: nil))))
    let items = agreement.findings.flatMap { ratings in ratings.allItems.map { (ratings.comparison, $0) } }
    for (index, item) in items.enumerated() {
      // Somebody wrote meanwhile, which may make the rest worthless.
      if takeQuestion(), try store.openedCases() != opened { return shared.withLock { $0.isAskedAgain = true } }
      let figures = agreement.figures(of: item.1, item.0, resampling: resampling)
      tell(.agreement(.resampled([index: figures], share: Double(index + 1) / Double(items.count))))
    }
  }
}
