// A lens as the GUI thread sees it: the last scene, and a few figures of it for the legend and the text twin.
#pragma once

#include <QObject>
#include <QVariantList>
#include <qqmlregistration.h>

#include "app/map/scene_source.h"

namespace kates::app {

class MapModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the session")
    Q_PROPERTY(QVariantList stateCounts READ stateCounts NOTIFY sceneChanged)
    Q_PROPERTY(int cellCount READ cellCount NOTIFY sceneChanged)
    Q_PROPERTY(int cardCount READ cardCount NOTIFY sceneChanged)
    Q_PROPERTY(int waitingCount READ waitingCount NOTIFY sceneChanged)
    Q_PROPERTY(QRectF bounds READ bounds NOTIFY sceneChanged)
    Q_PROPERTY(bool empty READ empty NOTIFY sceneChanged)
    Q_PROPERTY(bool watched READ watched WRITE setWatched NOTIFY watchedChanged)
    Q_PROPERTY(QVariantList labels READ labels NOTIFY sceneChanged)
public:
    MapModel(DataThread& thread, DataPtr<SceneSource> source, QObject* parent = nullptr);
    ~MapModel() override;

    MapScenePtr scene() const { return m_scene; } // null before the first
    SceneSource* source() const { return m_source.get(); }

    QVariantList stateCounts() const;
    int cellCount() const { return m_scene ? int(m_scene->cells.size()) : 0; }
    int cardCount() const { return m_scene ? int(m_scene->cards.size()) : 0; }
    int waitingCount() const; // pods without a node
    QRectF bounds() const { return m_scene ? m_scene->bounds : QRectF(); }
    bool empty() const { return cardCount() == 0; }
    bool watched() const { return m_watched; } // somebody looks at it
    void setWatched(bool watched);
    QVariantList labels() const; // maps {text, count} of the labels that two cells or more carry, the commonest first

    // The scene in words, for search and screen readers: one line per card, then one per pod, with depth.
    Q_INVOKABLE QVariantList textTwin(int linesMax = 2000) const;

signals:
    void sceneChanged();
    void watchedChanged();

private:
    DataThread& m_thread;
    DataPtr<SceneSource> m_source;
    MapScenePtr m_scene;
    bool m_watched = true;
};

} // namespace kates::app
