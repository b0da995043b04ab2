#include "CStart.h"
#include <stdlib.h>

/*
 * A program has to run where there is no /proc, and where a fence keeps it from reading there. Swift's runtime looks there
 * for the arguments of the process and, in a program without any library, for the path of its printer of backtraces;
 * without an answer it has no arguments, or stops. It is told before it asks: its own constructors come later than one with
 * a number.
 */

extern void _swift_stdlib_overrideUnsafeArgvArgc(char **arguments, int count);

__attribute__((constructor(101))) static void tell_runtime(int count, char **arguments) {
#ifdef MLM_STATIC
    setenv("SWIFT_BACKTRACE", "enable=no,swift-backtrace=/nonexistent", 1);
#endif
    _swift_stdlib_overrideUnsafeArgvArgc(arguments, count);
}
