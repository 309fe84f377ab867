#include "engine/kubelet/volumes/volume_manager.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/api/quantity.h"
#include "engine/base/files.h"
#include "engine/base/time.h"

namespace kates::kubelet {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

constexpr int kDefaultMode = 0644;
constexpr std::int64_t kTokenSeconds = 3607; // what upstream's admission asks for

Result<void> checkHostPath(const std::string& path, std::string_view type)
{
    struct stat information { };
    const bool exists = ::stat(path.c_str(), &information) == 0;
    if (type == "DirectoryOrCreate" && !exists)
        return makeDirectories(path, 0755);
    if (type == "FileOrCreate" && !exists) {
        OwnedFd fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644));
        return fd ? Result<void>() : Result<void>(systemFailure("make " + path));
    }
    if (type.empty())
        return {};
    const bool fits = exists
        && ((type.starts_with("Directory") && S_ISDIR(information.st_mode)) || (type.starts_with("File") && S_ISREG(information.st_mode))
            || (type == "Socket" && S_ISSOCK(information.st_mode)) || (type == "CharDevice" && S_ISCHR(information.st_mode))
            || (type == "BlockDevice" && S_ISBLK(information.st_mode)));
    return fits ? Result<void>() : failure("hostPath type check failed: " + path + " is not a " + std::string(type));
}

bool isMountPoint(const fs::path& path)
{
    struct stat here { }, above { };
    return ::stat(path.c_str(), &here) == 0 && ::stat(path.parent_path().c_str(), &above) == 0 && here.st_dev != above.st_dev;
}

const api::Value& findVolume(const api::Value& pod, std::string_view name)
{
    static const api::Value none;
    for (const api::Value& volume : pod.get("spec", "volumes"))
        if (volume.str("name") == name)
            return volume;
    return none;
}

} // namespace

VolumeManager::VolumeManager(Loop& loop, KubeletPaths paths, std::shared_ptr<client::Client> client, ReferencedObjects& references)
    : m_loop(loop), m_paths(std::move(paths)), m_client(std::move(client)), m_references(references)
{
}

Task<Result<void>> VolumeManager::prepare(api::Value pod, PodAddresses addresses)
{
    for (const api::Value& volume : pod.get("spec", "volumes")) {
        auto prepared = co_await prepareOne(pod, volume, addresses);
        if (!prepared)
            co_return failure("MountVolume.SetUp failed for volume \"" + std::string(volume.str("name")) + "\" : " + prepared.error().message);
    }
    co_return Result<void>();
}

Task<Result<void>> VolumeManager::prepareOne(api::Value pod, api::Value volume, PodAddresses addresses)
{
    const std::string uid(api::ObjectMeta(pod).uid()), name(volume.str("name")), ns(api::ObjectMeta(pod).ns());
    const fs::path directory = m_paths.volume(uid, name);
    if (const api::Value* source = volume.find("emptyDir"))
        co_return prepareEmptyDir(directory, *source);
    if (const api::Value* source = volume.find("hostPath"))
        co_return checkHostPath(std::string(source->str("path")), source->str("type"));

    Result<ProjectedFiles> files;
    if (const api::Value* source = volume.find("configMap")) {
        const int mode = static_cast<int>(source->get("defaultMode").asInt(kDefaultMode));
        files = filesOf(m_references.get(client::resources::configMaps, ns, source->str("name")), *source, false, mode);
    } else if (const api::Value* source = volume.find("secret")) {
        const int mode = static_cast<int>(source->get("defaultMode").asInt(kDefaultMode));
        files = filesOf(m_references.get(client::resources::secrets, ns, source->str("secretName")), *source, true, mode);
    } else if (const api::Value* source = volume.find("downwardAPI")) {
        const int mode = static_cast<int>(source->get("defaultMode").asInt(kDefaultMode));
        files = downwardFiles(pod, *source, mode, addresses.podIp, addresses.hostIp);
    } else if (const api::Value* source = volume.find("projected")) {
        api::Value named = *source;
        named.set("name", name);
        files = co_await projectedFiles(pod, named, addresses);
    } else {
        std::string type = "none";
        for (const api::Member& member : volume.members())
            if (member.key.view() != "name")
                type = std::string(member.key.view());
        co_return failure("volumes of type " + type + " are not supported by this node");
    }
    if (!files)
        co_return tl::unexpected(files.error());
    co_return writeWhenChanged(uid, name, std::move(*files));
}

Task<Result<ProjectedFiles>> VolumeManager::projectedFiles(api::Value pod, api::Value projected, PodAddresses addresses)
{
    const std::string ns(api::ObjectMeta(pod).ns());
    const int mode = static_cast<int>(projected.get("defaultMode").asInt(kDefaultMode));
    ProjectedFiles all;
    for (const api::Value& source : projected.get("sources")) {
        Result<ProjectedFiles> files;
        if (const api::Value* map = source.find("configMap")) {
            files = filesOf(m_references.get(client::resources::configMaps, ns, map->str("name")), *map, false, mode);
        } else if (const api::Value* secret = source.find("secret")) {
            files = filesOf(m_references.get(client::resources::secrets, ns, secret->str("name")), *secret, true, mode);
        } else if (const api::Value* downward = source.find("downwardAPI")) {
            files = downwardFiles(pod, *downward, mode, addresses.podIp, addresses.hostIp);
        } else if (const api::Value* account = source.find("serviceAccountToken")) {
            auto token = co_await serviceAccountToken(pod, *account, std::string(projected.str("name")));
            if (!token)
                co_return tl::unexpected(token.error());
            files = ProjectedFiles{{std::string(account->str("path")), {*token, mode}}};
        } else {
            co_return failure("this node does not support one of the volume's projected sources");
        }
        if (!files)
            co_return files;
        all.merge(*files);
    }
    co_return all;
}

