#include "engine/controllers/deployment/deployment_view.h"

#include <algorithm>
#include <charconv>

namespace kates::controllers {

namespace {

constexpr std::string_view kDefaultShare = "25%"; // of maxSurge and maxUnavailable

std::int64_t toNumber(std::string_view text)
{
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

} // namespace

std::int64_t scaledValue(const api::Value& intOrPercent, std::int64_t total, bool roundUp, std::string_view fallback)
{
    if (intOrPercent.isNumber())
        return intOrPercent.asInt();
    const std::string_view text = intOrPercent.asString(fallback);
    if (!text.ends_with('%'))
        return toNumber(text);
    const std::int64_t product = toNumber(text) * total;
    return roundUp ? (product + 99) / 100 : product / 100;
}

std::int64_t DeploymentView::maxSurge() const
{
    if (!rollingUpdate())
        return 0;
    return scaledValue(m_deployment.get("spec", "strategy", "rollingUpdate", "maxSurge"), replicas(), true, kDefaultShare);
}

std::int64_t DeploymentView::maxUnavailable() const
{
    if (!rollingUpdate() || replicas() == 0)
        return 0;
    const std::int64_t unavailable
        = scaledValue(m_deployment.get("spec", "strategy", "rollingUpdate", "maxUnavailable"), replicas(), false, kDefaultShare);
    // Both rounded to zero would allow no step at all.
    if (unavailable == 0 && maxSurge() == 0)
        return 1;
    return std::min(unavailable, replicas());
}

std::int64_t ReplicaSetView::annotationNumber(std::string_view annotation) const
{
    return toNumber(m_replicaSet.get("metadata", "annotations").str(annotation));
}

std::vector<api::Value> ReplicaSets::all() const
{
    std::vector<api::Value> all = old;
    if (!current.isNull())
        all.push_back(current);
    return all;
}

std::int64_t ReplicaSets::specReplicas() const
{
    std::int64_t sum = 0;
    for (const auto& replicaSet : all())
        sum += ReplicaSetView(replicaSet).replicas();
    return sum;
}

std::int64_t ReplicaSets::maxOldRevision() const
{
    std::int64_t most = 0;
    for (const auto& replicaSet : old)
        most = std::max(most, ReplicaSetView(replicaSet).revision());
    return most;
}

} // namespace kates::controllers
