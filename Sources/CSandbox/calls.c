#define _GNU_SOURCE
#include "filter.h"
#include <sys/syscall.h>

/* Which system calls there are for whom. Numbers that an older header lacks stand here; they are the same everywhere. */
enum {
    MOUNT_SETATTR = 442, LANDLOCK_CREATE = 444, LANDLOCK_ADD = 445, LANDLOCK_RESTRICT = 446, MEMFD_SECRET = 447,
    PIDFD_GETFD = 438, CLOSE_RANGE = 436, FACCESSAT2 = 439,
};

/* What every program does, and the C library, and the runtime of Swift. */
static const short of_all[] = {
    __NR_read, __NR_write, __NR_readv, __NR_writev, __NR_pread64, __NR_close, __NR_fstat, __NR_lseek, __NR_munmap,
    __NR_mremap, __NR_madvise, __NR_brk, __NR_futex, __NR_sched_yield, __NR_rt_sigaction, __NR_rt_sigprocmask,
    __NR_rt_sigreturn, __NR_sigaltstack, __NR_restart_syscall, __NR_getpid, __NR_gettid, __NR_getppid, __NR_tgkill,
    __NR_exit, __NR_exit_group, __NR_ppoll, __NR_fcntl, __NR_setitimer, __NR_getrusage, __NR_clock_gettime,
    __NR_clock_getres, __NR_clock_nanosleep, __NR_nanosleep, __NR_gettimeofday, __NR_getrandom, __NR_set_robust_list,
    __NR_set_tid_address, __NR_rseq, __NR_membarrier, __NR_sched_getaffinity, __NR_uname, __NR_sysinfo, __NR_getuid,
    __NR_geteuid, __NR_getgid, __NR_getegid, __NR_recvmsg, __NR_timer_create, __NR_timer_settime, __NR_timer_delete,
    __NR_pwrite64, __NR_ftruncate, CLOSE_RANGE,
#ifdef __NR_poll
    __NR_poll,
#endif
#ifdef __NR_arch_prctl
    __NR_arch_prctl,
#endif
};

/* What looks at files. */
static const short of_readers_of_files[] = {
    __NR_newfstatat, __NR_statx, __NR_faccessat, FACCESSAT2, __NR_readlinkat, __NR_getdents64, __NR_getcwd,
    __NR_fadvise64, __NR_statfs, __NR_fstatfs, __NR_readahead,
#ifdef __NR_stat
    __NR_stat, __NR_lstat, __NR_access, __NR_readlink,
#endif
};

/* What starts programs, and the fence that such a program builds around itself. */
static const short of_starters[] = {
    __NR_wait4, __NR_waitid, __NR_kill, __NR_dup, __NR_dup3, __NR_pipe2, __NR_sendmsg, __NR_setpgid, __NR_signalfd4,
    __NR_getrlimit, __NR_setrlimit, __NR_capget, __NR_capset, __NR_seccomp, __NR_eventfd2, __NR_epoll_create1,
    __NR_epoll_ctl, __NR_epoll_pwait, LANDLOCK_CREATE, LANDLOCK_ADD, LANDLOCK_RESTRICT,
#ifdef __NR_dup2
    __NR_dup2,
#endif
#ifdef __NR_vfork
    __NR_vfork,
#endif
};

static const short of_writers[] = {
    __NR_fsync, __NR_fdatasync, __NR_sync, __NR_fchmod, __NR_renameat, __NR_renameat2, __NR_linkat,
    __NR_unlinkat, __NR_mkdirat, __NR_umask, __NR_fallocate, __NR_copy_file_range,
#ifdef __NR_rename
    __NR_rename, __NR_link, __NR_unlink, __NR_mkdir, __NR_rmdir,
#endif
};

/* What no program of ours ever asks for. */
static const short of_nobody[] = {
    __NR_socket, __NR_connect, __NR_bind, __NR_listen, __NR_accept, __NR_accept4, __NR_sendto, __NR_sendmmsg,
    __NR_execve, __NR_ptrace, __NR_process_vm_readv, __NR_process_vm_writev, __NR_kcmp, PIDFD_GETFD, __NR_add_key,
    __NR_request_key, __NR_keyctl, __NR_init_module, __NR_finit_module, __NR_delete_module, __NR_kexec_load,
    __NR_memfd_create, MEMFD_SECRET, __NR_bpf, __NR_perf_event_open, __NR_userfaultfd, __NR_io_uring_setup,
    __NR_io_uring_enter, __NR_io_uring_register, __NR_open_by_handle_at, __NR_name_to_handle_at, __NR_mount, __NR_umount2,
    __NR_pivot_root, __NR_chroot, __NR_unshare, __NR_setns, __NR_open_tree, __NR_move_mount, __NR_fsopen, __NR_fsconfig,
    __NR_fsmount, __NR_fspick, MOUNT_SETATTR, __NR_swapon, __NR_swapoff, __NR_reboot, __NR_acct, __NR_quotactl,
    __NR_settimeofday, __NR_clock_settime, __NR_fanotify_init, __NR_setuid, __NR_setgid, __NR_setreuid, __NR_setregid,
    __NR_setresuid, __NR_setresgid, __NR_setgroups, __NR_setfsuid, __NR_setfsgid,
#ifdef __NR_fork
    __NR_fork,
#endif
#ifdef __NR_kexec_file_load
    __NR_kexec_file_load,
#endif
#ifdef __NR_iopl
    __NR_iopl, __NR_ioperm, __NR_modify_ldt,
#endif
};

static const struct {
    short number;
    enum verdict verdict;
} by_arguments[] = {
    {__NR_clone, BY_CLONE},   {__NR_execveat, BY_EXECVEAT}, {__NR_socketpair, BY_SOCKETPAIR}, {__NR_prctl, BY_PRCTL},
    {__NR_ioctl, BY_IOCTL},   {__NR_mmap, BY_MAPPING},      {__NR_mprotect, BY_MAPPING},      {__NR_prlimit64, BY_LIMIT},
};

#define COUNT(list) (sizeof(list) / sizeof *(list))

static void put(unsigned char *verdicts, size_t count, const short *numbers, size_t amount, enum verdict verdict) {
    for (size_t index = 0; index < amount; index++)
        if ((size_t)numbers[index] < count) verdicts[numbers[index]] = (unsigned char)verdict;
}

void calls_judge(unsigned char *verdicts, size_t count, unsigned uses) {
    put(verdicts, count, of_nobody, COUNT(of_nobody), KILLED);
    put(verdicts, count, of_all, COUNT(of_all), ALLOWED);
    if (uses & FILTER_STARTS) put(verdicts, count, of_starters, COUNT(of_starters), ALLOWED);
    if (uses & FILTER_WRITES) put(verdicts, count, of_writers, COUNT(of_writers), ALLOWED);
    for (size_t index = 0; index < COUNT(by_arguments); index++)
        verdicts[by_arguments[index].number] = (unsigned char)by_arguments[index].verdict;
    if (!(uses & FILTER_OPENS)) return;
    put(verdicts, count, of_readers_of_files, COUNT(of_readers_of_files), ALLOWED);
    verdicts[__NR_openat] = BY_OPENAT;
#ifdef __NR_open
    verdicts[__NR_open] = BY_OPEN;
#endif
}
