#include "engine/runtime/oci/oci_container.h"

#include <charconv>
#include <csignal>
#include <cstring>
#include <sys/syscall.h>
#include <unistd.h>

namespace kates::runtime {

namespace {

OwnedFd openProcess(const ProcessIdentity& process)
{
    OwnedFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, process.pid, 0)));
    // Asked after opening: a pid that was given to another process in between is noticed.
    return process.alive() ? std::move(pidfd) : OwnedFd();
}

} // namespace

ProcessEnd::ProcessEnd(Loop& loop, const ProcessIdentity& process, std::function<void()> callback) : m_pidfd(openProcess(process))
{
    if (m_pidfd)
        m_watch = loop.watch(m_pidfd.get(), Readable, [this, callback = std::move(callback)](int) mutable {
            const auto call = std::move(callback); // neither this nor the lambda may live when it returns
            m_watch.reset();
            call();
        });
    else
        m_watch = loop.after(Duration::zero(), std::move(callback));
}

void OciContainer::signal(int number) const
{
    if (!record.process)
        return;
    if (const auto pidfd = openProcess(*record.process))
        ::syscall(SYS_pidfd_send_signal, pidfd.get(), number, nullptr, 0);
}

int parseSignal(const std::string& text)
{
    int number = 0;
    const auto* end = text.data() + text.size();
    if (std::from_chars(text.data(), end, number).ptr == end && number > 0 && number < NSIG)
        return number;
    std::string name = text.starts_with("SIG") ? text.substr(3) : text;
    if (const auto plus = name.find_first_of("+-"); plus != std::string::npos) {
        const int base = name.substr(0, plus) == "RTMIN" ? SIGRTMIN : name.substr(0, plus) == "RTMAX" ? SIGRTMAX : 0;
        const int offset = std::atoi(name.c_str() + plus);
        return base && base + offset >= SIGRTMIN && base + offset <= SIGRTMAX ? base + offset : SIGTERM;
    }
    for (int candidate = 1; candidate < SIGRTMIN; ++candidate)
        if (const char* abbreviation = ::sigabbrev_np(candidate); abbreviation && name == abbreviation)
            return candidate;
    return SIGTERM;
}

} // namespace kates::runtime
