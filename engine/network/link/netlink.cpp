#include "engine/network/link/netlink.h"

#include <arpa/inet.h>
#include <cassert>
#include <cstring>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <unistd.h>

namespace kates::network {

namespace {

constexpr std::size_t kReceiveBufferBytes = 32u << 10; // what the kernel asks for: dumps come in pieces of at most this
constexpr timeval kAnswerTimeout{5, 0};

} // namespace

NetlinkRequest::NetlinkRequest(int type, int flags, const void* header, std::size_t size)
{
    nlmsghdr head = {};
    head.nlmsg_type = static_cast<std::uint16_t>(type);
    head.nlmsg_flags = static_cast<std::uint16_t>(NLM_F_REQUEST | flags);
    append(&head, sizeof head);
    append(header, size);
}

void NetlinkRequest::append(const void* data, std::size_t size)
{
    m_bytes.append(static_cast<const char*>(data), size);
    m_bytes.append(NLMSG_ALIGN(m_bytes.size()) - m_bytes.size(), '\0');
}

NetlinkRequest& NetlinkRequest::add(int attribute, const void* data, std::size_t size)
{
    rtattr head = {static_cast<unsigned short>(RTA_LENGTH(size)), static_cast<unsigned short>(attribute)};
    append(&head, sizeof head);
    append(data, size);
    return *this;
}

NetlinkRequest& NetlinkRequest::add(int attribute, std::string_view text)
{
    const std::string terminated(text);
    return add(attribute, terminated.c_str(), terminated.size() + 1);
}

NetlinkRequest& NetlinkRequest::add(int attribute, Ipv4 address)
{
    const std::uint32_t network = htonl(address.value());
    return add(attribute, &network, sizeof network);
}

NetlinkRequest& NetlinkRequest::nest(int attribute, const std::function<void(NetlinkRequest&)>& fill)
{
    return nest(attribute, nullptr, 0, fill);
}

NetlinkRequest& NetlinkRequest::nest(int attribute, const void* header, std::size_t size, const std::function<void(NetlinkRequest&)>& fill)
{
    const auto start = m_bytes.size();
    add(attribute, header, size);
    fill(*this);
    assert(m_bytes.size() - start < 65536);
    const auto length = static_cast<unsigned short>(m_bytes.size() - start);
    std::memcpy(m_bytes.data() + start, &length, sizeof length);
    return *this;
}

NetlinkAttributes::NetlinkAttributes(const nlmsghdr* message, std::size_t headerSize)
    : m_data(reinterpret_cast<const char*>(message) + NLMSG_HDRLEN + NLMSG_ALIGN(headerSize))
    , m_size(message->nlmsg_len > NLMSG_HDRLEN + NLMSG_ALIGN(headerSize) ? message->nlmsg_len - NLMSG_HDRLEN - NLMSG_ALIGN(headerSize) : 0)
{
}

std::string_view NetlinkAttributes::find(int attribute) const
{
    for (std::size_t at = 0; at + sizeof(rtattr) <= m_size;) {
        rtattr head;
        std::memcpy(&head, m_data + at, sizeof head);
        if (head.rta_len < sizeof(rtattr) || head.rta_len > m_size - at)
            break;
        if ((head.rta_type & NLA_TYPE_MASK) == attribute)
            return {m_data + at + RTA_LENGTH(0), head.rta_len - RTA_LENGTH(0)};
        at += RTA_ALIGN(head.rta_len);
    }
    return {};
}

std::uint32_t NetlinkAttributes::number(int attribute, std::uint32_t fallback) const
{
    const auto found = find(attribute);
    std::uint32_t value = fallback;
    if (found.size() == sizeof value)
        std::memcpy(&value, found.data(), sizeof value);
    return value;
}

std::string NetlinkAttributes::text(int attribute) const
{
    const auto found = find(attribute);
    return std::string(found.substr(0, found.find('\0')));
}

std::optional<Ipv4> NetlinkAttributes::address(int attribute) const
{
    const auto found = find(attribute);
    std::uint32_t network = 0;
    if (found.size() != sizeof network)
        return std::nullopt;
    std::memcpy(&network, found.data(), sizeof network);
    return Ipv4(ntohl(network));
}

Result<NetlinkSocket> NetlinkSocket::open(int family)
{
    OwnedFd fd(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, family));
    if (!fd || ::setsockopt(fd.get(), SOL_SOCKET, SO_RCVTIMEO, &kAnswerTimeout, sizeof kAnswerTimeout) != 0)
        return systemFailure("open a netlink socket");
    return NetlinkSocket(std::move(fd));
}

Result<std::uint32_t> NetlinkSocket::send(const NetlinkRequest& request, std::string_view what)
{
    std::string bytes = request.m_bytes;
    nlmsghdr head;
    std::memcpy(&head, bytes.data(), sizeof head);
    head.nlmsg_len = static_cast<std::uint32_t>(bytes.size());
    head.nlmsg_seq = ++m_sequence;
    std::memcpy(bytes.data(), &head, sizeof head);
    if (::send(m_fd.get(), bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
        return systemFailure(what);
    return m_sequence;
}

// Reads one datagram; true when the exchange is over.
Result<bool> NetlinkSocket::receive(std::uint32_t sequence, std::string_view what, const std::function<void(const nlmsghdr*)>& visit)
{
    alignas(nlmsghdr) char buffer[kReceiveBufferBytes];
    const ssize_t got = ::recv(m_fd.get(), buffer, sizeof buffer, 0);
    if (got < 0)
        return systemFailure(what);
    auto left = static_cast<int>(got);
    for (auto* message = reinterpret_cast<const nlmsghdr*>(buffer); NLMSG_OK(message, left); message = NLMSG_NEXT(message, left)) {
        if (message->nlmsg_seq != sequence)
            continue; // the late answer to a request that timed out
        if (message->nlmsg_type == NLMSG_DONE)
            return true;
        if (message->nlmsg_type != NLMSG_ERROR) {
            visit(message);
            continue;
        }
        const int error = -reinterpret_cast<const nlmsgerr*>(NLMSG_DATA(message))->error;
        if (error != 0)
            return systemFailure(what, error);
        return true;
    }
    return false;
}

Result<void> NetlinkSocket::execute(const NetlinkRequest& request, std::string_view what)
{
    return dump(request, what, [](const nlmsghdr*) {});
}

Result<void> NetlinkSocket::dump(const NetlinkRequest& request, std::string_view what, const std::function<void(const nlmsghdr*)>& visit)
{
    auto sequence = send(request, what);
    if (!sequence)
        return tl::unexpected(sequence.error());
    for (;;) {
        auto over = receive(*sequence, what, visit);
        if (!over)
            return tl::unexpected(over.error());
        if (*over)
            return {};
    }
}

} // namespace kates::network
