// What Swift cannot take from ncursesw by itself (macros, globals), and the process's signals.
#ifndef CTERMINAL_H
#define CTERMINAL_H

#ifndef _XOPEN_SOURCE_EXTENDED
#define _XOPEN_SOURCE_EXTENDED 1
#endif
#ifndef NCURSES_WIDECHAR
#define NCURSES_WIDECHAR 1
#endif

#if __has_include(<ncursesw/curses.h>)
#include <ncursesw/curses.h>
#else
#include <curses.h>
#endif
#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Globals and macros of curses.
static inline WINDOW *ct_stdscr(void) { return stdscr; }
static inline WINDOW *ct_curscr(void) { return curscr; }
static inline int ct_lines(void) { return LINES; }
static inline int ct_columns(void) { return COLS; }
static inline int ct_colors(void) { return COLORS; }
static inline int ct_color_pairs(void) { return COLOR_PAIRS; }
static inline attr_t ct_bold(void) { return WA_BOLD; }
static inline attr_t ct_dim(void) { return WA_DIM; }
static inline attr_t ct_underline(void) { return WA_UNDERLINE; }
static inline attr_t ct_reverse(void) { return WA_REVERSE; }

/// Takes the character set of the environment (and only that: numbers and messages stay as they are in C).
void ct_use_locale(void);
bool ct_is_utf8(void);
/// Columns of a scalar as ncurses counts them; -1 for what cannot be printed.
int ct_wcwidth(uint32_t scalar);

enum ct_terminal_kind { CT_UNKNOWN, CT_NO_CURSOR_ADDRESSING, CT_USABLE };
/// What the terminal database says of a name, before anything is sent.
enum ct_terminal_kind ct_terminal_kind(const char *name, int output);
/// A string capability; NULL where the terminal has none. Valid while the terminal is open.
const char *ct_capability(const char *name);
/// Rows and columns as the kernel has them; false where it does not know.
bool ct_window_size(int descriptor, int *height, int *width);
/// Lets Ctrl-S, Ctrl-Q, Ctrl-V and Ctrl-O through as keys. Signals of the keyboard stay.
void ct_release_flow_control(int descriptor);

/// Memory that stands in for a terminal while a frame is drawn; -1 where there is none, and frames go out as they are drawn.
int ct_frame_open(void);
/// Between the two, what is written to `writer` is kept in `frame`. ncurses 6.4 writes a piece for every movement of its
/// cursor, and over a link each piece would be a packet of its own; the end sends all of them in one to `terminal`.
void ct_frame_begin(int frame, int writer);
void ct_frame_end(int frame, int writer, int terminal);

/// Whether something (NTP) keeps the host's clock right.
bool ct_clock_is_kept(void);
/// The magic number of the file system a path is on (statfs(2)); 0 where it is not there.
uint32_t ct_file_system(const char *path);

/// A pipe that is closed on exec and never blocks (pipe2 is kept from Swift); false where descriptors have run out.
bool ct_pipe(int ends[2]);

/// Before a terminal is taken over: SIGINT, SIGTERM and SIGHUP come as bytes out of this descriptor, which a thread of its
/// own reads, until `ct_signals_open` takes them. A signal that was ignored stays ignored (nohup); SIGPIPE is. -1 where
/// there is no descriptor left; then they end the process as they always did.
int ct_endings_open(void);
/// The process ends by a signal as if it had never been caught.
void ct_end_by(int number);

/// Catches the signals of a terminal program and blocks them in this thread and in those it starts from now on, so
/// that they arrive in `ct_poll` only. Ignores SIGPIPE. Answers the descriptor their numbers can be read from, or -1.
int ct_signals_open(void);
/// poll(2) that lets the blocked signals in while it waits. An interrupted wait answers what is ready then.
int ct_poll(struct pollfd *descriptors, nfds_t count, int milliseconds);
/// Stops this process as Ctrl-Z does, and returns once it is continued.
void ct_stop(void);

/// Keeps this process to itself: SIGQUIT is ignored until the terminal's handlers stand (it is from the program's first
/// instruction on), crashes end it without a backtrace, a core or anybody who looks into it. To be called first in main;
/// false where the kernel refused.
bool ct_protect(void);

/// From here on a crash or exit() gives the terminal back as it was found. To be called before curses opens.
void ct_restore_prepare(int descriptor);
/// Adds what the open terminal needs to hear to leave. To be called once curses is open.
void ct_restore_arm(const char *extra);
void ct_restore_disarm(void);

#endif
