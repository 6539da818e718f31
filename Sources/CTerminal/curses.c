// What ncursesw, terminfo and the locale answer only to C.
#define _GNU_SOURCE 1
#include "CTerminal.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#if __has_include(<ncursesw/term.h>)
#include <ncursesw/term.h>
#else
#include <term.h>
#endif
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

void ct_use_locale(void) { setlocale(LC_CTYPE, ""); }

bool ct_is_utf8(void) { return strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }

int ct_wcwidth(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

const char *ct_capability(const char *name) {
  const char *value = tigetstr(name);
  return value == (char *)-1 || value == NULL || *value == '\0' ? NULL : value;
}

enum ct_terminal_kind ct_terminal_kind(const char *name, int output) {
  int problem = 0;
  if (setupterm(name, output, &problem) != OK) return problem == 1 ? CT_NO_CURSOR_ADDRESSING : CT_UNKNOWN;
  bool addressable = ct_capability("cup") != NULL && tigetflag("hc") <= 0;
  del_curterm(cur_term);
  return addressable ? CT_USABLE : CT_NO_CURSOR_ADDRESSING;
}

bool ct_window_size(int descriptor, int *height, int *width) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return false;
  *height = size.ws_row;
  *width = size.ws_col;
  return true;
}

void ct_release_flow_control(int descriptor) {
  struct termios modes;
  if (tcgetattr(descriptor, &modes) != 0) return;
  modes.c_iflag &= ~(tcflag_t)(IXON | IXOFF);
  modes.c_lflag &= ~(tcflag_t)IEXTEN;
  tcsetattr(descriptor, TCSADRAIN, &modes);
}

int ct_frame_open(void) { return memfd_create("frame", MFD_CLOEXEC); }

void ct_frame_begin(int frame, int writer) {
  if (frame >= 0) dup2(frame, writer);
}

/// Everything, however slow the link is.
static void send_all(int terminal, const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t sent = write(terminal, bytes, count);
    if (sent >= 0) {
      bytes += sent;
      count -= (size_t)sent;
    } else if (errno == EAGAIN) {
      poll(&(struct pollfd){.fd = terminal, .events = POLLOUT}, 1, -1);
    } else if (errno != EINTR) {
      return;
    }
  }
}

void ct_frame_end(int frame, int writer, int terminal) {
  if (frame < 0) return;
  dup2(terminal, writer);
  off_t drawn = lseek(frame, 0, SEEK_CUR);
  if (drawn <= 0) return;
  void *bytes = mmap(NULL, (size_t)drawn, PROT_READ, MAP_SHARED, frame, 0);
  if (bytes != MAP_FAILED) {
    send_all(terminal, bytes, (size_t)drawn);
    munmap(bytes, (size_t)drawn);
  }
  lseek(frame, 0, SEEK_SET);
}
