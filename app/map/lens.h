// One way of looking at a cluster: takes objects, gives a scene. Lives on the data thread; has no thread or timer of its own.
#pragma once

#include <QSet>

#include <string_view>

#include "app/informer/delta.h"
#include "app/map/map_scene.h"

namespace kates::app {

class Lens {
public:
    virtual ~Lens() = default;

    // What changed among the objects of one kind ("Pod").
    virtual void take(std::string_view kind, Deltas deltas) = 0;
    virtual void setNamespaces(const QSet<QString>& namespaces) = 0; // empty: all
    // `nowMs` since the epoch, for what is told by age.
    virtual MapScene scene(qint64 nowMs) = 0;
    // Whether everything that it follows has been listed: until then places are not final.
    void setComplete(bool complete) { m_complete = complete; }
    // Forgets what was where: the next scene is laid out as if everything had just come.
    virtual void tidy() { }
    // Shows or folds the cells of a card that has too many to be shown unasked.
    virtual void toggle(const QString& /*cardKey*/) { }
    // Whether the scene changes by time alone, so that it is made anew each second while somebody looks.
    virtual bool ticks() const { return false; }
    // The least time between two scenes: lenses that work everything out anew ask for a pause.
    virtual int pauseMs() const { return 0; }

protected:
    bool m_complete = true;
};

// The order in which the objects of a first list take their places: natural by key.
void sortNaturally(Deltas& deltas);

} // namespace kates::app
