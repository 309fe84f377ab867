// What a pod finds in /etc/hosts, /etc/resolv.conf and its host name. Pure.
#pragma once

#include <string>

#include "engine/api/value.h"

namespace kates::kubelet {

[[nodiscard]] std::string podHostname(const api::Value& pod); // at most 63 characters
[[nodiscard]] std::string etcHosts(const api::Value& pod, const std::string& podIp, const std::string& clusterDomain);
// By dnsPolicy and dnsConfig. `clusterDns` empty: the host's own file is used for every policy.
[[nodiscard]] std::string resolvConf(const api::Value& pod, const std::string& clusterDns, const std::string& clusterDomain);

} // namespace kates::kubelet
