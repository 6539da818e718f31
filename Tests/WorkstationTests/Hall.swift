// A presentation without a side file: seats in one room, and what each of them wants of it.

import Interchange
import Grid
import ReviewCore
import SampleCases

@testable import Workstation

struct Hall {
  private(set) var seats: [Bench] = []
  private(set) var focus: TeachingFocus?
  private var said: [Int: SaidAnswer] = [:]
  /// Who is in, and whether they may lead.
  private var places: [Int: Bool] = [:]
  private var host: Int?
  private let size: (width: Int, height: Int)
  private var sample: SampleStudy

  /// The published study at a presenter's seat and some learners' seats; nobody presents yet.
  init(learners: Int, _ width: Int = 80, _ height: Int = 24) throws {
    self.size = (width, height)
    sample = try SampleStudies.published(SampleCases.files)
    sitDown(Principal("DR", name: "Dr Roe", role: .presenter))
    for number in 1...learners { sitDown(Principal(PrincipalID("L\(number)"), role: .learner)) }
  }

  mutating func sitDown(_ principal: Principal) {
    sample.principals = [Principal("DR", name: "Dr Roe", role: .presenter), principal]
    seats.append(Bench(sample, size.width, size.height, as: principal))
    settle()
  }

  mutating func press(_ keys: String, at seat: Int = 0) {
    for key in keys {
      seats[seat].press(String(key))
      settle()
    }
  }

  /// A seat is gone without a word.
  mutating func kill(_ seat: Int) {
    (places[seat], said[seat]) = (nil, nil)
    if host == seat { host = nil }
    tellAll()
    settle()
  }

  /// A seat starts anew, as after its link has dropped.
  mutating func restart(_ seat: Int, _ prepare: (inout State) -> Void = { _ in }) {
    let session = seats[seat].state.session
    seats[seat].state = State(session: session, size: seats[seat].state.size)
    if session.principal.role == .learner { seats[seat].state.presentation.part = .audience }
    prepare(&seats[seat].state)
    seats[seat].act(.started)
    settle()
  }

  func frame(_ seat: Int) -> Grid { seats[seat].frame() }

  func text(_ seat: Int) -> String { frame(seat).text }
  func state(_ seat: Int) -> State { seats[seat].state }
  func walk(_ seat: Int) -> TeachingWalk? { seats[seat].state.teaching.walk }
  func message(_ seat: Int) -> String? { seats[seat].state.message?.text }

  private mutating func settle() {
    var rounds = 0
    while seats.contains(where: { !$0.spoken.isEmpty }), rounds < 100 {
      rounds += 1
      for seat in seats.indices {
        let effects = seats[seat].spoken
        seats[seat].spoken = []
        for effect in effects { apply(effect, seat) }
      }
      tellAll()
    }
  }

  private mutating func apply(_ effect: PresentationEffect, _ seat: Int) {
    switch effect {
    case .join(let mayLead): places[seat] = mayLead
    case .leave:
      (places[seat], said[seat]) = (nil, nil)
      if host == seat { host = nil }
    case .share(var shared?):
      guard host == seat else { return }
      if let before = focus, shared.closes(before), answers(to: before).isEmpty == false {
        shared.tallies[before.step] = AnswerTally(answers(to: before), audience: places.values.count { !$0 })
      }
      focus = shared
    case .share(nil): if host == seat { focus = nil }
    case .say(let answer): said[seat] = answer
    case .lead: if places[seat] == true { host = seat }
    }
    if host == nil { host = places.filter(\.value).keys.min() }
  }

  private func answers(to focus: TeachingFocus) -> [TeachingAnswer] {
    places.keys.sorted().compactMap { said[$0] }.filter { $0.caseID == focus.caseID && $0.step == focus.step }
      .map(\.answer)
  }

  private mutating func tellAll() {
    for seat in places.keys.sorted() {
      let lectern = Lectern(
        members: places.keys.sorted().map {
          SeatMember(seat: "\($0)", principal: seats[$0].state.session.principal.id, isAudience: places[$0] == false)
        }, host: host.map { "\($0)" }, own: "\(seat)", focus: focus)
      let answered = host == seat ? focus.map { answers(to: $0).count } ?? 0 : 0
      seats[seat].act(.presentation(.room(lectern, answered: answered)))
    }
  }
}
