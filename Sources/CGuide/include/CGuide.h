// Texts that are part of the program, and the commit it was built from. In C, because a text embedded in Swift costs
// seconds of every build.
#ifndef CGUIDE_H
#define CGUIDE_H

#include <stddef.h>

typedef struct {
  /// Null behind the last one.
  const char *name;
  /// What it is, in a line.
  const char *about;
  /// UTF-8, without a zero at the end.
  const unsigned char *bytes;
  size_t length;
} cg_text;

/// A chapter of the guide, by its place in the list.
cg_text cg_chapter(size_t index);

/// A licence of what is linked into the program, by its place in the list.
cg_text cg_licence(size_t index);

/// What the program was built from; empty where the build was not told. See `commit` in script/packages.sh.
const char *cg_commit(void);

#endif
