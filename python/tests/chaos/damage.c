// Loaded into a node before its C library (LD_PRELOAD): damages what the node's data plane sends, and nothing else.
//
// DAMAGE_KIND    "flip" turns one bit of a write over, "cut" sends half of a write and ends the connection
// DAMAGE_AFTER   from so many bytes on that the process has sent on its data plane
// DAMAGE_SPENT   a path: the budget is used up by making PATH-0, PATH-1 ..., by whichever process is first
// DAMAGE_BUDGET  how many of these there may be
//
// A connection belongs to the data plane when the first that is read from it is that plane's magic number.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

enum { UNKNOWN, OTHER, DATA_PLANE };
enum { HANDLES = 1 << 16, SMALLEST = 64 };

static _Atomic char kinds[HANDLES];
static atomic_long sent;

static void *next(const char *name) { return dlsym(RTLD_NEXT, name); }

static ssize_t noticed(int fd, const void *bytes, ssize_t count) {
    if (count > 0 && fd >= 0 && fd < HANDLES && kinds[fd] == UNKNOWN) {
        kinds[fd] = count >= 4 && memcmp(bytes, "TRP1", 4) == 0 ? DATA_PLANE : OTHER;
    }
    return count;
}

ssize_t read(int fd, void *bytes, size_t count) {
    static ssize_t (*real)(int, void *, size_t);
    if (!real) real = next("read");
    return noticed(fd, bytes, real(fd, bytes, count));
}

ssize_t recv(int fd, void *bytes, size_t count, int flags) {
    static ssize_t (*real)(int, void *, size_t, int);
    if (!real) real = next("recv");
    return noticed(fd, bytes, real(fd, bytes, count, flags));
}

int close(int fd) {
    static int (*real)(int);
    if (!real) real = next("close");
    if (fd >= 0 && fd < HANDLES) kinds[fd] = UNKNOWN;
    return real(fd);
}

// Whether this write is to be damaged: then one of the budget is spent.
static int chosen(int fd, size_t count) {
    if (fd < 0 || fd >= HANDLES || kinds[fd] != DATA_PLANE || count < SMALLEST) return 0;
    const char *spent = getenv("DAMAGE_SPENT"), *after = getenv("DAMAGE_AFTER"), *budget = getenv("DAMAGE_BUDGET");
    if (!spent || !after || !budget || atomic_fetch_add(&sent, (long)count) < atol(after)) return 0;
    for (int i = 0; i < atoi(budget); i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s-%d", spent, i);
        int made = open(path, O_CREAT | O_EXCL | O_WRONLY, 0600);
        if (made >= 0) {
            close(made);
            return 1;
        }
    }
    return 0;
}

static ssize_t real_write(int fd, const void *bytes, size_t count) {
    static ssize_t (*real)(int, const void *, size_t);
    if (!real) real = next("write");
    return real(fd, bytes, count);
}

// Damages the copy of a write and sends it.
static ssize_t damaged(int fd, char *copy, size_t count) {
    const char *kind = getenv("DAMAGE_KIND");
    ssize_t done;
    if (kind && strcmp(kind, "cut") == 0) {
        done = real_write(fd, copy, count / 2);
        shutdown(fd, SHUT_RDWR);
    } else {
        copy[atol(getenv("DAMAGE_AFTER")) % (long)count] ^= 4;
        done = real_write(fd, copy, count);
    }
    free(copy);
    return done;
}

ssize_t write(int fd, const void *bytes, size_t count) {
    char *copy = chosen(fd, count) ? malloc(count) : NULL;
    return copy ? damaged(fd, memcpy(copy, bytes, count), count) : real_write(fd, bytes, count);
}

ssize_t writev(int fd, const struct iovec *parts, int number) {
    static ssize_t (*real)(int, const struct iovec *, int);
    if (!real) real = next("writev");
    size_t count = 0;
    for (int i = 0; i < number; i++) count += parts[i].iov_len;
    char *copy = chosen(fd, count) ? malloc(count) : NULL;
    if (!copy) return real(fd, parts, number);
    size_t at = 0;
    for (int i = 0; i < number; i++) {
        memcpy(copy + at, parts[i].iov_base, parts[i].iov_len);
        at += parts[i].iov_len;
    }
    return damaged(fd, copy, count);
}
