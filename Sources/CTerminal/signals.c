// Signals as bytes in a pipe: the loop reads them where it waits for keys, so nothing happens inside a handler.
#define _GNU_SOURCE 1
#include "CTerminal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

static const int caught[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT};
static const size_t caught_count = sizeof caught / sizeof *caught;
static int pipe_ends[2] = {-1, -1};

static void note(int number) {
  int before = errno;
  unsigned char byte = (unsigned char)number;
  // A full pipe already holds more news than the loop needs.
  ssize_t written = write(pipe_ends[1], &byte, 1);
  (void)written;
  errno = before;
}

static sigset_t caught_set(void) {
  sigset_t set;
  sigemptyset(&set);
  for (size_t i = 0; i < caught_count; i++) sigaddset(&set, caught[i]);
  return set;
}

static int ending_ends[2] = {-1, -1};

static void note_ending(int number) {
  int before = errno;
  unsigned char byte = (unsigned char)number;
  ssize_t written = write(ending_ends[1], &byte, 1);
  (void)written;
  errno = before;
}

bool ct_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0; }

int ct_signals_open(void) {
  if (pipe_ends[0] < 0) {
    if (!ct_pipe(pipe_ends)) return -1;
    struct sigaction action = {.sa_handler = note, .sa_flags = SA_RESTART};
    sigfillset(&action.sa_mask);
    for (size_t i = 0; i < caught_count; i++) sigaction(caught[i], &action, NULL);
    signal(SIGPIPE, SIG_IGN);
  }
  sigset_t set = caught_set();
  pthread_sigmask(SIG_BLOCK, &set, NULL);
  return pipe_ends[0];
}

int ct_poll(struct pollfd *descriptors, nfds_t count, int milliseconds) {
  sigset_t open;
  pthread_sigmask(SIG_BLOCK, NULL, &open);
  for (size_t i = 0; i < caught_count; i++) sigdelset(&open, caught[i]);
  struct timespec wait = {.tv_sec = milliseconds / 1000, .tv_nsec = (milliseconds % 1000) * 1000000L};
  int ready = ppoll(descriptors, count, milliseconds < 0 ? NULL : &wait, &open);
  return ready < 0 && errno == EINTR ? poll(descriptors, count, 0) : ready;
}

void ct_stop(void) {
  struct sigaction standard = {.sa_handler = SIG_DFL}, ours;
  sigset_t stop, before, woken;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTSTP);
  sigaction(SIGTSTP, &standard, &ours);
  raise(SIGTSTP);
  pthread_sigmask(SIG_UNBLOCK, &stop, &before);  // stopped here
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  sigaction(SIGTSTP, &ours, NULL);
  // The SIGCONT that woke us is no news: the caller draws everything again anyway.
  sigemptyset(&woken);
  sigaddset(&woken, SIGCONT);
  sigtimedwait(&woken, NULL, &(struct timespec){0, 0});
}

int ct_endings_open(void) {
  static const int endings[] = {SIGINT, SIGTERM, SIGHUP};
  signal(SIGPIPE, SIG_IGN);
  // Who reads it waits for it.
  if (pipe2(ending_ends, O_CLOEXEC) != 0) return -1;
  struct sigaction action = {.sa_handler = note_ending, .sa_flags = SA_RESTART}, before;
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
    if (sigaction(endings[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN) sigaction(endings[i], &action, NULL);
  }
  return ending_ends[0];
}

void ct_end_by(int number) {
  sigset_t set;
  signal(number, SIG_DFL);
  sigemptyset(&set);
  sigaddset(&set, number);
  pthread_sigmask(SIG_UNBLOCK, &set, NULL);
  kill(getpid(), number);
  pause();
}
