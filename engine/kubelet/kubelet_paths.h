// A node's directory, drawn once; all paths come from here.
//
//   <root>/
//     pods/<uid>/
//       etc-hosts, resolv.conf                     mounted into every container
//       volumes/<name>/                            one directory a volume
//       termination/<container>-<attempt>          mounted at terminationMessagePath
//     logs/<namespace>_<name>_<uid>/<container>/<attempt>.log
//     pki/                                         serving certificate
#pragma once

#include <filesystem>
#include <string>

#include "engine/api/meta.h"

namespace kates::kubelet {

struct KubeletPaths {
    std::filesystem::path root;

    std::filesystem::path pods() const { return root / "pods"; }
    std::filesystem::path pod(std::string_view uid) const { return pods() / uid; }
    std::filesystem::path volume(std::string_view uid, std::string_view name) const { return pod(uid) / "volumes" / name; }
    std::filesystem::path etcHosts(std::string_view uid) const { return pod(uid) / "etc-hosts"; }
    std::filesystem::path resolvConf(std::string_view uid) const { return pod(uid) / "resolv.conf"; }
    std::filesystem::path terminationMessage(std::string_view uid, const std::string& container, int attempt) const
    {
        return pod(uid) / "termination" / (container + "-" + std::to_string(attempt));
    }
    std::filesystem::path logs() const { return root / "logs"; }
    std::filesystem::path podLogs(const api::ObjectMeta& pod) const
    {
        return logs() / (std::string(pod.ns()) + "_" + std::string(pod.name()) + "_" + std::string(pod.uid()));
    }
};

} // namespace kates::kubelet
