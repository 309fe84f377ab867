#include "engine/api/quantity.h"
#include "engine/scheduler/pod_info.h"

namespace kates::scheduler {

Resources Resources::fromList(const api::Value& list)
{
    Resources out;
    for (const api::Member& entry : list.members()) {
        const auto quantity = api::Quantity::fromValue(entry.value);
        const std::string_view name = entry.key.view();
        if (name == "cpu")
            out.cpuMilli = quantity.milli();
        else if (name == "memory")
            out.memoryBytes = quantity.units();
        else if (name == "ephemeral-storage")
            out.ephemeralBytes = quantity.units();
        else if (name == "pods")
            out.pods = quantity.units();
        else
            out.extended[std::string(name)] = quantity.units();
    }
    return out;
}

void Resources::add(const Resources& other)
{
    cpuMilli += other.cpuMilli;
    memoryBytes += other.memoryBytes;
    ephemeralBytes += other.ephemeralBytes;
    pods += other.pods;
    for (const auto& [name, amount] : other.extended)
        extended[name] += amount;
}

void Resources::subtract(const Resources& other)
{
    cpuMilli -= other.cpuMilli;
    memoryBytes -= other.memoryBytes;
    ephemeralBytes -= other.ephemeralBytes;
    pods -= other.pods;
    for (const auto& [name, amount] : other.extended)
        extended[name] -= amount;
}

void Resources::raiseTo(const Resources& other)
{
    cpuMilli = std::max(cpuMilli, other.cpuMilli);
    memoryBytes = std::max(memoryBytes, other.memoryBytes);
    ephemeralBytes = std::max(ephemeralBytes, other.ephemeralBytes);
    for (const auto& [name, amount] : other.extended)
        extended[name] = std::max(extended[name], amount);
}

} // namespace kates::scheduler
