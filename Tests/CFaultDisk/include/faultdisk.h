// A disk that fails when a test says so: a VFS of SQLite before the usual one.

#ifndef FAULTDISK_H
#define FAULTDISK_H

enum faultdisk_kind {
  /// Nothing can be written any more: SQLITE_FULL, once it begins for good.
  FAULTDISK_FULL = 1,
  /// Nothing may be written any more: SQLITE_READONLY, once it begins for good.
  FAULTDISK_READONLY,
  /// One write, truncation or sync fails: SQLITE_IOERR.
  FAULTDISK_ERROR,
};

/// Makes it the VFS of connections that are opened from now on; answers what SQLite answers.
int faultdisk_install(void);

/// From now on the n-th write, truncation or sync in files of the folder fails, counted from 1; never for 0. Another call
/// takes its place. One folder at a time.
void faultdisk_arm(const char *folder, enum faultdisk_kind kind, long n);

/// Writes, truncations and syncs in files of the folder since it was armed.
long faultdisk_count(void);

#endif
