// Keeps a lens up to date with the informers it reads and publishes its scene, at most once per frame and never faster than it is taken.
// Lives on the data thread.
#pragma once

#include <QObject>
#include <QTimer>

#include "app/informer/informer.h"
#include "app/map/placement_layout.h"

namespace kates::app {

class SceneSource : public QObject {
    Q_OBJECT
public:
    SceneSource(Informer& nodes, Informer& pods);

    void setNamespaces(const QSet<QString>& namespaces);
    void acknowledge();

signals:
    void published(const kates::app::MapScenePtr& scene);

private:
    void schedule();
    void publish();

    PlacementLayout m_layout;
    QTimer m_timer;
    bool m_waiting = false;
    bool m_dirty = false;
    quint64 m_serial = 0;
};

} // namespace kates::app
