// One request to the kernel by netlink, built attribute by attribute, and the synchronous exchange of it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "engine/base/files.h"
#include "engine/network/link/ipv4.h"

struct nlmsghdr;
struct rtattr;

namespace kates::network {

class NetlinkRequest {
public:
    // `header` is the fixed structure that follows nlmsghdr for this type of message.
    template <typename Header>
    NetlinkRequest(int type, int flags, const Header& header) : NetlinkRequest(type, flags, &header, sizeof header)
    {
    }
    NetlinkRequest& add(int attribute, const void* data, std::size_t size);
    NetlinkRequest& add(int attribute, std::uint32_t number) { return add(attribute, &number, sizeof number); }
    NetlinkRequest& add(int attribute, std::string_view text); // with the terminating zero that the kernel expects
    NetlinkRequest& add(int attribute, Ipv4 address);
    // An attribute that holds what `fill` adds.
    NetlinkRequest& nest(int attribute, const std::function<void(NetlinkRequest&)>& fill);
    // As nest(), with a fixed structure in front (VETH_INFO_PEER).
    NetlinkRequest& nest(int attribute, const void* header, std::size_t size, const std::function<void(NetlinkRequest&)>& fill);

    const std::string& bytes() const { return m_bytes; }

private:
    friend class NetlinkSocket;
    NetlinkRequest(int type, int flags, const void* header, std::size_t size);
    void append(const void* data, std::size_t size);
    std::string m_bytes;
};

// Finds attributes in what the kernel answered; every access is checked against the message's end.
class NetlinkAttributes {
public:
    NetlinkAttributes(const nlmsghdr* message, std::size_t headerSize);
    NetlinkAttributes(const void* data, std::size_t size) : m_data(static_cast<const char*>(data)), m_size(size) {}
    std::string_view find(int attribute) const; // empty: not there
    std::uint32_t number(int attribute, std::uint32_t fallback = 0) const;
    std::string text(int attribute) const;
    std::optional<Ipv4> address(int attribute) const;

private:
    const char* m_data;
    std::size_t m_size;
};

// Blocking and short (a request takes 0.1–3 ms): for use on threads inside a namespace, not on the loop. The socket belongs to the network namespace
// in which it was opened, wherever its thread goes later.
class NetlinkSocket {
public:
    [[nodiscard]] static Result<NetlinkSocket> open(int family);
    // Waits for the kernel's acknowledgement. The error's systemError tells EEXIST, ENODEV and so on.
    [[nodiscard]] Result<void> execute(const NetlinkRequest& request, std::string_view what);
    // Every message of the answer.
    [[nodiscard]] Result<void> dump(const NetlinkRequest& request, std::string_view what, const std::function<void(const nlmsghdr*)>& visit);

private:
    explicit NetlinkSocket(OwnedFd fd) : m_fd(std::move(fd)) {}
    Result<std::uint32_t> send(const NetlinkRequest& request, std::string_view what);
    Result<bool> receive(std::uint32_t sequence, std::string_view what, const std::function<void(const nlmsghdr*)>& visit);
    OwnedFd m_fd;
    std::uint32_t m_sequence = 0;
};

} // namespace kates::network
