// The way out of every command: a study that was open is closed, so that it is one file again, also where a signal ends
// the program before the workstation has taken the terminal.

import CTerminal
import CaseStore
import Foundation
import Synchronization

final class Ending: Sendable {
  private let finished = DispatchSemaphore(value: 0)
  private let isSignalled = Flag()

  private final class Flag: Sendable {
    let value = Atomic(false)
  }

  /// To be made before there are other threads: it takes SIGINT, SIGTERM and SIGHUP.
  init() {
    let descriptor = ct_endings_open()
    guard descriptor >= 0 else { return }
    let (finished, isSignalled) = (finished, isSignalled)
    let thread = Thread {
      var number: UInt8 = 0
      while read(descriptor, &number, 1) != 1 {
        guard errno == EINTR else { return }
      }
      isSignalled.value.store(true, ordering: .sequentiallyConsistent)
      // What is being written is given up and takes its unfinished files with it; whoever waits for a person or for
      // another program does not notice, and is not waited for.
      StudyStore.interruptAll()
      if StudyStore.isAnyOpen { _ = finished.wait(timeout: .now() + .milliseconds(500)) }
      StudyStore.closeAll()
      ct_end_by(Int32(number))
    }
    thread.name = "endplate.ending"
    thread.start()
  }

  /// Nothing more is asked of a study. Where a signal came first it does not return: the signal ends the program.
  func finish() {
    StudyStore.closeAll()
    finished.signal()
    while isSignalled.value.load(ordering: .sequentiallyConsistent) { pause() }
  }
}
