#include "engine/network/forward/host_lease.h"

#include <cassert>
#include <cstddef>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>

namespace kates::network {

namespace {

constexpr Duration kBetweenAttempts = std::chrono::milliseconds(20);
constexpr int kBacklog = 1024; // waiting processes; connections are never accepted

struct AbstractAddress {
    sockaddr_un address = {};
    socklen_t size = 0;
    explicit AbstractAddress(const std::string& name)
    {
        assert(name.size() < sizeof address.sun_path);
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path + 1, name.data(), name.size());
        size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
    }
    const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&address); }
};

OwnedFd makeSocket()
{
    return OwnedFd(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
}

} // namespace

HostLease::HostLease(Loop& loop, std::string name, std::function<void()> held) : m_loop(loop), m_name(std::move(name)), m_held(std::move(held))
{
    m_again = m_loop.after(Duration::zero(), [this] { attempt(); });
}

void HostLease::attempt()
{
    m_watch.reset();
    m_holder.reset();
    if (take())
        return m_held();
    // Neither ours nor anybody's: its holder is between bind() and listen(), or has just gone.
    if (!waitForHolder())
        m_again = m_loop.after(kBetweenAttempts, [this] { attempt(); });
}

bool HostLease::take()
{
    const AbstractAddress address(m_name);
    auto socket = makeSocket();
    if (!socket || ::bind(socket.get(), address.get(), address.size) != 0 || ::listen(socket.get(), kBacklog) != 0)
        return false;
    m_ours = std::move(socket);
    return true;
}

bool HostLease::waitForHolder()
{
    const AbstractAddress address(m_name);
    m_holder = makeSocket();
    if (!m_holder || ::connect(m_holder.get(), address.get(), address.size) != 0)
        return false;
    m_watch = m_loop.watch(m_holder.get(), Readable, [this](int) { attempt(); });
    return true;
}

} // namespace kates::network
