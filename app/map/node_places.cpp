#include "app/map/node_places.h"

#include <algorithm>
#include <cmath>

namespace kates::app {

namespace {

constexpr double kAspect = 1.6; // that the whole tries to have
constexpr double kTooTall = 1.8; // times as tall as it should be: time for one more column

} // namespace

void NodePlaces::setUp(const std::vector<std::pair<QString, QString>>& zonesAndNames, double shape)
{
    m_strips.clear();
    m_places.clear();
    std::map<QString, int> counts;
    for (const auto& [zone, name] : zonesAndNames)
        ++counts[zone];
    for (const auto& [zone, count] : counts) {
        // All strips together have the aspect: each has its share of the width.
        const double columns = std::sqrt(double(zonesAndNames.size()) * kAspect * shape) * double(count) / double(zonesAndNames.size());
        m_strips.push_back({ zone, std::max(1, int(std::lround(columns))), {} });
    }
    for (const auto& [zone, name] : zonesAndNames)
        add(zone, name, shape);
}

std::size_t NodePlaces::stripOf(const QString& zone)
{
    const auto known = std::find_if(m_strips.begin(), m_strips.end(), [&](const Strip& strip) { return strip.zone == zone; });
    if (known != m_strips.end())
        return std::size_t(known - m_strips.begin());
    m_strips.push_back({ zone, 1, {} });
    return m_strips.size() - 1;
}

void NodePlaces::widen(std::size_t index)
{
    Strip& strip = m_strips[index];
    std::vector<QString> wider;
    for (std::size_t i = 0; i < strip.names.size(); ++i) {
        wider.push_back(strip.names[i]);
        if (i % std::size_t(strip.columns) + 1 == std::size_t(strip.columns))
            wider.emplace_back();
    }
    strip.names = std::move(wider);
    ++strip.columns;
}

void NodePlaces::add(const QString& zone, const QString& name, double shape)
{
    if (m_places.contains(name))
        return;
    const std::size_t index = stripOf(zone);
    Strip& strip = m_strips[index];
    auto free = std::find(strip.names.begin(), strip.names.end(), QString());
    if (free == strip.names.end() && index + 1 == m_strips.size() && strip.names.size() % std::size_t(strip.columns) == 0) {
        const double rows = double(strip.names.size()) / strip.columns + 1;
        if (rows * shape * kAspect > (firstColumn(int(index)) + strip.columns) * kTooTall) {
            widen(index);
            free = std::find(strip.names.begin(), strip.names.end(), QString());
        }
    }
    const int place = int(free - strip.names.begin());
    if (free == strip.names.end())
        strip.names.push_back(name);
    else
        *free = name;
    m_places.emplace(name, Place { int(index), place % strip.columns, place / strip.columns });
}

void NodePlaces::remove(const QString& name)
{
    const auto known = m_places.find(name);
    if (known == m_places.end())
        return;
    Strip& strip = m_strips[std::size_t(known->second.strip)];
    strip.names[std::size_t(known->second.row * strip.columns + known->second.column)].clear();
    m_places.erase(known);
}

int NodePlaces::firstColumn(int strip) const
{
    int columns = 0;
    for (int i = 0; i < strip; ++i)
        columns += m_strips[std::size_t(i)].columns;
    return columns;
}

} // namespace kates::app
