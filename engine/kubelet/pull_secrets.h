// Credentials for registries from a pod's imagePullSecrets (kubernetes.io/dockerconfigjson and dockercfg). Pure.
#pragma once

#include <string>
#include <vector>

#include "engine/api/value.h"
#include "engine/runtime/container_runtime.h"

namespace kates::kubelet {

// Those that are meant for the image's registry, the most specific first; in the order of the secrets where that is equal. An entry is a host with an
// optional port and path ("registry.example.com:5000/team", "*.example.com", "https://index.docker.io/v1/"); a '*' stands for a part of a host's name.
// What cannot be read is left out.
[[nodiscard]] std::vector<runtime::RegistryCredential> pullCredentials(const std::string& image, const std::vector<api::Value>& secrets);

} // namespace kates::kubelet
