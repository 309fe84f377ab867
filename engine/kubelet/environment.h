// The environment of a container: env, envFrom and service variables, with $(NAME) references expanded.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/value.h"
#include "engine/base/result.h"

namespace kates::kubelet {

using Environment = std::vector<std::pair<std::string, std::string>>;

// Replaces $(NAME) by its value, leaves an unknown reference as it is, and turns $$ into $ (third_party/forked/golang/expansion upstream).
[[nodiscard]] std::string expand(std::string_view text, const std::function<const std::string*(std::string_view)>& lookup);
[[nodiscard]] std::string expand(std::string_view text, const Environment& environment);

// What env entries refer to. A null value means that the object does not exist.
struct EnvironmentSources {
    std::function<api::Value(std::string_view name)> configMap;
    std::function<api::Value(std::string_view name)> secret;
    Environment serviceVariables;
    std::string podIp, hostIp;
};

// The error names what is missing, as in: configmap "web" not found.
[[nodiscard]] Result<Environment> makeEnvironment(const api::Value& pod, const api::Value& container, const EnvironmentSources& sources);

// REDIS_SERVICE_HOST, REDIS_PORT_6379_TCP_ADDR and so on, for every service with a cluster IP in the pod's namespace, and kubernetes of default.
[[nodiscard]] Environment serviceVariables(const std::vector<api::Value>& services);

// metadata.name, metadata.labels['x'], status.podIP, spec.nodeName …: the downward API's fieldRef. nullopt: not supported.
[[nodiscard]] std::optional<std::string> podField(const api::Value& pod, std::string_view fieldPath, const std::string& podIp, const std::string& hostIp);
// limits.cpu, requests.memory …, divided and rounded up.
[[nodiscard]] Result<std::string> resourceField(const api::Value& pod, const api::Value& reference, std::string_view containerName);

// The config maps and secrets that the pod's environments and volumes name.
struct References {
    std::vector<std::string> configMaps, secrets;
};
[[nodiscard]] References referencesOf(const api::Value& pod);

} // namespace kates::kubelet
