// json_valid(text) for the CHECKs of a study's tables. The one of SQLite 3.38 to 3.40 is marked as unsafe in a schema that
// is not trusted (a mistake of theirs), so this one, which is harmless, stands in its place.
#include "json.h"

#include <stddef.h>
#include <string.h>

enum { deepest = 100 };

struct text {
  const unsigned char *at, *end;
};

static void skip_blanks(struct text *t) {
  while (t->at < t->end && (*t->at == ' ' || *t->at == '\t' || *t->at == '\n' || *t->at == '\r')) t->at++;
}

static bool take(struct text *t, unsigned char wanted) {
  if (t->at == t->end || *t->at != wanted) return false;
  t->at++;
  return true;
}

static bool word(struct text *t, const char *wanted) {
  size_t length = strlen(wanted);
  if ((size_t)(t->end - t->at) < length || memcmp(t->at, wanted, length) != 0) return false;
  t->at += length;
  return true;
}

static bool digits(struct text *t) {
  const unsigned char *first = t->at;
  while (t->at < t->end && *t->at >= '0' && *t->at <= '9') t->at++;
  return t->at > first;
}

static bool number(struct text *t) {
  take(t, '-');
  if (!take(t, '0') && !digits(t)) return false;
  if (take(t, '.') && !digits(t)) return false;
  if (take(t, 'e') || take(t, 'E')) {
    if (!take(t, '+')) take(t, '-');
    return digits(t);
  }
  return true;
}

static bool is_hexadecimal(unsigned char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool string(struct text *t) {
  if (!take(t, '"')) return false;
  while (t->at < t->end) {
    unsigned char c = *t->at++;
    if (c == '"') return true;
    if (c < 0x20) return false;
    if (c != '\\') continue;
    if (t->at == t->end) return false;
    c = *t->at++;
    if (c == 'u') {
      for (int i = 0; i < 4; i++) {
        if (t->at == t->end || !is_hexadecimal(*t->at++)) return false;
      }
    } else if (c == '\0' || strchr("\"\\/bfnrt", c) == NULL) {
      return false;
    }
  }
  return false;
}

static bool value(struct text *t, int depth);

// What stands between brackets, with commas between its members.
static bool members(struct text *t, int depth, unsigned char last, bool is_named) {
  skip_blanks(t);
  if (take(t, last)) return true;
  do {
    skip_blanks(t);
    if (is_named) {
      if (!string(t)) return false;
      skip_blanks(t);
      if (!take(t, ':')) return false;
    }
    if (!value(t, depth + 1)) return false;
    skip_blanks(t);
  } while (take(t, ','));
  return take(t, last);
}

static bool value(struct text *t, int depth) {
  if (depth > deepest) return false;
  skip_blanks(t);
  if (t->at == t->end) return false;
  switch (*t->at) {
    case '{': t->at++; return members(t, depth, '}', true);
    case '[': t->at++; return members(t, depth, ']', false);
    case '"': return string(t);
    case 't': return word(t, "true");
    case 'f': return word(t, "false");
    case 'n': return word(t, "null");
    default: return number(t);
  }
}

bool sg_is_json(const unsigned char *text, size_t length) {
  struct text t = {text, text + length};
  if (!value(&t, 0)) return false;
  skip_blanks(&t);
  return t.at == t.end;
}
