// The agenda of a session of many cases: what is left, in which order, what is parked, whose turn it is to lead.

import Figures
import Grid
import ReviewCore

extension Commands {
  /// The next case to talk about: the first that is left after this one, else the first that is left at all; parked ones
  /// once nothing else is. With all done, the next on the agenda.
  private static func next(_ state: State) -> (id: CaseID, isBefore: Bool)? {
    let (planned, parked, here) = (state.consensus.planned, state.consensus.parked, state.consensus.caseID)
    let left = planned.filter { !$0.isDone && $0.id != here }
    let open = left.filter { !parked.contains($0.id) }
    let wanted = Set((open.isEmpty ? left : open).map(\.id))
    // What is done or parked now stood somewhere among the others.
    let all = state.consensus.inOrder.map(\.id)
    let place = all.firstIndex { $0 == here } ?? -1
    if let id = all.dropFirst(place + 1).first(where: wanted.contains) { return (id, false) }
    if let id = all.first(where: wanted.contains) { return (id, true) }
    guard let here = planned.firstIndex(where: { $0.id == here }) else { return planned.first.map { ($0.id, false) } }
    return planned.dropFirst(here + 1).first.map { ($0.id, false) }
  }

  private static func previous(_ state: State) -> CaseID? {
    let planned = state.consensus.planned
    guard let here = planned.firstIndex(where: { $0.id == state.consensus.caseID }) else { return planned.first?.id }
    return planned.prefix(here).last?.id
  }

  private static func onAgenda(
    _ id: String, _ title: String, _ keys: [Key], hint: String? = nil,
    run: @escaping @Sendable (inout State) -> [Effect]
  ) -> Command {
    Command("agenda.\(id)", title, keys: keys, on: [.agenda], hint: hint, run: run)
  }

  private static func move(_ state: inout State, by step: Int) -> [Effect] {
    let rows = state.consensus.planned
    let index = state.consensus.agendaCursor
    guard rows.indices.contains(index), rows.indices.contains(index + step) else { return [] }
    var order = rows.map(\.id)
    order.swapAt(index, index + step)
    state.consensus.order = order
    state.consensus.agendaCursor = index + step
    return state.sharing()
  }

  static let agenda: [Command] = [
    Command(
      "consensus.agenda", "show the agenda of the session", keys: [.character("a")], on: [.consensus], hint: "agenda"
    ) { state in
      state.push(.agenda)
      state.consensus.agendaCursor =
        state.consensus.planned.firstIndex { $0.id == state.consensus.caseID } ?? 0
      return [.session(.loadAgenda)]
    },
    Command("consensus.figures", "show how often readers differed", keys: [.character("b")], on: [.consensus, .agenda])
    {
      state in
      state.push(.consensusFigures)
      return [.session(.loadFigures)]
    },
    Command(
      "consensus.case.next", "next case of the agenda; the next seat leads it", keys: [.character("]")],
      on: [.consensus], whyNot: { next($0) == nil ? "no other case of the agenda is left; [ goes back" : nil }
    ) { state in
      guard let (id, isBefore) = next(state) else { return [] }
      if isBefore {
        state.message = Message("none is left after case \(state.consensus.caseID?.rawValue ?? ""): back to case \(id)")
      }
      let leads = state.consensus.isHost && state.consensus.isShared
      state.consensus.changesLead = leads
      return state.goToConsensus(id) + (leads ? [.session(.handOver)] : [])
    },
    Command(
      "consensus.case.before", "previous case in the agenda", keys: [.character("[")], on: [.consensus],
      whyNot: { previous($0) == nil ? "this is the first case of the agenda" : nil }
    ) { state in
      previous(state).map { state.goToConsensus($0) } ?? []
    },
    onAgenda("open", "go to the case", [.enter, .character("c")], hint: "go to it") { state in
      let rows = state.consensus.planned
      guard rows.indices.contains(state.consensus.agendaCursor) else { return [] }
      state.pop()
      return state.goToConsensus(rows[state.consensus.agendaCursor].id)
    },
    onAgenda("park", "park the case, or recall it", [.character("p")], hint: "park, recall") { state in
      let rows = state.consensus.planned
      guard rows.indices.contains(state.consensus.agendaCursor) else { return [] }
      let id = rows[state.consensus.agendaCursor].id
      if state.consensus.parked.contains(id) {
        state.consensus.parked.removeAll { $0 == id }
      } else {
        state.consensus.parked.append(id)
      }
      return state.sharing()
    },
    onAgenda("later", "put the case later", [.character("J")], hint: "later") { move(&$0, by: 1) },
    onAgenda("earlier", "put the case earlier", [.character("K")], hint: "earlier") { move(&$0, by: -1) },
    onAgenda("down", "next case", [.down, .character("j")]) { state in
      state.consensus.agendaCursor = min(state.consensus.agendaCursor + 1, max(0, state.consensus.agenda.count - 1))
      return []
    },
    onAgenda("up", "previous case", [.up, .character("k")]) { state in
      state.consensus.agendaCursor = max(0, state.consensus.agendaCursor - 1)
      return []
    },
  ]
}

