// Names to addresses, off the loop's thread: getaddrinfo() blocks. Inside engine/http only.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/base/loop.h"
#include "engine/base/task.h"
#include "engine/http/address.h"

namespace kates::http {

class Resolver {
public:
    explicit Resolver(Loop& loop);
    ~Resolver(); // waits for look-ups under way: they may not reach a loop that is gone
    // Literals and "localhost" are answered at once. At least one address.
    [[nodiscard]] Task<Result<std::vector<SocketAddress>>> resolve(std::string host, int port, MonotonicTime deadline);
    void shutDown();

private:
    struct Lookups;
    Loop& m_loop;
    std::shared_ptr<Lookups> m_lookups;
};

} // namespace kates::http
