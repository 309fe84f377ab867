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
    Q_PROPERTY(bool counted READ counted NOTIFY sceneChanged) // there are cells, shown or folded
    Q_PROPERTY(bool known READ known NOTIFY sceneChanged) // a scene has come
    Q_PROPERTY(bool watched READ watched WRITE setWatched NOTIFY watchedChanged)
    Q_PROPERTY(QVariantList labels READ labels NOTIFY sceneChanged)
    Q_PROPERTY(int pinCount READ pinCount NOTIFY pinsChanged)
public:
    // `name` is what the pins are remembered by: "CLUSTER/LENS".
    MapModel(DataThread& thread, DataPtr<SceneSource> source, const QString& name, QObject* parent = nullptr);
    ~MapModel() override;

    MapScenePtr scene() const { return m_scene; } // null before the first
    SceneSource* source() const { return m_source.get(); }

    QVariantList stateCounts() const;
    int cellCount() const { return m_scene ? int(m_scene->cells.size()) : 0; }
    int cardCount() const { return m_scene ? int(m_scene->cards.size()) : 0; }
    int waitingCount() const; // pods without a node
    QRectF bounds() const { return m_scene ? m_scene->bounds : QRectF(); }
    bool empty() const { return cardCount() == 0; }
    bool counted() const;
    bool known() const { return m_scene != nullptr; }
    bool watched() const { return m_watched; } // somebody looks at it
    void setWatched(bool watched);
    QVariantList labels() const; // maps {text, count} of the labels that two cells or more carry, the commonest first

    // What people put where themselves; remembered between runs.
    bool isPinned(const QString& key) const { return m_pins.contains(key); }
    int pinCount() const { return int(m_pins.size()); }
    Q_INVOKABLE void pin(const QString& key, const QPointF& corner); // false from isPinned() when there are too many
    Q_INVOKABLE void unpin(const QString& key); // "": all
    // Everything but the pinned is laid out anew, in order.
    Q_INVOKABLE void tidy();
    // Shows or folds the cells of a card that has too many to be shown unasked.
    Q_INVOKABLE void toggle(const QString& key);

signals:
    void sceneChanged();
    void pinsChanged();
    void watchedChanged();

private:
    void setPins(const MapPins& pins);

    DataThread& m_thread;
    DataPtr<SceneSource> m_source;
    const QString m_name;
    MapPins m_pins;
    MapScenePtr m_scene;
    bool m_watched = true;
};

} // namespace kates::app
