#pragma once

/* What somebody who has taken over a process would try, each harmless by itself. */

/* Does what has to be there before there is a fence: a socket that listens, a program that is open, a limit that could be
   raised. Returns 0 or an errno. */
int attempt_prepare(void);

/* Tries it: 0 when it could be done, else an errno; -1 for a name that is none. A process that is killed for it does not
   return, and one that becomes another program neither. */
int attempt(const char *name, const char *folder);

/* Takes a part of what a fence is built with from this process and all that it starts, as an older kernel or a container
   does: each of its system calls ends with the error from here on. Returns 0 or an errno. */
int lessen(const char *part, int error);
