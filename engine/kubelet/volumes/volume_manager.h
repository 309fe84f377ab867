// The volumes of a node's pods: made before the containers start, kept current while they run, removed with the pod.
//
// Supported: emptyDir (disk and Memory), configMap, secret, downwardAPI, projected (these and serviceAccountToken), hostPath. Another type is an error that
// names it. Idempotent: preparing again after a restart changes nothing that is already right.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "engine/client/client.h"
#include "engine/kubelet/environment.h"
#include "engine/kubelet/kubelet_paths.h"
#include "engine/kubelet/referenced_objects.h"
#include "engine/kubelet/volumes/atomic_writer.h"

namespace kates::kubelet {

class VolumeManager {
public:
    VolumeManager(Loop& loop, KubeletPaths paths, std::shared_ptr<client::Client> client, ReferencedObjects& references);

    struct PodAddresses {
        std::string podIp, hostIp;
    };
    // Makes or refreshes every volume of the pod.
    [[nodiscard]] Task<Result<void>> prepare(api::Value pod, PodAddresses addresses);
    // When the next service account token of this pod should be renewed; nullopt: none.
    std::optional<MonotonicTime> nextRenewal(const std::string& podUid) const;
    // The host directory or file behind a volumeMount (its subPath applied).
    [[nodiscard]] Result<std::string> mountSource(const api::Value& pod, const api::Value& volumeMount, const Environment& environment) const;
    // Unmounts and removes everything of the pod on disk.
    [[nodiscard]] Result<void> remove(const std::string& podUid);

private:
    struct Token {
        std::string value;
        MonotonicTime renewAt;
    };
    Task<Result<void>> prepareOne(api::Value pod, api::Value volume, PodAddresses addresses);
    Task<Result<ProjectedFiles>> projectedFiles(api::Value pod, api::Value projected, PodAddresses addresses);
    Task<Result<std::string>> serviceAccountToken(api::Value pod, api::Value source, std::string volumeName);
    Result<void> prepareEmptyDir(const std::filesystem::path& directory, const api::Value& source) const;
    Result<void> writeWhenChanged(const std::string& podUid, const std::string& name, ProjectedFiles files);

    Loop& m_loop;
    KubeletPaths m_paths;
    std::shared_ptr<client::Client> m_client;
    ReferencedObjects& m_references;
    std::map<std::string, std::map<std::string, ProjectedFiles>> m_written; // pod uid, volume
    std::map<std::string, std::map<std::string, Token>> m_tokens;          // pod uid, volume and audience
};

// configMap or secret → files, by `items`, `defaultMode` and `optional`. Pure.
[[nodiscard]] Result<ProjectedFiles> filesOf(const api::Value& object, const api::Value& source, bool secret, int defaultMode);
// downwardAPI items → files. Pure.
[[nodiscard]] Result<ProjectedFiles> downwardFiles(const api::Value& pod, const api::Value& source, int defaultMode, const std::string& podIp, const std::string& hostIp);

} // namespace kates::kubelet
