// The chapters of the guide, in the order in which they are read: a row each, with the first paragraph of its article. A
// new article also gets its place in Guide.docc/guide.md; tests say what is missing.
#include "CGuide.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char terms[] = {
#embed "Guide.docc/terms.md"
};

#define TEXT(name, about, bytes) {name, about, bytes, sizeof bytes}

static const cg_text chapters[] = {
  TEXT("terms", "The words of the field and Endplate's own.", terms),
};

cg_text cg_chapter(size_t index) {
  return index < sizeof chapters / sizeof chapters[0] ? chapters[index] : (cg_text){0};
}
