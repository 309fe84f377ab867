#include "app/map/scene_source.h"

#include <QDateTime>
#include <QElapsedTimer>

#include <algorithm>

#include "app/base/text.h"

namespace kates::app {

void sortNaturally(Deltas& deltas)
{
    std::sort(deltas.begin(), deltas.end(),
        [](const Delta& left, const Delta& right) { return naturallyBefore(toQString(left.key), toQString(right.key)); });
}

SceneSource::SceneSource(std::unique_ptr<Lens> lens)
    : m_lens(std::move(lens))
    , m_timer(this)
    , m_tick(this)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(m_lens->pauseMs());
    connect(&m_timer, &QTimer::timeout, this, &SceneSource::publish);
    m_tick.setInterval(kLensTickMs);
    connect(&m_tick, &QTimer::timeout, this, &SceneSource::schedule);
}

void SceneSource::follow(Informer& informer, const char* kind)
{
    Deltas known;
    for (const auto& [key, object] : informer.objects())
        known.push_back({ Delta::Kind::Set, key, object });
    m_lens->take(kind, std::move(known));
    connect(&informer, &Informer::changed, this, [this, kind](const Deltas& deltas) {
        m_lens->take(kind, deltas);
        schedule();
    });
    m_informers.emplace_back(&informer);
    connect(&informer, &Informer::stateChanged, this, &SceneSource::schedule);
    schedule();
}

bool SceneSource::complete() const
{
    // What is refused or cannot be reached is not waited for.
    return std::all_of(m_informers.begin(), m_informers.end(),
        [](const QPointer<Informer>& informer) { return !informer || informer->synced() || informer->state() == Informer::State::Waiting; });
}

void SceneSource::setPins(const MapPins& pins)
{
    m_pins = pins;
    schedule();
}

void SceneSource::tidy()
{
    m_lens->tidy();
    schedule();
}

void SceneSource::toggle(const QString& cardKey)
{
    m_lens->toggle(cardKey);
    schedule();
}

void SceneSource::setNamespaces(const QSet<QString>& namespaces)
{
    m_lens->setNamespaces(namespaces);
    schedule();
}

void SceneSource::setWatched(bool watched)
{
    m_watched = watched;
    if (m_lens->ticks() && watched)
        m_tick.start();
    else
        m_tick.stop();
    if (m_dirty || m_lens->ticks())
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
    if (m_watched && !m_waiting && !m_timer.isActive())
        m_timer.start();
}

void SceneSource::publish()
{
    m_dirty = false;
    m_waiting = true;
    QElapsedTimer clock;
    clock.start();
    m_lens->setComplete(complete());
    MapScene scene = m_lens->scene(QDateTime::currentMSecsSinceEpoch());
    applyPins(scene, m_pins);
    m_timer.setInterval(std::max(m_lens->pauseMs(), kSceneRest * int(clock.elapsed())));
    scene.serial = ++m_serial;
    emit published(std::make_shared<const MapScene>(std::move(scene)));
}

} // namespace kates::app
