// What applying would change, for people: two objects as YAML without what only the server keeps.
#pragma once

#include <QVariantList>

#include "app/deploy/text_diff.h"
#include "engine/api/value.h"

namespace kates::app {

inline constexpr qsizetype kManifestTextMax = 4 << 20;
inline constexpr int kDiffLinesShown = 3000;

// Without status, managedFields, uid, resourceVersion, generation, creationTimestamp and kubectl's last-applied annotation.
[[nodiscard]] api::Value withoutServerFields(const api::Value& object);
[[nodiscard]] QStringList yamlLines(const api::Value& object);
[[nodiscard]] TextDiff diffObjects(const api::Value& live, const api::Value& next); // a null `live`: everything is added

// For QML: maps {kind: "same" | "added" | "removed" | "folded" | "more", text, folded}; "more": so many lines are not shown.
[[nodiscard]] QVariantList diffLines(const TextDiff& diff);

} // namespace kates::app
