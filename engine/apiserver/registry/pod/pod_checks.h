// Checks of pods and pod templates, with upstream's sentences. One file per part of the spec.
#pragma once

#include "engine/apiserver/registry/common/checks.h"

namespace kates::apiserver {

// The whole spec; `path` is "spec" or "spec.template.spec".
void validatePodSpec(const api::FieldPath& path, const api::Value& spec, api::FieldErrors& errors);

// A template of a workload: labels, annotations and the spec; ephemeral containers are refused.
void validatePodTemplate(const api::FieldPath& path, const api::Value& podTemplate, api::FieldErrors& errors);

// Parts of the spec.
void validateContainers(const api::FieldPath& path, const api::Value& spec, api::FieldErrors& errors);
void validateProbes(const api::FieldPath& path, const api::Value& container, bool keepsRunning, api::FieldErrors& errors);
void validateEnvironment(const api::FieldPath& path, const api::Value& container, api::FieldErrors& errors);
void validateContainerResources(const api::FieldPath& path, const api::Value& resources, api::FieldErrors& errors);
void validateVolumes(const api::FieldPath& path, const api::Value& spec, api::FieldErrors& errors);
void validateTolerations(const api::FieldPath& path, const api::Value& spec, api::FieldErrors& errors);
void validateAffinity(const api::FieldPath& path, const api::Value& affinity, api::FieldErrors& errors);
void validateTopologySpread(const api::FieldPath& path, const api::Value& spec, api::FieldErrors& errors);

// What may change in a pod's spec: images, a sooner deadline, more tolerations, fewer scheduling gates.
void validatePodUpdate(const api::FieldPath& path, const api::Value& spec, const api::Value& old, api::FieldErrors& errors);

} // namespace kates::apiserver
