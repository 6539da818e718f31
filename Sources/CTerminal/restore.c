// Gives the terminal back on the ways out that no Swift code sees: a crash, a trap, exit() from elsewhere.
#include "CTerminal.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static const int crashes[] = {SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV};
enum { crash_count = sizeof crashes / sizeof *crashes };
static struct sigaction before[crash_count];
static volatile sig_atomic_t armed = 0;
static int terminal = -1;
static struct termios found;
static char farewell[512];
static size_t farewell_length = 0;
static char alternate_stack[64 * 1024];

// Async-signal-safe: write and tcsetattr only.
static void restore(void) {
  if (!armed) return;
  armed = 0;
  ssize_t written = write(terminal, farewell, farewell_length);
  (void)written;
  tcsetattr(terminal, TCSANOW, &found);
}

static void crash(int number, siginfo_t *cause, void *context) {
  (void)context;
  restore();
  // Hands on to who was asked before us (a backtrace, or the default action): the fault happens again on return,
  // a signal that somebody sent is sent again.
  for (size_t i = 0; i < crash_count; i++) {
    if (crashes[i] == number) sigaction(number, &before[i], NULL);
  }
  if (cause->si_code <= 0) raise(number);
}

// Appends a capability without its padding `$<…>`.
static void append(const char *text) {
  while (text != NULL && *text != '\0' && farewell_length < sizeof farewell) {
    if (text[0] == '$' && text[1] == '<') {
      text = strchr(text, '>');
      if (text != NULL) text++;
    } else {
      farewell[farewell_length++] = *text++;
    }
  }
}

void ct_restore_prepare(int descriptor) {
  terminal = descriptor;
  farewell_length = 0;
  tcgetattr(descriptor, &found);
}

void ct_restore_arm(const char *extra) {
  static bool installed = false;
  append(extra);
  const char *const capabilities[] = {"sgr0", "op", "cnorm", "rmkx", "rmcup"};
  for (size_t i = 0; i < sizeof capabilities / sizeof *capabilities; i++) append(ct_capability(capabilities[i]));
  armed = 1;
  if (installed) return;
  installed = true;
  atexit(restore);
  sigaltstack(&(stack_t){.ss_sp = alternate_stack, .ss_size = sizeof alternate_stack}, NULL);
  struct sigaction action = {.sa_sigaction = crash, .sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK};
  for (size_t i = 0; i < crash_count; i++) sigaction(crashes[i], &action, &before[i]);
}

void ct_restore_disarm(void) { armed = 0; }
