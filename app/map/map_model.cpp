#include "app/map/map_model.h"

#include <QSettings>

#include <algorithm>

namespace kates::app {

namespace {

constexpr std::size_t kLabelsShownMax = 12;

QString settingOf(const QString& name) { return QStringLiteral("map/pins/") + name; }

MapPins savedPins(const QString& name)
{
    MapPins pins;
    const QVariantMap saved = QSettings().value(settingOf(name)).toMap();
    for (auto pin = saved.cbegin(); pin != saved.cend() && pins.size() < kPinsMax; ++pin)
        pins.insert(pin.key(), pin.value().toPointF());
    return pins;
}

void savePins(const QString& name, const MapPins& pins)
{
    QVariantMap saved;
    for (auto pin = pins.cbegin(); pin != pins.cend(); ++pin)
        saved.insert(pin.key(), *pin);
    QSettings settings;
    if (saved.isEmpty())
        settings.remove(settingOf(name));
    else
        settings.setValue(settingOf(name), saved);
}

} // namespace

MapModel::MapModel(DataThread& thread, DataPtr<SceneSource> source, const QString& name, QObject* parent)
    : QObject(parent)
    , m_thread(thread)
    , m_source(std::move(source))
    , m_name(name)
{
    connect(m_source.get(), &SceneSource::published, this, [this](const MapScenePtr& scene) {
        m_scene = scene;
        emit sceneChanged();
        m_thread.with(m_source.get(), [](SceneSource& source) { source.acknowledge(); });
    });
    if (const MapPins pins = savedPins(name); !pins.isEmpty())
        setPins(pins);
    m_thread.with(m_source.get(), [](SceneSource& source) { source.setWatched(true); });
}

MapModel::~MapModel() = default;

QVariantList MapModel::stateCounts() const
{
    QVariantList counts;
    for (int state = ObjectState::Ok; state <= ObjectState::Failing; ++state)
        counts.append(m_scene ? m_scene->stateCounts[std::size_t(state)] : 0);
    return counts;
}

bool MapModel::counted() const
{
    return m_scene && std::any_of(m_scene->stateCounts.begin(), m_scene->stateCounts.end(), [](int count) { return count > 0; });
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

void MapModel::setPins(const MapPins& pins)
{
    m_pins = pins;
    m_thread.with(m_source.get(), [pins](SceneSource& source) { source.setPins(pins); });
    emit pinsChanged();
}

void MapModel::pin(const QString& key, const QPointF& corner)
{
    MapPins pins = m_pins;
    if (key.isEmpty() || (pins.size() >= kPinsMax && !pins.contains(key)))
        return;
    pins.insert(key, corner);
    setPins(pins);
    savePins(m_name, pins);
}

void MapModel::unpin(const QString& key)
{
    MapPins pins = m_pins;
    if (key.isEmpty())
        pins.clear();
    else
        pins.remove(key);
    setPins(pins);
    savePins(m_name, pins);
}

void MapModel::tidy()
{
    m_thread.with(m_source.get(), [](SceneSource& source) { source.tidy(); });
}

void MapModel::toggle(const QString& key)
{
    m_thread.with(m_source.get(), [key](SceneSource& source) { source.toggle(key); });
}

} // namespace kates::app
