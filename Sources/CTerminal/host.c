// What the host tells only C: whether its clock is kept right, and what kind of file system a path is on.
#define _GNU_SOURCE 1
#include "CTerminal.h"

#include <sys/timex.h>
#include <sys/vfs.h>

bool ct_clock_is_kept(void) {
  struct timex state = {.modes = 0};
  return adjtimex(&state) != -1 && (state.status & STA_UNSYNC) == 0;
}

uint32_t ct_file_system(const char *path) {
  struct statfs kind;
  return statfs(path, &kind) == 0 ? (uint32_t)kind.f_type : 0;
}
