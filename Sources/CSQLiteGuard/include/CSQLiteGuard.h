// What only C can ask of SQLite: settings of a connection that are passed as variable arguments.
#ifndef CSQLITEGUARD_H
#define CSQLITEGUARD_H

#include <stdbool.h>

struct sqlite3;

/// Makes a connection safe for a file from a stranger, before anything is read: the schema is not trusted with functions,
/// and cannot be written to; text, statements, nesting and triggers stay within limits that a study never comes near.
/// False where this SQLite does not know how.
bool sg_harden(struct sqlite3 *database);

#endif
