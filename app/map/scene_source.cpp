#include "app/map/scene_source.h"

#include <algorithm>

#include "app/base/text.h"
#include "app/map/facts.h"

namespace kates::app {

namespace {

// New nodes take their places in this order: control planes, real nodes, simulated ones; node-2 before node-10.
bool standsBefore(const Delta& left, const Delta& right)
{
    const auto rank = [](const Delta& delta) {
        const NodeFacts facts = nodeFacts(delta.object);
        return facts.simulated ? 2 : facts.controlPlane ? 0 : 1;
    };
    const int leftRank = rank(left), rightRank = rank(right);
    return leftRank != rightRank ? leftRank < rightRank : naturallyBefore(toQString(left.key), toQString(right.key));
}

} // namespace

SceneSource::SceneSource(Informer& nodes, Informer& pods)
    : m_timer(this)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, &SceneSource::publish);
    connect(&nodes, &Informer::changed, this, [this](Deltas deltas) {
        std::sort(deltas.begin(), deltas.end(), standsBefore);
        for (const Delta& delta : deltas) {
            const QString key = toQString(delta.key);
            delta.kind == Delta::Kind::Set ? m_layout.setNode(key, delta.object) : m_layout.removeNode(key);
        }
        schedule();
    });
    connect(&pods, &Informer::changed, this, [this](const Deltas& deltas) {
        for (const Delta& delta : deltas) {
            const QString key = toQString(delta.key);
            delta.kind == Delta::Kind::Set ? m_layout.setPod(key, delta.object) : m_layout.removePod(key);
        }
        schedule();
    });
}

void SceneSource::setNamespaces(const QSet<QString>& namespaces)
{
    m_layout.setNamespaces(namespaces);
    schedule();
}

void SceneSource::acknowledge()
{
    m_waiting = false;
    if (m_dirty)
        schedule();
}

void SceneSource::schedule()
{
    m_dirty = true;
    if (!m_waiting && !m_timer.isActive())
        m_timer.start();
}

void SceneSource::publish()
{
    m_dirty = false;
    m_waiting = true;
    MapScene scene = m_layout.scene();
    scene.serial = ++m_serial;
    emit published(std::make_shared<const MapScene>(std::move(scene)));
}

} // namespace kates::app
