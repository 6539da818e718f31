// The commit comes from the environment of the build by way of Package.swift, and changes this file alone.
#include "CGuide.h"

#ifndef ENDPLATE_COMMIT
#define ENDPLATE_COMMIT ""
#endif

const char *cg_commit(void) { return ENDPLATE_COMMIT; }
