#include "engine/launcher/probes.h"

#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <functional>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/base/files.h"

namespace kates::launcher {

namespace {

struct ProbeFailure {
    int systemError = 0;
    char step[80] = {};
};

bool writeText(const char* path, const char* text)
{
    OwnedFd fd(::open(path, O_WRONLY | O_CLOEXEC));
    return fd && ::write(fd.get(), text, ::strlen(text)) == static_cast<ssize_t>(::strlen(text));
}

// In the child: nullptr when done, else the step that failed (errno says why).
const char* enterThrowAwayNamespaces(unsigned uid, unsigned gid)
{
    const bool root = uid == 0;
    if (::unshare((root ? 0 : CLONE_NEWUSER) | CLONE_NEWNS | CLONE_NEWNET) != 0)
        return root ? "make namespaces" : "make a user namespace";
    if (!root) {
        char map[32];
        ::snprintf(map, sizeof map, "0 %u 1", uid);
        if (!writeText("/proc/self/setgroups", "deny") || !writeText("/proc/self/uid_map", map))
            return "map the own uid into the user namespace";
        ::snprintf(map, sizeof map, "0 %u 1", gid);
        if (!writeText("/proc/self/gid_map", map))
            return "map the own gid into the user namespace";
    }
    return ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 ? nullptr : "make the mounts private";
}

// Runs `step` in a child inside throw-away namespaces.
Result<void> runProbe(const std::function<const char*()>& step)
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return systemFailure("make a pipe");
    OwnedFd in(ends[0]), out(ends[1]);
    const unsigned uid = ::geteuid(), gid = ::getegid();
    const pid_t child = ::fork();
    if (child < 0)
        return systemFailure("start a probe");
    if (child == 0) {
        const char* failed = enterThrowAwayNamespaces(uid, gid);
        if (!failed)
            failed = step();
        if (failed) {
            ProbeFailure report{errno, {}};
            ::strncpy(report.step, failed, sizeof report.step - 1);
            (void)!::write(out.get(), &report, sizeof report);
        }
        ::_exit(failed ? 1 : 0);
    }
    out.reset();
    ProbeFailure report;
    const bool told = ::read(in.get(), &report, sizeof report) == sizeof report;
    int status = 0;
    ::waitpid(child, &status, 0);
    if (told)
        return systemFailure(report.step, report.systemError);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return failure(fmt::format("a probe ended with status {}", WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status)));
    return {};
}

const char* makeLink(const char* kind)
{
    struct {
        nlmsghdr header;
        ifinfomsg link;
        rtattr info;
        rtattr kindAttribute;
        char kind[16];
    } request = {};
    ::strncpy(request.kind, kind, sizeof request.kind - 1);
    request.kindAttribute = {static_cast<unsigned short>(RTA_LENGTH(::strlen(kind) + 1)), IFLA_INFO_KIND};
    request.info = {static_cast<unsigned short>(RTA_LENGTH(RTA_ALIGN(request.kindAttribute.rta_len))), IFLA_LINKINFO};
    request.header = {static_cast<unsigned>(sizeof(nlmsghdr) + sizeof(ifinfomsg) + RTA_ALIGN(request.info.rta_len)), RTM_NEWLINK,
        NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL, 1, 0};
    OwnedFd socket(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE));
    struct {
        nlmsghdr header;
        nlmsgerr error;
    } answer = {};
    if (!socket || ::send(socket.get(), &request, request.header.nlmsg_len, 0) < 0 || ::recv(socket.get(), &answer, sizeof answer, 0) < 0)
        return "speak to the kernel's link table";
    errno = -answer.error.error;
    return answer.error.error == 0 ? nullptr : "make a link";
}

} // namespace

Result<void> probeNamespaces()
{
    return runProbe([]() -> const char* { return nullptr; });
}

Result<void> probeOverlay(const std::string& directory)
{
    const auto base = std::filesystem::path(directory) / fmt::format("overlay-probe-{}", ::getpid());
    for (const char* part : {"lower", "upper", "work", "merged"})
        if (auto made = makeDirectories(base / part); !made)
            return made;
    const auto options = fmt::format("lowerdir={0}/lower,upperdir={0}/upper,workdir={0}/work,userxattr", base.string());
    const auto rootOptions = options.substr(0, options.rfind(','));
    const auto target = (base / "merged").string();
    const auto* data = ::geteuid() == 0 ? rootOptions.c_str() : options.c_str();
    auto result = runProbe([&] { return ::mount("overlay", target.c_str(), "overlay", 0, data) == 0 ? nullptr : "mount an overlay"; });
    ::chmod((base / "work/work").c_str(), 0700); // overlayfs makes it with no permission at all
    (void)removeTree(base);
    return result;
}

Result<void> probeLink(const std::string& kind)
{
    return runProbe([&] { return makeLink(kind.c_str()); });
}

Result<void> probeProgram(const std::vector<std::string>& words)
{
    std::vector<char*> argv;
    for (const auto& word : words)
        argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    return runProbe([&]() -> const char* {
        const int devNull = ::open("/dev/null", O_RDWR);
        for (int fd = 0; fd <= 2; ++fd)
            ::dup2(devNull, fd);
        ::execv(argv[0], argv.data());
        return "execute the program";
    });
}

std::string findProgram(const std::string& name)
{
    const char* path = ::getenv("PATH");
    std::string rest = std::string(path ? path : "/usr/bin:/bin") + ":/usr/sbin:/sbin:";
    while (!rest.empty()) {
        const auto directory = rest.substr(0, rest.find(':'));
        rest.erase(0, directory.size() + 1);
        if (auto candidate = directory + "/" + name; ::access(candidate.c_str(), X_OK) == 0)
            return candidate;
    }
    return {};
}

} // namespace kates::launcher
