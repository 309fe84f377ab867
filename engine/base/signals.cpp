#include "engine/base/signals.h"

#include <csignal>
#include <pthread.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "engine/base/files.h"

namespace kates {

namespace {

sigset_t toSet(const std::vector<int>& signals)
{
    sigset_t set;
    sigemptyset(&set);
    for (int signal : signals)
        sigaddset(&set, signal);
    return set;
}

class SignalWatch : public Registration::Impl {
public:
    SignalWatch(Loop& loop, const std::vector<int>& signals, std::function<void(int)> callback)
    {
        const sigset_t set = toSet(signals);
        m_fd = OwnedFd(::signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC));
        const int fd = m_fd.get();
        m_watch = loop.watch(fd, Readable, [fd, callback = std::move(callback)](int) {
            signalfd_siginfo information{};
            // The callback may destroy this registration: nothing of it is used afterwards.
            if (::read(fd, &information, sizeof information) == sizeof information)
                callback(static_cast<int>(information.ssi_signo));
        });
    }

private:
    OwnedFd m_fd;
    Registration m_watch;
};

} // namespace

void blockSignals(const std::vector<int>& signals)
{
    const sigset_t set = toSet(signals);
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

Registration onSignal(Loop& loop, const std::vector<int>& signals, std::function<void(int)> callback)
{
    return Registration(std::make_unique<SignalWatch>(loop, signals, std::move(callback)));
}

} // namespace kates
