// The chapters of the guide, in the order in which they are read: a row each, with the first paragraph of its article. A
// new article also gets its place in Guide.docc/guide.md; tests say what is missing.
#include "CGuide.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char grading[] = {
#embed "Guide.docc/grading.md"
};
static const unsigned char studies[] = {
#embed "Guide.docc/studies.md"
};
static const unsigned char seal[] = {
#embed "Guide.docc/seal.md"
};
static const unsigned char passphrases[] = {
#embed "Guide.docc/passphrases.md"
};
static const unsigned char images[] = {
#embed "Guide.docc/images.md"
};
static const unsigned char consensus[] = {
#embed "Guide.docc/consensus.md"
};
static const unsigned char tables[] = {
#embed "Guide.docc/tables.md"
};
static const unsigned char agreement[] = {
#embed "Guide.docc/agreement.md"
};
static const unsigned char exports[] = {
#embed "Guide.docc/exports.md"
};
static const unsigned char teaching[] = {
#embed "Guide.docc/teaching.md"
};
static const unsigned char seats[] = {
#embed "Guide.docc/seats.md"
};
static const unsigned char case_files[] = {
#embed "Guide.docc/case-files.md"
};
static const unsigned char study_files[] = {
#embed "Guide.docc/study-files.md"
};
static const unsigned char teaching_scripts[] = {
#embed "Guide.docc/teaching-scripts.md"
};
static const unsigned char codebooks[] = {
#embed "Guide.docc/codebooks.md"
};
static const unsigned char themes[] = {
#embed "Guide.docc/themes.md"
};
static const unsigned char files[] = {
#embed "Guide.docc/files.md"
};
static const unsigned char speed[] = {
#embed "Guide.docc/speed.md"
};
static const unsigned char terms[] = {
#embed "Guide.docc/terms.md"
};

#define TEXT(name, about, bytes) {name, about, bytes, sizeof bytes}

static const cg_text chapters[] = {
  TEXT("grading", "How a case is graded with single keys, and signed.", grading),
  TEXT("studies", "Making a study, filling it, and seeing how far it is.", studies),
  TEXT("seal", "What is kept from whom, and what verifying finds.", seal),
  TEXT("passphrases", "Whose they are, and what a reset does.", passphrases),
  TEXT("images", "The pictures beside the grades, and what phantoms are.", images),
  TEXT("consensus", "From signed readings to one recorded consensus.", consensus),
  TEXT("tables", "The study's tables, and the published figures recomputed.", tables),
  TEXT("agreement", "How well the readers agree, with intervals and reports.", agreement),
  TEXT("exports", "The study for other programs, and readings from elsewhere.", exports),
  TEXT("teaching", "Walking through a case, quizzes, presenting.", teaching),
  TEXT("seats", "From an empty host to three readers grading.", seats),
  TEXT("case-files", "The format of a case, key by key.", case_files),
  TEXT("study-files", "The format of a study's description, key by key.", study_files),
  TEXT("teaching-scripts", "The format of a script, key by key.", teaching_scripts),
  TEXT("codebooks", "What is graded, as a file: checked, shown and tried.", codebooks),
  TEXT("themes", "Colours, and how to make your own.", themes),
  TEXT("files", "Folders, backups, restoring, older versions.", files),
  TEXT("speed", "Measured times, and how to measure them.", speed),
  TEXT("terms", "The words of the field and Endplate's own.", terms),
};

cg_text cg_chapter(size_t index) {
  return index < sizeof chapters / sizeof chapters[0] ? chapters[index] : (cg_text){0};
}
