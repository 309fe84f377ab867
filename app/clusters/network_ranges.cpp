#include "app/clusters/network_ranges.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <optional>

namespace kates::app {

namespace {

struct Network {
    quint32 first = 0;
    int prefix = 0;
};

std::optional<Network> parse(const QString& cidr)
{
    static const QRegularExpression pattern(QStringLiteral("^(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})$"));
    const auto match = pattern.match(cidr);
    Network network { 0, match.captured(5).toInt() };
    for (int octet = 1; octet <= 4; ++octet) {
        if (match.captured(octet).toInt() > 255)
            return {};
        network.first = network.first << 8 | match.captured(octet).toUInt();
    }
    return match.hasMatch() && network.prefix >= 1 && network.prefix <= 32 ? std::optional(network) : std::nullopt;
}

} // namespace

QString rangeProblem(const QString& cidr, int prefixMax)
{
    const auto network = parse(cidr);
    if (!network)
        return QCoreApplication::translate("NetworkRange", "An IPv4 network is wanted, such as 10.244.0.0/16.");
    if (network->prefix < 32 && (network->first << network->prefix) != 0)
        return QCoreApplication::translate("NetworkRange", "It must begin with the first address of the network.");
    if (network->prefix > prefixMax)
        return QCoreApplication::translate("NetworkRange", "It is too small: at most /%1.").arg(prefixMax);
    return {};
}

bool rangesOverlap(const QString& left, const QString& right)
{
    const auto one = parse(left), other = parse(right);
    if (!one || !other)
        return false;
    const int shift = 32 - std::min(one->prefix, other->prefix);
    return (one->first >> shift) == (other->first >> shift);
}

} // namespace kates::app
