#include "engine/cluster/ready_line.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/base/files.h"
#include "engine/launcher/launcher.h"

namespace kates::cluster {

namespace {
OwnedFd& readyFd()
{
    static OwnedFd fd;
    return fd;
}
} // namespace

void claimReadyFd()
{
    struct stat information { };
    if (::fstat(launcher::kReadyFd, &information) == 0 && S_ISFIFO(information.st_mode)) {
        ::fcntl(launcher::kReadyFd, F_SETFD, FD_CLOEXEC);
        readyFd() = OwnedFd(launcher::kReadyFd);
    }
}

void sayReady(const std::string& line)
{
    if (!readyFd())
        return;
    const std::string text = line + "\n";
    [[maybe_unused]] ssize_t written = ::write(readyFd().get(), text.data(), text.size());
    readyFd().reset();
}

} // namespace kates::cluster