Task<Result<std::string>> VolumeManager::serviceAccountToken(api::Value pod, api::Value source, std::string volumeName)
{
    const api::ObjectMeta meta(pod);
    const std::string uid(meta.uid()), audience(source.str("audience"));
    Token& held = m_tokens[uid][volumeName + "/" + audience];
    if (!held.value.empty() && m_loop.now() < held.renewAt)
        co_return held.value;

    const std::int64_t seconds = source.get("expirationSeconds").asInt(kTokenSeconds);
    api::Value request = api::Value::object({{"apiVersion", "authentication.k8s.io/v1"}, {"kind", "TokenRequest"}});
    api::Value spec = api::Value::object({{"expirationSeconds", seconds}});
    spec.set("audiences", audience.empty() ? api::Value::array() : api::Value::array({audience}));
    spec.set("boundObjectRef", api::Value::object({{"apiVersion", "v1"}, {"kind", "Pod"}, {"name", meta.name()}, {"uid", meta.uid()}}));
    request.set("spec", spec);
    client::WriteOptions options;
    options.subresource = "token";
    const std::string account(pod.get("spec").str("serviceAccountName"));
    auto answer = co_await m_client->create(client::resources::serviceAccounts, std::string(meta.ns()), request, options, account);
    if (!answer)
        co_return failure("failed to fetch token: " + answer.error().message);
    // The map may have been touched while we waited.
    Token& token = m_tokens[uid][volumeName + "/" + audience];
    token.value = std::string(answer->get("status").str("token"));
    token.renewAt = m_loop.now() + std::chrono::seconds(seconds * 8 / 10);
    co_return token.value;
}

std::optional<MonotonicTime> VolumeManager::nextRenewal(const std::string& podUid) const
{
    std::optional<MonotonicTime> first;
    if (auto tokens = m_tokens.find(podUid); tokens != m_tokens.end())
        for (const auto& [key, token] : tokens->second)
            if (!first || token.renewAt < *first)
                first = token.renewAt;
    return first;
}

Result<void> VolumeManager::prepareEmptyDir(const fs::path& directory, const api::Value& source) const
{
    auto made = makeDirectories(directory, 0755);
    // Everybody may write, as upstream: the pod's containers may run as different users.
    if (!made || ::chmod(directory.c_str(), 0777) != 0)
        return made ? systemFailure("open up " + directory.string()) : made;
    if (source.str("medium") != "Memory" || isMountPoint(directory))
        return {};
    std::string options = "mode=1777";
    if (const auto limit = api::Quantity::fromValue(source.get("sizeLimit")); !limit.isZero())
        options += ",size=" + std::to_string(limit.units());
    if (::mount("tmpfs", directory.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, options.c_str()) != 0)
        return systemFailure("mount tmpfs at " + directory.string());
    return {};
}

Result<void> VolumeManager::writeWhenChanged(const std::string& podUid, const std::string& name, ProjectedFiles files)
{
    auto& volumes = m_written[podUid];
    if (auto known = volumes.find(name); known != volumes.end() && known->second == files)
        return {};
    auto written = writeProjectedFiles(m_paths.volume(podUid, name), files, m_loop.wallTime());
    if (written)
        volumes[name] = std::move(files);
    return written;
}

Result<std::string> VolumeManager::mountSource(const api::Value& pod, const api::Value& volumeMount, const Environment& environment) const
{
    const std::string name(volumeMount.str("name"));
    const api::Value& volume = findVolume(pod, name);
    if (volume.isNull())
        return failure("the volume " + name + " of a volumeMount does not exist");
    const bool host = volume.has("hostPath");
    fs::path source = host ? fs::path(std::string(volume.str("hostPath", "path"))) : m_paths.volume(api::ObjectMeta(pod).uid(), name);
    std::string subPath(volumeMount.str("subPath"));
    if (!volumeMount.str("subPathExpr").empty())
        subPath = expand(volumeMount.str("subPathExpr"), environment);
    if (subPath.empty())
        return source.string();

    std::error_code problem;
    const fs::path inside = fs::weakly_canonical(source / subPath, problem);
    const fs::path base = fs::weakly_canonical(source, problem);
    const auto relative = inside.lexically_relative(base);
    if (problem || relative.empty() || *relative.begin() == "..")
        return failure("subPath \"" + subPath + "\" leaves the volume " + name);
    if (!fs::exists(inside))
        if (auto made = makeDirectories(inside, 0755); !made)
            return tl::unexpected(made.error());
    return inside.string();
}

Result<void> VolumeManager::remove(const std::string& podUid)
{
    std::error_code ignored;
    for (const auto& volume : fs::directory_iterator(m_paths.pod(podUid) / "volumes", ignored))
        if (isMountPoint(volume.path()))
            ::umount2(volume.path().c_str(), MNT_DETACH);
    m_written.erase(podUid);
    m_tokens.erase(podUid);
    return removeTree(m_paths.pod(podUid));
}

} // namespace kates::kubelet
