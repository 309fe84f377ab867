#include "engine/runtime/oci/container_terminal.h"

#include <fcntl.h>
#include <string>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace kates::runtime {

namespace {
// UNIX98 pseudo-terminals, the ends that programs have (Linux' list of devices).
constexpr unsigned kTerminalMajorFirst = 136, kTerminalMajorLast = 143;
} // namespace

void setTerminalSize(int pid, int columns, int rows)
{
    const auto path = "/proc/" + std::to_string(pid) + "/fd/0";
    struct stat info {};
    // Looked at before it is opened: the process decides what stands there.
    if (::stat(path.c_str(), &info) != 0 || !S_ISCHR(info.st_mode) || major(info.st_rdev) < kTerminalMajorFirst
        || major(info.st_rdev) > kTerminalMajorLast)
        return;
    const OwnedFd terminal(::open(path.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
    const winsize size {.ws_row = static_cast<unsigned short>(rows), .ws_col = static_cast<unsigned short>(columns)};
    if (terminal)
        ::ioctl(terminal.get(), TIOCSWINSZ, &size);
}

FileAppearance::FileAppearance(Loop& loop, std::filesystem::path path, std::function<void()> callback)
    : m_path(std::move(path)), m_callback(std::move(callback)), m_notify(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC))
{
    if (!m_notify || ::inotify_add_watch(m_notify.get(), m_path.parent_path().c_str(), IN_CLOSE_WRITE | IN_MOVED_TO) < 0)
        return;
    if (::access(m_path.c_str(), F_OK) == 0)
        m_watch = loop.after(Duration::zero(), [this] { check(); });
    else
        m_watch = loop.watch(m_notify.get(), Readable, [this](int) { check(); });
}

void FileAppearance::check()
{
    char events[4096];
    while (::read(m_notify.get(), events, sizeof events) > 0) { }
    if (::access(m_path.c_str(), F_OK) != 0)
        return;
    const auto call = std::move(m_callback); // it may destroy this
    m_watch.reset();
    call();
}

} // namespace kates::runtime
