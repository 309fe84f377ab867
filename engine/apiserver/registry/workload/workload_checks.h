// What deployments, replica sets, stateful sets, daemon sets and jobs have in common: a selector and a pod template.
#pragma once

#include "engine/apiserver/registry/common/checks.h"

namespace kates::apiserver {

// spec.selector is there, is not empty, and selects the template's labels. `kindName` is "deployment", for the sentence.
void validateSelectorAndTemplate(const api::FieldPath& specPath, const api::Value& spec, std::string_view kindName, api::FieldErrors& errors);

// The selector selects the template's labels.
void requireSelected(const api::FieldPath& specPath, const api::Value& spec, api::FieldErrors& errors);

// The template's restart policy must be Always, and it may not have a deadline.
void requireLongRunningTemplate(const api::FieldPath& specPath, const api::Value& spec, std::string_view kindName, api::FieldErrors& errors);

// replicas, minReadySeconds, revisionHistoryLimit and the like.
void requireNonNegativeFields(const api::FieldPath& path, const api::Value& spec, std::span<const std::string_view> fields, api::FieldErrors& errors);

// spec.<field> may not change.
void requireUnchangedField(const api::Value& object, const api::Value& old, std::string_view field, api::FieldErrors& errors);

// Defaults of spec.template.
void prepareTemplate(api::Value& object);

// Copies the template's labels to the object when it has none (ReplicationController, Job).
void labelLikeTemplate(api::Value& object);

} // namespace kates::apiserver
