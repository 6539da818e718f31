// Commands of the worklist.

import Grid
import ReviewCore

extension Commands {
  private static func move(
    _ id: String, _ title: String, _ keys: [Key], hint: String? = nil, by step: @escaping @Sendable (State) -> Int
  ) -> Command {
    Command("worklist.\(id)", title, keys: keys, on: [.worklist], hint: hint) { state in
      state.worklist.move(to: state.worklist.cursor + step(state))
      return state.worklist.load(rows: state.worklistRows)
    }
  }

  private static func noRow(_ state: State) -> String? { state.worklist.row == nil ? "there is no case here" : nil }

  /// Loads what a changed filter or order shows.
  ///
  /// - Parameter id: the case that stays under the cursor, if it is still among them.
  static func reloadWorklist(_ state: inout State, keeping id: CaseID? = nil) -> [Effect] {
    if let id { return [.ask(.place(of: id, in: state.worklist.query))] }
    return state.worklist.load(rows: state.worklistRows, force: true)
      + (state.screen == .courses ? [state.loadCourses] : [])
  }

  static let worklist: [Command] =
    [
      Command(
        "worklist.open", "open the case", keys: [.enter, .right], on: [.worklist], hint: "open", whyNot: noRow
      ) { state in
        state.push(.patientCase)
        return [.openCase(at: state.worklist.cursor, in: state.worklist.query)]
      },
      move("down", "next case", [.down, .character("j")]) { _ in 1 },
      move("up", "previous case", [.up, .character("k")]) { _ in -1 },
      move("pageDown", "a screen down", [.pageDown, .control("f")]) { $0.worklistRows },
      move("pageUp", "a screen up", [.pageUp, .control("b")]) { -$0.worklistRows },
      move("first", "first case", [.home, .character("<")]) { -$0.worklist.cursor },
      move("last", "last case", [.end, .character(">"), .character("G")]) { $0.worklist.page.total },
      Command(
        "worklist.filter", "filter by words and facts, as rim:absent bones:sacral status:draft",
        keys: [.character("/")], on: [.worklist, .courses], hint: "filter"
      ) { state in
        state.overlay = FilterState(text: state.worklist.filterText)
        return []
      },
      Command(
        "worklist.clear", "show all cases again", keys: [.escape], on: [.worklist],
        whyNot: { $0.worklist.query.filter.isEmpty ? "nothing is filtered; Q leaves Endplate" : nil }
      ) { state in
        let id = state.worklist.caseUnderCursor
        state.worklist.change {
          $0.filterText = ""
          $0.query.filter = WorklistFilter()
        }
        return reloadWorklist(&state, keeping: id)
      },
      Command(
        "worklist.sort", "sort by the next column", keys: [.character("s")], on: [.worklist], hint: "sort",
        whyNot: State.tellsByOrder
      ) { state in
        let all = WorklistSort.allCases
        let next = ((all.firstIndex(of: state.worklist.query.sort) ?? 0) + 1) % all.count
        state.worklist.change { $0.query.sort = all[next] }
        state.message = Message("sorted by \(all[next].title)")
        return reloadWorklist(&state)
      },
      Command("worklist.reverse", "reverse the order", keys: [.character("r")], on: [.worklist]) { state in
        state.worklist.change { $0.query.descending.toggle() }
        return reloadWorklist(&state)
      },
      Command(
        "worklist.undo", "undo the last change of filter or order", keys: [.character("u")], on: [.worklist],
        whyNot: { $0.worklist.before.isEmpty ? "there is nothing to undo" : State.tellsByOrder($0) }
      ) { state in
        let id = state.worklist.caseUnderCursor
        state.worklist.undo()
        state.message = Message("filter and order as before")
        return reloadWorklist(&state, keeping: id)
      },
    ]
    + WorklistSort.allCases.map { sort in
      Command(
        "worklist.sort.\(sort.rawValue)", "sort by \(sort.title)", keys: [], on: [.worklist],
        whyNot: State.tellsByOrder
      ) { state in
        state.worklist.change { $0.query.sort = sort }
        return reloadWorklist(&state)
      }
    }
}

extension Request {
  /// Where a case stands in the worklist, and the rows there.
  fileprivate static func place(of id: CaseID, in query: WorklistQuery) -> Request {
    Request("place", of: [id.rawValue, "\(query)"]) { study in
      let index = try study.index(of: id, in: query)
      return { state in
        if let index, query == state.worklist.query { state.worklist.cursor = index }
        return Commands.reloadWorklist(&state)
      }
    }
  }
}
