// A name that one process of the host (in its network namespace) holds at a time. Who does not get it is told the moment it is free again, also when
// its holder was killed: the name is an abstract Unix socket, which the kernel gives back, and waiting is a connection to it, which then breaks.
#pragma once

#include <functional>
#include <string>

#include "engine/base/files.h"
#include "engine/base/loop.h"

namespace kates::network {

class HostLease {
public:
    // `held` is called on the loop, once, when the name is ours; it stays so as long as this object lives. At most 100 characters.
    HostLease(Loop& loop, std::string name, std::function<void()> held);
    bool isHeld() const { return static_cast<bool>(m_ours); }

private:
    void attempt();
    bool take();
    bool waitForHolder();

    Loop& m_loop;
    std::string m_name;
    std::function<void()> m_held;
    OwnedFd m_ours, m_holder;
    Registration m_watch, m_again;
};

} // namespace kates::network
