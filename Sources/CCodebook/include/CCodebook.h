// The codebook of the source paper: the file as people read it, and what was read of it. In C, because a text embedded in
// Swift costs seconds of every build.
#ifndef CCODEBOOK_H
#define CCODEBOOK_H

#include <stddef.h>

typedef struct {
  /// UTF-8, without a zero at the end.
  const unsigned char *bytes;
  size_t length;
} cc_text;

/// The YAML file.
cc_text cc_codebook(void);

/// What was read of it and checked, as JSON.
cc_text cc_codebook_as_read(void);

#endif
