#include "faultdisk.h"

#include <pthread.h>
#include <sqlite3.h>
#include <string.h>

static sqlite3_vfs *usual;
static sqlite3_vfs faulty;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char watched[1024];
static enum faultdisk_kind kind;
static long at, counted;

// A file: what SQLite sees, its name, and the usual VFS's own behind it.
struct faultfile {
  sqlite3_file base;
  const char *name;
};

static sqlite3_file *real(sqlite3_file *file) { return (sqlite3_file *)((struct faultfile *)file + 1); }

// What an operation that changes a file answers before it is done: SQLITE_OK to do it.
static int step(const char *name, int error) {
  int result = SQLITE_OK;
  pthread_mutex_lock(&lock);
  if (watched[0] && name && strncmp(name, watched, strlen(watched)) == 0) {
    counted++;
    if (at && (counted == at || (counted > at && kind != FAULTDISK_ERROR)))
      result = kind == FAULTDISK_FULL ? SQLITE_FULL : kind == FAULTDISK_READONLY ? SQLITE_READONLY : error;
  }
  pthread_mutex_unlock(&lock);
  return result;
}

static int step_of(sqlite3_file *file, int error) { return step(((struct faultfile *)file)->name, error); }

static int on_close(sqlite3_file *f) { return real(f)->pMethods->xClose(real(f)); }
static int on_read(sqlite3_file *f, void *to, int n, sqlite3_int64 o) {
  return real(f)->pMethods->xRead(real(f), to, n, o);
}
static int on_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 o) {
  int result = step_of(f, SQLITE_IOERR_WRITE);
  return result ? result : real(f)->pMethods->xWrite(real(f), from, n, o);
}
static int on_truncate(sqlite3_file *f, sqlite3_int64 n) {
  int result = step_of(f, SQLITE_IOERR_TRUNCATE);
  return result ? result : real(f)->pMethods->xTruncate(real(f), n);
}
static int on_sync(sqlite3_file *f, int flags) {
  int result = step_of(f, SQLITE_IOERR_FSYNC);
  // A full disk syncs what it has.
  if (result == SQLITE_FULL || result == SQLITE_READONLY) result = SQLITE_OK;
  return result ? result : real(f)->pMethods->xSync(real(f), flags);
}
static int on_size(sqlite3_file *f, sqlite3_int64 *n) { return real(f)->pMethods->xFileSize(real(f), n); }
static int on_lock(sqlite3_file *f, int l) { return real(f)->pMethods->xLock(real(f), l); }
static int on_unlock(sqlite3_file *f, int l) { return real(f)->pMethods->xUnlock(real(f), l); }
static int on_reserved(sqlite3_file *f, int *out) { return real(f)->pMethods->xCheckReservedLock(real(f), out); }
static int on_control(sqlite3_file *f, int op, void *arg) { return real(f)->pMethods->xFileControl(real(f), op, arg); }
static int on_sector(sqlite3_file *f) { return real(f)->pMethods->xSectorSize(real(f)); }
static int on_device(sqlite3_file *f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); }
static int on_map(sqlite3_file *f, int page, int size, int extend, void volatile **out) {
  return real(f)->pMethods->xShmMap(real(f), page, size, extend, out);
}
static int on_shm_lock(sqlite3_file *f, int o, int n, int flags) {
  return real(f)->pMethods->xShmLock(real(f), o, n, flags);
}
static void on_barrier(sqlite3_file *f) { real(f)->pMethods->xShmBarrier(real(f)); }
static int on_unmap(sqlite3_file *f, int delete) { return real(f)->pMethods->xShmUnmap(real(f), delete); }

// Of version 2: no page is mapped, so that every change is a call.
static const sqlite3_io_methods methods = {
    2,           on_close,   on_read,     on_write,   on_truncate, on_sync, on_size, on_lock,     on_unlock,
    on_reserved, on_control, on_sector,   on_device,  on_map,      on_shm_lock, on_barrier, on_unmap, 0, 0};

static int on_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out) {
  (void)vfs;
  file->pMethods = 0;
  ((struct faultfile *)file)->name = name;
  int result = usual->xOpen(usual, name, real(file), flags, out);
  if (real(file)->pMethods) file->pMethods = &methods;
  return result;
}

static int on_delete(sqlite3_vfs *vfs, const char *name, int sync) {
  (void)vfs;
  int result = step(name, SQLITE_IOERR_DELETE);
  // Deleting takes no room.
  return result && result != SQLITE_FULL ? result : usual->xDelete(usual, name, sync);
}

int faultdisk_install(void) {
  static pthread_mutex_t once = PTHREAD_MUTEX_INITIALIZER;
  pthread_mutex_lock(&once);
  int result = SQLITE_OK;
  if (!usual && (usual = sqlite3_vfs_find(0))) {
    faulty = *usual;
    faulty.zName = "faultdisk";
    faulty.szOsFile += (int)sizeof(struct faultfile);
    faulty.xOpen = on_open;
    faulty.xDelete = on_delete;
    result = sqlite3_vfs_register(&faulty, 1);
  }
  pthread_mutex_unlock(&once);
  return usual ? result : SQLITE_ERROR;
}

void faultdisk_arm(const char *folder, enum faultdisk_kind wanted, long n) {
  pthread_mutex_lock(&lock);
  strncpy(watched, folder, sizeof watched - 1);
  kind = wanted;
  at = n;
  counted = 0;
  pthread_mutex_unlock(&lock);
}

long faultdisk_count(void) {
  pthread_mutex_lock(&lock);
  long result = counted;
  pthread_mutex_unlock(&lock);
  return result;
}
