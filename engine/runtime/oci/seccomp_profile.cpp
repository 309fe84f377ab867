#include "engine/runtime/oci/seccomp_profile.h"

#include <cerrno>
#include <string_view>
#include <vector>

#include "engine/runtime/image/manifest.h"

namespace kates::runtime {

using api::Value;

namespace {

constexpr std::string_view kAlwaysAllowed =
    "_llseek _newselect accept accept4 access adjtimex alarm arch_prctl arm_fadvise64_64 arm_sync_file_range bind breakpoint brk cacheflush "
    "capget capset chdir chmod chown chown32 clock_adjtime clock_adjtime64 clock_getres clock_getres_time64 clock_gettime clock_gettime64 "
    "clock_nanosleep clock_nanosleep_time64 close close_range connect copy_file_range creat dup dup2 dup3 epoll_create epoll_create1 epoll_ctl "
    "epoll_ctl_old epoll_pwait epoll_pwait2 epoll_wait epoll_wait_old eventfd eventfd2 execve execveat exit exit_group faccessat faccessat2 "
    "fadvise64 fadvise64_64 fallocate fanotify_mark fchdir fchmod fchmodat fchmodat2 fchown fchown32 fchownat fcntl fcntl64 fdatasync fgetxattr "
    "flistxattr flock fork fremovexattr fsetxattr fstat fstat64 fstatat64 fstatfs fstatfs64 fsync ftruncate ftruncate64 futex futex_requeue "
    "futex_time64 futex_wait futex_waitv futex_wake futimesat get_robust_list get_thread_area getcpu getcwd getdents getdents64 getegid getegid32 "
    "geteuid geteuid32 getgid getgid32 getgroups getgroups32 getitimer getpeername getpgid getpgrp getpid getppid getpriority getrandom getresgid "
    "getresgid32 getresuid getresuid32 getrlimit getrusage getsid getsockname getsockopt gettid gettimeofday getuid getuid32 getxattr "
    "inotify_add_watch inotify_init inotify_init1 inotify_rm_watch io_cancel io_destroy io_getevents io_setup io_submit ioctl ioprio_get "
    "ioprio_set ipc kill landlock_add_rule landlock_create_ruleset landlock_restrict_self lchown lchown32 lgetxattr link linkat listen listxattr "
    "llistxattr lremovexattr lseek lsetxattr lstat lstat64 madvise map_shadow_stack membarrier memfd_create memfd_secret mincore mkdir mkdirat "
    "mknod mknodat mlock mlock2 mlockall mmap mmap2 modify_ldt mprotect mq_getsetattr mq_notify mq_open mq_timedreceive mq_timedreceive_time64 "
    "mq_timedsend mq_timedsend_time64 mq_unlink mremap msgctl msgget msgrcv msgsnd msync munlock munlockall munmap name_to_handle_at nanosleep "
    "newfstatat open openat openat2 pause pidfd_getfd pidfd_open pidfd_send_signal pipe pipe2 pkey_alloc pkey_free pkey_mprotect poll ppoll "
    "ppoll_time64 prctl pread64 preadv preadv2 prlimit64 process_mrelease process_vm_readv process_vm_writev pselect6 pselect6_time64 ptrace "
    "pwrite64 pwritev pwritev2 read readahead readdir readlink readlinkat readv recv recvfrom recvmmsg recvmmsg_time64 recvmsg remap_file_pages "
    "removexattr rename renameat renameat2 restart_syscall rmdir rseq rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo rt_sigreturn "
    "rt_sigsuspend rt_sigtimedwait rt_sigtimedwait_time64 rt_tgsigqueueinfo s390_pci_mmio_read s390_pci_mmio_write s390_runtime_instr "
    "sched_get_priority_max sched_get_priority_min sched_getaffinity sched_getattr sched_getparam sched_getscheduler sched_rr_get_interval "
    "sched_rr_get_interval_time64 sched_setaffinity sched_setattr sched_setparam sched_setscheduler sched_yield seccomp select semctl semget "
    "semop semtimedop semtimedop_time64 send sendfile sendfile64 sendmmsg sendmsg sendto set_robust_list set_thread_area set_tid_address set_tls "
    "setfsgid setfsgid32 setfsuid setfsuid32 setgid setgid32 setgroups setgroups32 setitimer setpgid setpriority setregid setregid32 setresgid "
    "setresgid32 setresuid setresuid32 setreuid setreuid32 setrlimit setsid setsockopt setuid setuid32 setxattr shmat shmctl shmdt shmget "
    "shutdown sigaction sigaltstack signal signalfd signalfd4 sigpending sigprocmask sigreturn sigsuspend socketcall socketpair splice stat "
    "stat64 statfs statfs64 statx symlink symlinkat sync sync_file_range sync_file_range2 syncfs syscall sysinfo tee tgkill time timer_create "
    "timer_delete timer_getoverrun timer_gettime timer_gettime64 timer_settime timer_settime64 timerfd timerfd_create timerfd_gettime "
    "timerfd_gettime64 timerfd_settime timerfd_settime64 times tkill truncate truncate64 ugetrlimit umask uname unlink unlinkat utime utimensat "
    "utimensat_time64 utimes vfork vmsplice wait4 waitid waitpid write writev";

// Allowed with the capability, EPERM without.
struct Gate {
    const char* capability;
    std::string_view calls;
};
constexpr Gate kGated[] = {
    {"CAP_DAC_READ_SEARCH", "open_by_handle_at"},
    {"CAP_SYS_ADMIN",
        "bpf fanotify_init fsconfig fsmount fsopen fspick lookup_dcookie mount mount_setattr move_mount open_tree perf_event_open pivot_root "
        "quotactl quotactl_fd setdomainname sethostname setns umount umount2 unshare"},
    {"CAP_SYS_BOOT", "reboot"},
    {"CAP_SYS_CHROOT", "chroot"},
    {"CAP_SYS_MODULE", "delete_module finit_module init_module"},
    {"CAP_SYS_PACCT", "acct"},
    {"CAP_SYS_PTRACE", "kcmp process_madvise"},
    {"CAP_SYS_RAWIO", "ioperm iopl"},
    {"CAP_SYS_TIME", "clock_settime clock_settime64 settimeofday stime"},
    {"CAP_SYS_TTY_CONFIG", "vhangup"},
    {"CAP_SYS_NICE", "get_mempolicy mbind set_mempolicy set_mempolicy_home_node"},
    {"CAP_SYSLOG", "syslog"},
};
constexpr std::string_view kNeverAllowed =
    "add_key bdflush io_pgetevents io_uring_enter io_uring_register io_uring_setup kexec_file_load kexec_load keyctl migrate_pages move_pages "
    "nfsservctl nice request_key swapoff swapon sysfs uselib userfaultfd ustat vm86 vm86old";

constexpr std::int64_t kPersonalities[] = {0, 8, 0x20000, 0x20008, 0xffffffff};
constexpr std::int64_t kNamespaceFlags = 0x7e020000; // CLONE_NEW* of clone(2)
constexpr std::int64_t kAddressFamilyVsock = 40;     // reaches the machine that the host runs on

Value words(std::string_view text)
{
    Value list = Value::array();
    for (std::size_t start = 0; start < text.size();) {
        const auto end = std::min(text.find(' ', start), text.size());
        list.push(text.substr(start, end - start));
        start = end + 1;
    }
    return list;
}

Value rule(Value names, const char* action, int errorNumber = 0)
{
    Value entry = Value::object({{"names", std::move(names)}, {"action", action}});
    if (errorNumber)
        entry.set("errnoRet", errorNumber);
    return entry;
}

Value withArgument(Value entry, int index, const char* operation, std::int64_t value, std::int64_t second = 0)
{
    entry.set("args", Value::array({Value::object({{"index", index}, {"value", value}, {"valueTwo", second}, {"op", operation}})}));
    return entry;
}

Value architectures()
{
    const auto machine = machineArchitecture();
    if (machine == "amd64")
        return Value::array({"SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"});
    if (machine == "arm64")
        return Value::array({"SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"});
    return Value::array(); // the native one
}

} // namespace

Value seccompProfile(const std::set<std::string>& capabilities)
{
    constexpr auto allow = "SCMP_ACT_ALLOW";
    constexpr auto refuse = "SCMP_ACT_ERRNO";
    Value rules = Value::array({rule(words(kAlwaysAllowed), allow), rule(words(kNeverAllowed), refuse, EPERM)});
    for (const auto& gate : kGated) {
        const bool open = capabilities.contains(gate.capability);
        rules.push(open ? rule(words(gate.calls), allow) : rule(words(gate.calls), refuse, EPERM));
    }
    for (const auto value : kPersonalities)
        rules.push(withArgument(rule(words("personality"), allow), 0, "SCMP_CMP_EQ", value));
    rules.push(withArgument(rule(words("socket"), allow), 0, "SCMP_CMP_NE", kAddressFamilyVsock));
    if (capabilities.contains("CAP_SYS_ADMIN")) {
        rules.push(rule(words("clone clone3"), allow));
    } else {
        // clone3 passes its flags by pointer, which a filter cannot read: with ENOSYS the C library uses clone.
        const int flags = machineArchitecture() == "s390x" ? 1 : 0;
        rules.push(withArgument(rule(words("clone"), allow), flags, "SCMP_CMP_MASKED_EQ", kNamespaceFlags, 0));
        rules.push(rule(words("clone3"), refuse, ENOSYS));
    }
    return Value::object(
        {{"defaultAction", refuse}, {"defaultErrnoRet", ENOSYS}, {"architectures", architectures()}, {"syscalls", std::move(rules)}});
}

} // namespace kates::runtime
