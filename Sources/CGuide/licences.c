// The licences of what is linked, each word for word: a test compares them with those of the packages.
//
// The C and C++ libraries of the system (glibc, libstdc++) are linked when the program starts and come with the system.
// So do those that only endplate-dicom links: DCMTK, OpenJPEG, libpng.
#include "CGuide.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char argument_parser[] = {
#embed "Licences/swift-argument-parser.txt"
};
static const unsigned char grdb[] = {
#embed "Licences/grdb.txt"
};
static const unsigned char sqlite[] = {
#embed "Licences/sqlite.txt"
};
static const unsigned char crypto[] = {
#embed "Licences/swift-crypto.txt"
};
static const unsigned char boringssl[] = {
#embed "Licences/boringssl.txt"
};
static const unsigned char asn1[] = {
#embed "Licences/swift-asn1.txt"
};
static const unsigned char yams[] = {
#embed "Licences/yams.txt"
};
static const unsigned char libyaml[] = {
#embed "Licences/libyaml.txt"
};
static const unsigned char zlib[] = {
#embed "Licences/zlib.txt"
};
static const unsigned char ncurses[] = {
#embed "Licences/ncurses.txt"
};
static const unsigned char swift[] = {
#embed "Licences/swift.txt"
};
static const unsigned char icu[] = {
#embed "Licences/icu.txt"
};

#define TEXT(name, about, bytes) {name, about, bytes, sizeof bytes}

static const cg_text licences[] = {
  TEXT("swift-argument-parser", "reads the command line. Apache 2.0 with the Swift runtime exception", argument_parser),
  TEXT("grdb", "GRDB.swift, SQLite from Swift. MIT", grdb),
  TEXT("sqlite", "keeps a study. Public domain", sqlite),
  TEXT("swift-crypto", "hashes and passphrases. Apache 2.0", crypto),
  TEXT("boringssl", "part of swift-crypto. Apache 2.0, and others", boringssl),
  TEXT("swift-asn1", "comes with swift-crypto. Apache 2.0", asn1),
  TEXT("yams", "reads YAML. MIT", yams),
  TEXT("libyaml", "part of Yams. MIT", libyaml),
  TEXT("zlib", "packs key images. The zlib licence", zlib),
  TEXT("ncurses", "draws on the terminal. MIT in its X11 form", ncurses),
  TEXT("swift", "the standard library, Foundation and Dispatch. Apache 2.0 with the Swift runtime exception", swift),
  TEXT("icu", "part of Foundation. Unicode 3.0", icu),
};

cg_text cg_licence(size_t index) {
  return index < sizeof licences / sizeof licences[0] ? licences[index] : (cg_text){0};
}
