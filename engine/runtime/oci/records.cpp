#include "engine/runtime/oci/records.h"

#include <fcntl.h>
#include <unistd.h>

#include "engine/api/json.h"
#include "engine/base/files.h"
#include "engine/base/process_stat.h"
#include "engine/base/time.h"

namespace kates::runtime {

using api::Value;

namespace {

constexpr std::size_t kRecordSizeMaxBytes = 4u << 20;

const std::string& bootId()
{
    static const std::string id = readFile("/proc/sys/kernel/random/boot_id", 64).value_or("unknown").substr(0, 36);
    return id;
}

Value textMap(const std::map<std::string, std::string>& texts)
{
    Value object = Value::object();
    for (const auto& [key, text] : texts)
        object.set(key, text);
    return object;
}

std::map<std::string, std::string> readTextMap(const Value& object)
{
    std::map<std::string, std::string> texts;
    for (const auto& member : object.members())
        texts.emplace(member.key.view(), member.value.asString());
    return texts;
}

std::string text(const Value& object, std::string_view key)
{
    return std::string(object.str(key));
}

std::int64_t nanos(WallTime time)
{
    return std::chrono::duration_cast<Duration>(time.time_since_epoch()).count();
}

WallTime fromNanos(const Value& value)
{
    return WallTime(std::chrono::duration_cast<WallTime::duration>(Duration(value.asInt())));
}

Value identity(const std::optional<ProcessIdentity>& process)
{
    return process ? Value::object({{"pid", process->pid}, {"startTime", process->startTime}}) : Value();
}

std::optional<ProcessIdentity> readIdentity(const Value& value)
{
    if (!value.isObject())
        return std::nullopt;
    return ProcessIdentity {static_cast<int>(value.get("pid").asInt()), text(value, "startTime")};
}

std::optional<Value> load(const std::filesystem::path& path)
{
    const auto content = readFile(path, kRecordSizeMaxBytes);
    const auto value = content ? api::parseJson(*content) : unexpected(content.error());
    return value ? std::optional(*value) : std::nullopt;
}

} // namespace

std::optional<ProcessIdentity> ProcessIdentity::of(int pid)
{
    const auto stat = ProcessStat::of(pid);
    if (!stat || stat->hasEnded() || stat->field(ProcessStat::kStartTime).empty())
        return std::nullopt;
    return ProcessIdentity {pid, bootId() + "/" + std::string(stat->field(ProcessStat::kStartTime))};
}

bool ProcessIdentity::alive() const
{
    const auto now = of(pid);
    return now && now->startTime == startTime;
}

Result<void> saveRecord(const std::filesystem::path& path, const SandboxRecord& record)
{
    const auto& config = record.config;
    const Value value = Value::object({{"id", record.id}, {"ready", record.ready}, {"createdAt", nanos(record.createdAt)},
        {"pauseContainer", record.pauseContainer}, {"podUid", config.podUid}, {"podName", config.podName}, {"podNamespace", config.podNamespace},
        {"attempt", config.attempt}, {"hostname", config.hostname}, {"hostNetwork", config.hostNetwork}, {"hostPid", config.hostPid},
        {"hostIpc", config.hostIpc}, {"sharePid", config.sharePid}, {"logDirectory", config.logDirectory}, {"cgroupParent", config.cgroupParent},
        {"networkNamespace", config.networkNamespace}, {"labels", textMap(config.labels)}, {"annotations", textMap(config.annotations)}});
    return replaceFile(path, api::toJson(value));
}

std::optional<SandboxRecord> loadSandboxRecord(const std::filesystem::path& path)
{
    const auto value = load(path);
    if (!value || value->str("id").empty())
        return std::nullopt;
    return SandboxRecord {.id = text(*value, "id"),
        .config = {.podUid = text(*value, "podUid"), .podName = text(*value, "podName"), .podNamespace = text(*value, "podNamespace"),
            .attempt = static_cast<int>(value->get("attempt").asInt()), .hostname = text(*value, "hostname"),
            .hostNetwork = value->get("hostNetwork").asBool(), .hostPid = value->get("hostPid").asBool(), .hostIpc = value->get("hostIpc").asBool(),
            .sharePid = value->get("sharePid").asBool(), .logDirectory = text(*value, "logDirectory"), .cgroupParent = text(*value, "cgroupParent"),
            .networkNamespace = text(*value, "networkNamespace"), .labels = readTextMap(value->get("labels")),
            .annotations = readTextMap(value->get("annotations"))},
        .ready = value->get("ready").asBool(), .createdAt = fromNanos(value->get("createdAt")), .pauseContainer = text(*value, "pauseContainer")};
}

Result<void> saveRecord(const std::filesystem::path& path, const ContainerRecord& record)
{
    const auto& status = record.status;
    const Value value = Value::object({{"id", status.id}, {"sandboxId", status.sandboxId}, {"name", status.name}, {"image", status.image},
        {"imageDigest", status.imageDigest}, {"podUid", status.podUid}, {"attempt", status.attempt}, {"state", static_cast<int>(status.state)},
        {"createdAt", nanos(status.createdAt)}, {"startedAt", nanos(status.startedAt)}, {"finishedAt", nanos(status.finishedAt)},
        {"exitCode", status.exitCode}, {"reason", status.reason}, {"message", status.message}, {"logPath", status.logPath},
        {"labels", textMap(status.labels)}, {"stopSignal", record.stopSignal}, {"tty", record.tty}, {"stdin", record.stdin},
        {"stdinOnce", record.stdinOnce}, {"ownPidNamespace", record.ownPidNamespace}, {"internal", record.internal},
        {"process", identity(record.process)}, {"monitor", identity(record.monitor)}});
    return replaceFile(path, api::toJson(value));
}

std::optional<ContainerRecord> loadContainerRecord(const std::filesystem::path& path)
{
    const auto value = load(path);
    if (!value || value->str("id").empty())
        return std::nullopt;
    return ContainerRecord {
        .status = {.id = text(*value, "id"), .sandboxId = text(*value, "sandboxId"), .name = text(*value, "name"), .image = text(*value, "image"),
            .imageDigest = text(*value, "imageDigest"), .podUid = text(*value, "podUid"), .attempt = static_cast<int>(value->get("attempt").asInt()),
            .state = static_cast<ContainerState>(value->get("state").asInt()), .createdAt = fromNanos(value->get("createdAt")),
            .startedAt = fromNanos(value->get("startedAt")), .finishedAt = fromNanos(value->get("finishedAt")),
            .exitCode = static_cast<int>(value->get("exitCode").asInt()), .reason = text(*value, "reason"), .message = text(*value, "message"),
            .logPath = text(*value, "logPath"), .labels = readTextMap(value->get("labels"))},
        .stopSignal = text(*value, "stopSignal"), .tty = value->get("tty").asBool(), .stdin = value->get("stdin").asBool(),
        .stdinOnce = value->get("stdinOnce").asBool(), .ownPidNamespace = value->get("ownPidNamespace").asBool(true),
        .internal = value->get("internal").asBool(), .process = readIdentity(value->get("process")), .monitor = readIdentity(value->get("monitor"))};
}

Result<void> replaceFile(const std::filesystem::path& path, std::string_view content, int mode)
{
    const auto temporary = path.string() + ".new";
    const OwnedFd file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode));
    while (file && !content.empty()) {
        const auto written = ::write(file.get(), content.data(), content.size());
        if (written < 0)
            return systemFailure("write " + temporary);
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    if (!file || ::rename(temporary.c_str(), path.c_str()) != 0)
        return systemFailure("write " + path.string());
    return {};
}

} // namespace kates::runtime
