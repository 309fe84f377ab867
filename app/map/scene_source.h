// Keeps a lens up to date with the informers it reads and publishes its scene, at most once per frame and never faster than it is taken.
// Lives on the data thread.
#pragma once

#include <QObject>
#include <QPointer>
#include <QTimer>

#include "app/informer/informer.h"
#include "app/map/lens.h"
#include "app/map/map_pins.h"

namespace kates::app {

inline constexpr int kLensTickMs = 1000;
inline constexpr int kSceneRest = 3; // after a scene the thread is free for at least this many times what the scene took

class SceneSource : public QObject {
    Q_OBJECT
public:
    explicit SceneSource(std::unique_ptr<Lens> lens);

    // From now on, beginning with what the informer has.
    void follow(Informer& informer, const char* kind);
    void setNamespaces(const QSet<QString>& namespaces);
    void setPins(const MapPins& pins);
    void tidy();
    void toggle(const QString& cardKey);
    void setWatched(bool watched); // somebody looks: otherwise nothing is published
    void acknowledge();

signals:
    void published(const kates::app::MapScenePtr& scene);

private:
    void schedule();
    void publish();

    bool complete() const;

    std::unique_ptr<Lens> m_lens;
    std::vector<QPointer<Informer>> m_informers;
    MapPins m_pins;
    QTimer m_timer, m_tick;
    bool m_watched = false; // until there is a model to hear of scenes
    bool m_waiting = false;
    bool m_dirty = false;
    quint64 m_serial = 0;
};

} // namespace kates::app
