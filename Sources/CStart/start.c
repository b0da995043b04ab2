#include "CStart.h"
#include <stdlib.h>

/*
 * A program without any library has to run where there is no /proc. Swift's runtime looks there for the arguments of the
 * process and, for its printer of backtraces, for the path of a library that is not there; without an answer it stops.
 * Both are told before it asks: its own constructors come later than one with a number.
 */

#ifdef MLM_STATIC

extern void _swift_stdlib_overrideUnsafeArgvArgc(char **arguments, int count);

__attribute__((constructor(101))) static void tell_runtime(int count, char **arguments) {
    setenv("SWIFT_BACKTRACE", "enable=no,swift-backtrace=/nonexistent", 1);
    _swift_stdlib_overrideUnsafeArgvArgc(arguments, count);
}

#endif
