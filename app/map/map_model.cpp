#include "app/map/map_model.h"

#include <algorithm>

namespace kates::app {

namespace {

constexpr std::size_t kLabelsShownMax = 12;

} // namespace

MapModel::MapModel(DataThread& thread, DataPtr<SceneSource> source, QObject* parent)
    : QObject(parent)
    , m_thread(thread)
    , m_source(std::move(source))
{
    connect(m_source.get(), &SceneSource::published, this, [this](const MapScenePtr& scene) {
        m_scene = scene;
        emit sceneChanged();
        m_thread.with(m_source.get(), [](SceneSource& source) { source.acknowledge(); });
    });
}

MapModel::~MapModel() = default;

QVariantList MapModel::stateCounts() const
{
    QVariantList counts;
    for (int state = ObjectState::Ok; state <= ObjectState::Failing; ++state)
        counts.append(m_scene ? m_scene->stateCounts[std::size_t(state)] : 0);
    return counts;
}

int MapModel::waitingCount() const
{
    int count = 0;
    if (m_scene) {
        for (const MapCard& card : m_scene->cards)
            count += card.kind == MapCard::Kind::Waiting ? card.cellCount : 0;
    }
    return count;
}

void MapModel::setWatched(bool watched)
{
    if (m_watched == watched)
        return;
    m_watched = watched;
    m_thread.with(m_source.get(), [watched](SceneSource& source) { source.setWatched(watched); });
    emit watchedChanged();
}

QVariantList MapModel::labels() const
{
    QVariantList list;
    if (!m_scene)
        return list;
    std::vector<int> order;
    for (int i = 0; i < int(m_scene->labels.size()); ++i) {
        if (m_scene->labelCounts[std::size_t(i)] > 1)
            order.push_back(i);
    }
    const std::size_t shown = std::min(order.size(), kLabelsShownMax);
    std::partial_sort(order.begin(), order.begin() + std::ptrdiff_t(shown), order.end(),
        [this](int left, int right) { return m_scene->labelCounts[std::size_t(left)] > m_scene->labelCounts[std::size_t(right)]; });
    for (std::size_t i = 0; i < shown; ++i)
        list.append(QVariantMap { { QStringLiteral("text"), m_scene->labels[std::size_t(order[i])] },
            { QStringLiteral("count"), m_scene->labelCounts[std::size_t(order[i])] } });
    return list;
}

QVariantList MapModel::textTwin(int linesMax) const
{
    QVariantList lines;
    if (!m_scene)
        return lines;
    const auto add = [&](int depth, const QString& key, const QString& text, State state, bool pod) {
        lines.append(QVariantMap { { QStringLiteral("depth"), depth }, { QStringLiteral("key"), key }, { QStringLiteral("text"), text },
            { QStringLiteral("state"), state }, { QStringLiteral("pod"), pod } });
    };
    for (const MapCard& card : m_scene->cards) {
        add(0, card.key, card.title + QStringLiteral(": ") + (card.note.isEmpty() ? card.subtitle : card.note), card.state, false);
        for (int i = card.firstCell; i < card.firstCell + card.cellCount && lines.size() < linesMax; ++i) {
            const MapCell& cell = m_scene->cells[std::size_t(i)];
            add(1, cell.key, cell.key + QStringLiteral(": ") + cell.statusText, cell.state, true);
        }
        if (lines.size() >= linesMax) {
            add(0, {}, tr("… and more: only the first %1 lines are listed.").arg(linesMax), ObjectState::Neutral, false);
            break;
        }
    }
    return lines;
}

} // namespace kates::app
