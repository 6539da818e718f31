// A connection to a file that a stranger may have made.
#include "CSQLiteGuard.h"
#include "json.h"

#include <sqlite3.h>
#include <stddef.h>

static bool set(sqlite3 *database, int option, int value) {
  int is_set = -1;
  return sqlite3_db_config(database, option, value, &is_set) == SQLITE_OK && is_set == value;
}

static void json_valid(sqlite3_context *context, int count, sqlite3_value **values) {
  (void)count;
  if (sqlite3_value_type(values[0]) == SQLITE_NULL) return;
  const unsigned char *text = sqlite3_value_text(values[0]);
  sqlite3_result_int(context, text != NULL && sg_is_json(text, (size_t)sqlite3_value_bytes(values[0])));
}

bool sg_harden(struct sqlite3 *database) {
  static const struct {
    int limit, value;
  } limits[] = {
      // Bytes of a text, a blob, a row: a case of a study takes some kilobytes.
      {SQLITE_LIMIT_LENGTH, 32 << 20},
      {SQLITE_LIMIT_SQL_LENGTH, 1 << 20},
      {SQLITE_LIMIT_COLUMN, 200},
      {SQLITE_LIMIT_EXPR_DEPTH, 100},
      {SQLITE_LIMIT_COMPOUND_SELECT, 20},
      {SQLITE_LIMIT_VDBE_OP, 100000},
      {SQLITE_LIMIT_FUNCTION_ARG, 16},
      {SQLITE_LIMIT_ATTACHED, 0},
      {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000},
      {SQLITE_LIMIT_TRIGGER_DEPTH, 10},
      {SQLITE_LIMIT_WORKER_THREADS, 0},
  };
  for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) sqlite3_limit(database, limits[i].limit, limits[i].value);
  return set(database, SQLITE_DBCONFIG_DEFENSIVE, 1) && set(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0) &&
         set(database, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0) &&
         sqlite3_create_function_v2(
             database, "json_valid", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL, json_valid, NULL,
             NULL, NULL) == SQLITE_OK;
}
