/* Loaded before libc, it tells of each call by which a process writes to a disk or speaks to others, and ends the
 * process with SIGKILL right before or right after the call that it is armed for. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

static int told = -1, armed, after;
static char operation[16], place[NAME_MAX + 1];
static atomic_long left;

void shim_trace(int fd) { told = fd; }

void shim_arm(const char *op, const char *at, long occurrence, int after_it) {
    snprintf(operation, sizeof operation, "%s", op);
    snprintf(place, sizeof place, "%s", at);
    after = after_it;
    left = occurrence;
    armed = 1;
}

static void end(void) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

/* Whether this call is the last one; it does not return where the process ends before the call. */
static int reached(const char *op, const char *at) {
    if (!at[0]) return 0;
    if (told >= 0) {
        char line[NAME_MAX + 32];
        int size = snprintf(line, sizeof line, "%s %s\n", op, at);
        syscall(SYS_write, told, line, (size_t)size);
    }
    if (!armed || strcmp(op, operation) || strcmp(at, place) || atomic_fetch_sub(&left, 1) != 1) return 0;
    if (!after) end();
    return 1;
}

static const char *last(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* Sockets are named by the port or the file on the other side; those between threads have none. */
static void of_address(const struct sockaddr *address, socklen_t size, char *at) {
    at[0] = 0;
    if (address->sa_family == AF_INET)
        snprintf(at, NAME_MAX, "%d", ntohs(((const struct sockaddr_in *)address)->sin_port));
    else if (address->sa_family == AF_UNIX && size > sizeof(sa_family_t))
        snprintf(at, NAME_MAX, "%s", last(((const struct sockaddr_un *)address)->sun_path));
}

/* Regular files by their names, sockets as above; pipes, terminals and the like are not told of. */
static void of_file(int fd, char *at) {
    struct stat about;
    at[0] = 0;
    if (fd <= 2 || fd == told || fstat(fd, &about)) return;
    if (S_ISREG(about.st_mode)) {
        char link[64], path[PATH_MAX];
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        ssize_t size = readlink(link, path, sizeof path - 1);
        if (size <= 0) return;
        path[size] = 0;
        snprintf(at, NAME_MAX, "%s", last(path));
    } else if (S_ISSOCK(about.st_mode)) {
        struct sockaddr_storage other;
        socklen_t size = sizeof other;
        if (!getpeername(fd, (struct sockaddr *)&other, &size)) of_address((struct sockaddr *)&other, size, at);
    }
}

#define NEXT(name, type, ...)                                       \
    static type (*next)(__VA_ARGS__);                               \
    if (!next) next = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

#define CALL(type, call)          \
    int is_last = reached(op, at); \
    type result = call;           \
    if (is_last) end();           \
    return result

#define ON_FILE(name, real, type, params, types, args) \
    type real params {                                 \
        NEXT(#real, type, types);                      \
        const char *op = name;                         \
        char at[NAME_MAX + 1];                         \
        of_file(fd, at);                               \
        CALL(type, next args);                         \
    }
#define _(...) __VA_ARGS__

ON_FILE("write", write, ssize_t, (int fd, const void *data, size_t size), _(int, const void *, size_t), (fd, data, size))
ON_FILE("writev", writev, ssize_t, (int fd, const struct iovec *data, int count), _(int, const struct iovec *, int),
        (fd, data, count))
ON_FILE("pwrite", pwrite, ssize_t, (int fd, const void *data, size_t size, off_t where),
        _(int, const void *, size_t, off_t), (fd, data, size, where))
ON_FILE("pwrite", pwrite64, ssize_t, (int fd, const void *data, size_t size, off64_t where),
        _(int, const void *, size_t, off64_t), (fd, data, size, where))
ON_FILE("fsync", fsync, int, (int fd), _(int), (fd))
ON_FILE("fdatasync", fdatasync, int, (int fd), _(int), (fd))
ON_FILE("ftruncate", ftruncate, int, (int fd, off_t size), _(int, off_t), (fd, size))
ON_FILE("ftruncate", ftruncate64, int, (int fd, off64_t size), _(int, off64_t), (fd, size))
ON_FILE("send", send, ssize_t, (int fd, const void *data, size_t size, int flags), _(int, const void *, size_t, int),
        (fd, data, size, flags))
ON_FILE("sendto", sendto, ssize_t,
        (int fd, const void *data, size_t size, int flags, const struct sockaddr *to, socklen_t length),
        _(int, const void *, size_t, int, const struct sockaddr *, socklen_t), (fd, data, size, flags, to, length))
ON_FILE("sendmsg", sendmsg, ssize_t, (int fd, const struct msghdr *message, int flags),
        _(int, const struct msghdr *, int), (fd, message, flags))

int connect(int fd, const struct sockaddr *address, socklen_t length) {
    NEXT("connect", int, int, const struct sockaddr *, socklen_t);
    const char *op = "connect";
    char at[NAME_MAX + 1];
    of_address(address, length, at);
    CALL(int, next(fd, address, length));
}

int rename(const char *from, const char *to) {
    NEXT("rename", int, const char *, const char *);
    const char *op = "rename", *at = last(to);
    CALL(int, next(from, to));
}

int unlink(const char *path) {
    NEXT("unlink", int, const char *);
    const char *op = "unlink", *at = last(path);
    CALL(int, next(path));
}
