// The history of an object's pod template, kept as ControllerRevisions: what `kubectl rollout history` shows and `undo` goes back to.
#pragma once

#include <set>
#include <vector>

#include "engine/api/status.h"
#include "engine/client/client.h"

namespace kates::controllers {

inline constexpr std::string_view kRevisionHashLabel = "controller-revision-hash";

struct RevisionHistory {
    api::Value current;          // of the template as it is now
    std::vector<api::Value> old; // by revision, lowest first
    std::string_view currentHash() const { return current.get("metadata", "labels").str(kRevisionHashLabel); }
};

// Finds the revision of the owner's template among `owned`, gives it the highest number, or creates it. When another template has its name, the count
// at status.collisionCount of `owner` is raised in place, and the result is a Conflict: write the status and try again.
Task<api::ApiResult<RevisionHistory>> syncRevisions(client::Client& client, api::Value& owner, std::vector<api::Value> owned);

// Deletes the oldest revisions past the owner's revisionHistoryLimit, but none of these names.
Task<api::ApiResult<void>> trimRevisions(client::Client& client, RevisionHistory history, std::int64_t limit, std::set<std::string> inUse);

} // namespace kates::controllers
