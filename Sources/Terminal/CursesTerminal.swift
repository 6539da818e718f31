// The real terminal, through ncurses: whole frames in, ncurses sends what differs. One at a time in a process.

import CTerminal
import Glibc
import Grid

package final class CursesTerminal: Display {
  package private(set) var size = Size(width: 80, height: 24)
  package let look: Look
  let input: Int32
  let signals: Int32
  var decoder: KeyDecoder
  var hungUp = false
  /// When the terminal last sent something.
  var heard = ContinuousClock.now

  private let output: Int32
  private let screen: OpaquePointer
  private let streams: [UnsafeMutablePointer<FILE>]
  /// Where ncurses draws a frame, see `ct_frame_begin`.
  private let frame = ct_frame_open()
  private let writer: Int32
  private let bracketsPastes: Bool
  private var isOpen = true

  private var inks: TerminalInks
  private var theme: Theme?
  /// The frame the terminal shows; nil when that is not known.
  private var shown: Grid?

  private static let pasteOn = "\u{1B}[?2004h"
  private static let pasteOff = "\u{1B}[?2004l"

  /// Takes the terminal over. Threads that start later never see its signals; in those that run already a signal only
  /// writes to the pipe, so the order of start does no harm.
  package init(_ options: TerminalOptions) throws(DisplayError) {
    guard isatty(options.input) == 1, isatty(options.output) == 1 else { throw .notATerminal }
    ct_use_locale()
    let name = try TerminalDatabase.usableName(options)
    signals = ct_signals_open()
    guard signals >= 0 else { throw .noSignals }
    // LINES and COLUMNS of a shell are stale after the first resize: ask the kernel.
    use_env(false)
    use_tioctl(true)
    ct_restore_prepare(options.output)
    Self.limitSize(options.output)
    guard let writer = fdopen(dup(options.output), "w") else { throw .noSignals }
    guard let reader = fdopen(dup(options.input), "r") else {
      fclose(writer)
      throw .noSignals
    }
    guard let opened = newterm(name, writer, reader) else {
      fclose(writer)
      fclose(reader)
      throw .unknownTerminal(options.name)
    }
    screen = opened
    streams = [writer, reader]
    self.writer = fileno(writer)
    (input, output) = (options.input, options.output)

    cbreak()
    noecho()
    nonl()
    keypad(ct_stdscr(), true)
    // Without this a waiting key would postpone the frame that ncurses was told to show.
    typeahead(-1)
    ct_release_flow_control(options.input)
    def_prog_mode()

    inks = TerminalInks(noColor: options.noColor)
    look = Look(colors: inks.colors, unicode: ct_is_utf8() && !options.ascii)
    decoder = KeyDecoder(sequences: TerminalDatabase.keySequences(), escapeDelay: options.escapeDelay)
    bracketsPastes = TerminalDatabase.ignoresUnknownModes
    bracketPastes(true)
    ct_restore_arm(bracketsPastes ? CursesTerminal.pasteOff : nil)
    takeSize()
  }

  deinit { close() }

  package func close() {
    guard isOpen else { return }
    isOpen = false
    // In the background, the last words to the terminal must not stop the process.
    signal(SIGTTOU, SIG_IGN)
    leave()
    ct_restore_disarm()
    delscreen(screen)
    for stream in streams { fclose(stream) }
    if frame >= 0 { Glibc.close(frame) }
  }

  // MARK: Coming and going

  private func leave() {
    bracketPastes(false)
    endwin()
  }

  /// Sent past ncurses, which keeps what putp() gets in a buffer of its own; between frames its own is empty.
  private func bracketPastes(_ on: Bool) {
    guard bracketsPastes else { return }
    let sequence = on ? CursesTerminal.pasteOn : CursesTerminal.pasteOff
    _ = write(output, sequence, sequence.utf8.count)
  }

  /// Ctrl-Z: gives the terminal back, stops, and takes it again once continued.
  func suspend() {
    def_prog_mode()
    leave()
    ct_stop()
    takeBack()
  }

  /// After anybody may have written to the terminal or changed its modes.
  func takeBack() {
    reset_prog_mode()
    bracketPastes(true)
    shown = nil
    takeSize()
  }

  /// Reads the size from the kernel; whether it changed.
  @discardableResult
  func takeSize() -> Bool {
    Self.limitSize(output)
    var (height, width): (Int32, Int32) = (ct_lines(), ct_columns())
    _ = ct_window_size(output, &height, &width)
    if height != ct_lines() || width != ct_columns() { resizeterm(height, width) }
    let before = size
    size = Size(width: Int(ct_columns()), height: Int(ct_lines()))
    if size != before { shown = nil }
    return size != before
  }

  /// Whoever is at the other end of a link can claim 65,535 columns and rows, for which there is no memory.
  private static func limitSize(_ output: Int32) {
    let largest: UInt16 = 1000
    var window = winsize()
    guard ioctl(output, UInt(TIOCGWINSZ), &window) == 0, max(window.ws_row, window.ws_col) > largest else { return }
    window.ws_row = min(window.ws_row, largest)
    window.ws_col = min(window.ws_col, largest)
    _ = ioctl(output, UInt(TIOCSWINSZ), &window)
  }

  // MARK: Frames

  package func show(_ grid: Grid, theme: Theme) {
    if grid == shown, theme == self.theme { return }
    guard let window = ct_stdscr() else { return }
    let everything = shown == nil || theme != self.theme || shown?.size != grid.size
    if shown == nil { clearok(ct_curscr(), true) }
    if everything { werase(window) }
    self.theme = theme
    inks.begin(grid, theme)
    for y in 0..<min(grid.size.height, size.height) {
      if !everything, let shown, (0..<grid.size.width).allSatisfy({ shown[$0, y] == grid[$0, y] }) { continue }
      let row = row(grid, y)
      mvwadd_wchnstr(window, Int32(y), 0, row, Int32(row.count))
    }
    shown = grid
    ct_frame_begin(frame, writer)
    placeCursor(grid.cursor, window)
    wnoutrefresh(window)
    doupdate()
    ct_frame_end(frame, writer, output)
  }

  private func placeCursor(_ cursor: Position?, _ window: UnsafeMutablePointer<WINDOW>) {
    if let cursor, Rect(size).contains(x: cursor.x, y: cursor.y) {
      wmove(window, Int32(cursor.y), Int32(cursor.x))
      curs_set(1)
    } else {
      // Where it cannot be hidden it rests in a corner.
      wmove(window, Int32(size.height - 1), 0)
      curs_set(0)
    }
  }

  /// One row for ncurses: a wide character is one entry there. A half of one is drawn as a blank.
  private func row(_ grid: Grid, _ y: Int) -> [cchar_t] {
    let width = min(grid.size.width, size.width)
    var row: [cchar_t] = []
    row.reserveCapacity(width)
    var x = 0
    while x < width {
      let cell = grid[x, y]
      var (text, columns) = drawable(cell.text)
      if columns == 2, x + 1 >= width || !grid[x + 1, y].text.isEmpty { (text, columns) = (" ", 1) }
      let (attributes, pair) = inks.ink(cell.style)
      var characters = text.unicodeScalars.map { wchar_t(bitPattern: $0.value) } + [0]
      var entry = cchar_t()
      setcchar(&entry, &characters, attributes, pair, nil)
      row.append(entry)
      x += columns
    }
    return row
  }

  /// Whatever a cell holds, what is sent is one printable character.
  private func drawable(_ text: String) -> (text: String, columns: Int) {
    if text.utf8.count == 1, let byte = text.utf8.first, (0x20..<0x7F).contains(byte) { return (text, 1) }
    return SafeText.cells(look.unicode ? text : Ascii.folded(text), width: terminalWidth).first ?? (" ", 1)
  }
}
