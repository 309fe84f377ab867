// Finds objects by name, label or annotation among what is known already. Pure but for the informers; runs on the data thread.
#pragma once

#include "app/discovery/discovery.h"
#include "app/informer/informer.h"
#include "app/objects/object_state.h"

namespace kates::app {

struct FoundObject {
    QString apiVersion, kind, ns, name;
    QString match; // the label or annotation that matched, when it was not the name
    State state = ObjectState::Neutral;
    int rank = 0; // lower is better
};

// The best `most`: names that begin with the text, then names that contain it, then labels, then annotations.
[[nodiscard]] std::vector<FoundObject> searchObjectsIn(
    const std::vector<std::pair<ResourceInfo, Informer*>>& informers, const QString& text, int most);

} // namespace kates::app
