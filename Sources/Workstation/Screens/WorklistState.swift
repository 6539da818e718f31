// The worklist's own state: a cursor in all rows, and a window of rows around it.

import ReviewCore

package struct WorklistState: Sendable {
  package var query = WorklistQuery()
  /// The filter as it was typed.
  package var filterText = ""
  /// Index of the row under the cursor, from 0.
  package var cursor = 0
  /// Index of the first row on the screen.
  package var top = 0
  package var page = WorklistPage()
  /// Columns of the longest case id seen so far: the list does not jump back and forth while it is scrolled.
  package private(set) var idColumns = 0
  package var counts = WorklistCounts()
  /// Filters and orders before this one, newest last, for undo.
  package var before: [View] = []

  /// What undo restores.
  package struct View: Hashable, Sendable {
    var filterText: String
    var query: WorklistQuery
  }

  package var row: WorklistRow? { row(at: cursor) }
  /// The case under the cursor, or where a filter finds none, the last that was.
  package var caseUnderCursor: CaseID? { row?.id ?? last }
  private var last: CaseID?

  package func row(at index: Int) -> WorklistRow? {
    let offset = index - page.offset
    return page.rows.indices.contains(offset) ? page.rows[offset] : nil
  }

  package mutating func move(to index: Int) {
    cursor = max(0, min(index, page.total - 1))
  }

  package mutating func show(_ page: WorklistPage) {
    self.page = page
    idColumns = page.rows.reduce(idColumns) { max($0, $1.id.rawValue.count) }
    cursor = max(0, min(cursor, page.total - 1))
  }

  /// Keeps the cursor on the screen and asks for rows that are not at hand, three screens at a time.
  package mutating func load(rows: Int, force: Bool = false) -> [Effect] {
    guard rows > 0 else { return [] }
    top = max(0, min(top, cursor, max(0, page.total - rows)))
    if cursor >= top + rows { top = cursor - rows + 1 }
    let wanted = top..<max(top, min(top + rows, page.total))
    let atHand = page.offset..<(page.offset + page.rows.count)
    if !force, atHand.lowerBound <= wanted.lowerBound, wanted.upperBound <= atHand.upperBound { return [] }
    return [.loadPage(query, offset: max(0, top - rows), limit: 3 * rows)]
  }

  /// Another filter or order; the one before can be had back.
  package mutating func change(_ change: (inout WorklistState) -> Void) {
    let view = View(filterText: filterText, query: query)
    last = caseUnderCursor
    change(&self)
    guard view.query != query else { return }
    before.append(view)
    (cursor, top) = (0, 0)
  }

  package mutating func undo() {
    guard let view = before.popLast() else { return }
    (filterText, query) = (view.filterText, view.query)
    (cursor, top) = (0, 0)
  }
}

extension State {
  /// Rows of cases that fit on the worklist: the body less the column heads.
  package var worklistRows: Int { max(0, body.height - 1) }
}
