// `vertebral_osteomyelitis.json` is what the program reads of the file: a test compares the two, and writes it anew.
#include "CCodebook.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char file[] = {
#embed "../../SampleCases/codebooks/vertebral_osteomyelitis.yaml"
};
static const unsigned char as_read[] = {
#embed "vertebral_osteomyelitis.json"
};

cc_text cc_codebook(void) { return (cc_text){file, sizeof file}; }
cc_text cc_codebook_as_read(void) { return (cc_text){as_read, sizeof as_read}; }
