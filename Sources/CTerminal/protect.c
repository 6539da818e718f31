// Shuts the process before anything can be asked of it: no prompt of a debugger, no core, no memory for others to look at.
//
// Where the toolchain is installed, the Swift runtime answers SIGQUIT and crashes with a backtracer that asks at the
// terminal what to do next and prints memory: another reader's grades. It takes only signals that nobody else has taken,
// so SIGQUIT is ignored before any library starts; the others it has by the time `main` runs, and `ct_protect` takes them
// from it again. (The runtime's variable, SWIFT_BACKTRACE, has been read by then.)
#include "CTerminal.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>

static void ignore_quit(void) { signal(SIGQUIT, SIG_IGN); }

// Of a program, and before the constructors of its libraries.
__attribute__((section(".preinit_array"), used)) static void (*const first)(void) = ignore_quit;

bool ct_protect(void) {
  ignore_quit();
  static const int crashes[] = {SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP};
  for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++) signal(crashes[i], SIG_DFL);
  bool has_no_core = setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0}) == 0;
  return prctl(PR_SET_DUMPABLE, 0) == 0 && has_no_core;
}