func agendaHead(_ state: State) -> Line {
  let rows = state.consensus.agenda
  let left = rows.count { !$0.isDone }
  var head: Line = [
    ("Agenda", .role(.heading, .bold)), ("  \(rows.count) \(rows.count == 1 ? "case" : "cases")  \(left) left", .plain),
    ("  \(state.consensus.parked.count) parked", .role(.muted)),
  ]
  if let leader = state.consensus.room?.hostName { head.append(("   \(leader) leads", .role(.muted))) }
  return head
}

func renderAgenda(_ state: State, _ canvas: inout Canvas) {
  let area = state.body.inset(by: 1, 0)
  let rows = state.consensus.planned
  func stage(_ row: AgendaRow) -> String {
    row.stage.title + (state.consensus.parked.contains(row.id) ? ", parked" : "")
  }
  func widest(_ head: String, _ words: (AgendaRow) -> String) -> Int {
    rows.map { canvas.columns(words($0)) }.reduce(head.count, max)
  }
  let waits = widest("waits for", \.waits)
  var widths = [0, widest("patient", \.patient), widest("stage", stage), 8, 4]
  // Long ids give first; they keep the end that tells them apart.
  let left = area.maxX - 3 - widths.reduce(0) { $0 + $1 + 1 } - waits
  let id = min(widest("case") { $0.id.rawValue }, max(area.width / 8, min(left, area.width / 4)))
  widths[0] = id
  // A bar beside the number of what is disputed, where there is room for it.
  let bar = left >= id + 9 ? 9 : 0
  let columns = zip(widths, [0, 0, 0, bar, 0]).reduce(into: [3]) { $0.append(($0.last ?? 0) + $1.0 + $1.1 + 1) }
  for (x, title) in zip(columns, ["case", "patient", "stage", "disputed", "open", "waits for"]) {
    canvas.put(title, x: x, y: area.y, .role(.muted), clip: area)
  }
  let top = max(0, state.consensus.agendaCursor - area.height + 2)
  for (line, row) in rows.dropFirst(top).prefix(max(0, area.height - 1)).enumerated() {
    let y = area.y + 1 + line
    let isHere = top + line == state.consensus.agendaCursor
    canvas.put(isHere ? "▸" : " ", x: 1, y: y, .role(.focus, .bold))
    let isParked = state.consensus.parked.contains(row.id)
    let mark = row.isDone ? "✓" : isParked ? "‖" : row.id == state.consensus.caseID ? "●" : " "
    canvas.put(mark, x: 2, y: y, .role(row.isDone ? .good : .accent))
    canvas.put(
      canvas.ending(row.id.rawValue, columns: id), x: columns[0], y: y, isHere ? .role(.focus, .bold) : .plain,
      clip: area)
    canvas.put(row.patient, x: columns[1], y: y, clip: area)
    canvas.put(stage(row), x: columns[2], y: y, clip: area)
    if row.isCounted {
      if bar > 0 {
        ShareBar(row.disputed, of: max(row.disputed, 20)).draw(
          into: &canvas, rect: Rect(x: columns[3], y: y, width: bar - 1, height: 1), style: .role(.warning))
      }
      canvas.put(String(row.disputed), x: columns[3] + bar, y: y, clip: area)
      canvas.put(String(row.open), x: columns[4], y: y, .role(row.open == 0 ? .good : .warning), clip: area)
    }
    canvas.put(
      canvas.list(row.waits, columns: area.maxX - columns[5]), x: columns[5], y: y,
      row.isBelowQuorum ? .role(.warning) : .plain, clip: area)
  }
  if rows.isEmpty { canvas.put("no case has been signed by all its readers yet", x: 3, y: area.y + 1, .role(.muted)) }
}

extension ScreenID {
  package static let agenda = ScreenID("agenda")
}

extension Screen {
  static let agenda = Screen(
    .agenda, "Agenda", head: agendaHead, draw: renderAgenda, load: { _ in [.session(.loadAgenda)] },
    reopen: reopenBesideASession)
}
