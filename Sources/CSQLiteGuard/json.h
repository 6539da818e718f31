// Whether a text is JSON (RFC 8259), at most 100 levels deep.
#include <stdbool.h>
#include <stddef.h>

bool sg_is_json(const unsigned char *text, size_t length);
