#include "engine/kubelet/node_status.h"

#include <sys/statvfs.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include <thread>

#include "engine/api/meta.h"
#include "engine/base/files.h"

namespace kates::kubelet {

namespace {

std::string architecture()
{
    utsname names{};
    ::uname(&names);
    const std::string machine = names.machine;
    return machine == "x86_64" ? "amd64" : machine == "aarch64" ? "arm64" : machine;
}

std::string osImage()
{
    const std::string text = readFile("/etc/os-release").value_or(std::string());
    const std::string key = "PRETTY_NAME=\"";
    const auto at = text.find(key);
    if (at == std::string::npos)
        return "Linux";
    return text.substr(at + key.size(), text.find('"', at + key.size()) - at - key.size());
}

std::string oneLine(const char* path)
{
    std::string text = readFile(path).value_or(std::string());
    return text.substr(0, text.find('\n'));
}

api::Value resources(const NodeDescription& description)
{
    std::string cpu = description.cpuMilli % 1000 ? std::to_string(description.cpuMilli) + "m" : std::to_string(description.cpuMilli / 1000);
    return api::Value::object({{"cpu", cpu}, {"memory", std::to_string(description.memoryBytes / 1024) + "Ki"},
        {"ephemeral-storage", std::to_string(description.ephemeralBytes / 1024) + "Ki"}, {"pods", std::to_string(description.podsMax)}});
}

api::Value nodeInfo(const NodeDescription& description)
{
    utsname names{};
    ::uname(&names);
    return api::Value::object({{"machineID", oneLine("/etc/machine-id")}, {"systemUUID", oneLine("/etc/machine-id")},
        {"bootID", oneLine("/proc/sys/kernel/random/boot_id")}, {"kernelVersion", names.release}, {"osImage", osImage()},
        {"containerRuntimeVersion", description.runtimeVersion}, {"kubeletVersion", description.kubeletVersion}, {"kubeProxyVersion", ""},
        {"operatingSystem", "linux"}, {"architecture", architecture()}});
}

void setCondition(api::Value& status, const char* type, const char* value, const char* reason, const char* message, const std::string& now)
{
    api::Value holder = api::Value::object({{"status", status}});
    api::setCondition(holder, type, std::string_view(value), reason, message, now);
    status = holder.get("status");
    // A node's conditions also carry when they were last looked at.
    api::Value& conditions = status.edit("conditions");
    for (std::size_t i = 0; i < conditions.size(); ++i)
        if (conditions.at(i).str("type") == type)
            conditions.editAt(i).set("lastHeartbeatTime", now);
}

} // namespace

api::Value makeNode(const NodeDescription& description, const std::string& now)
{
    api::Value labels = api::Value::object({{"kubernetes.io/hostname", description.name}, {"kubernetes.io/os", "linux"}, {"kubernetes.io/arch", architecture()},
        {"beta.kubernetes.io/os", "linux"}, {"beta.kubernetes.io/arch", architecture()}});
    for (const auto& [key, value] : description.labels)
        labels.set(key, value);
    api::Value annotations = api::Value::object();
    for (const auto& [key, value] : description.annotations)
        annotations.set(key, value);
    if (!description.kubeletAddress.empty())
        annotations.set("kates.dev/kubelet-address", description.kubeletAddress);
    if (description.simulated) {
        labels.set("kates.dev/simulated", "true");
        annotations.set("kates.dev/simulated", "Pods on this node are simulated: they run nothing.");
    }
    api::Value node = api::Value::object({{"apiVersion", "v1"}, {"kind", "Node"},
        {"metadata", api::Value::object({{"name", description.name}, {"labels", labels}, {"annotations", annotations}})}, {"spec", api::Value::object()}});
    // Pods go to real nodes while there is room; a nodeSelector kates.dev/simulated: "true" asks for simulated ones.
    if (description.simulated)
        node.edit("spec").set("taints", api::Value::array({api::Value::object({{"key", "kates.dev/simulated"}, {"value", "true"}, {"effect", "PreferNoSchedule"}})}));
    node.set("status", makeNodeStatus(description, node, now));
    return node;
}

api::Value makeNodeStatus(const NodeDescription& description, const api::Value& node, const std::string& now)
{
    api::Value status = node.get("status").isObject() ? node.get("status") : api::Value::object();
    status.set("addresses", api::Value::array({api::Value::object({{"type", "InternalIP"}, {"address", description.internalIp}}),
                                api::Value::object({{"type", "Hostname"}, {"address", description.name}})}));
    status.set("capacity", resources(description));
    status.set("allocatable", resources(description));
    if (!status.get("conditions").isArray())
        status.set("conditions", api::Value::array());
    setCondition(status, "MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available", now);
    setCondition(status, "DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure", now);
    setCondition(status, "PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available", now);
    setCondition(status, "Ready", "True", "KubeletReady", "kubelet is posting ready status", now);
    status.set("daemonEndpoints", api::Value::object({{"kubeletEndpoint", api::Value::object({{"Port", static_cast<std::int64_t>(description.kubeletPort)}})}}));
    status.set("nodeInfo", nodeInfo(description));
    if (!description.images.empty())
        status.set("images", api::Value::array(description.images));
    return status;
}

void describeHost(NodeDescription& description, const std::string& directory)
{
    struct sysinfo memory { };
    ::sysinfo(&memory);
    description.cpuMilli = static_cast<std::int64_t>(std::thread::hardware_concurrency()) * 1000;
    description.memoryBytes = static_cast<std::int64_t>(memory.totalram) * memory.mem_unit;
    struct statvfs disk { };
    if (::statvfs(directory.c_str(), &disk) == 0)
        description.ephemeralBytes = static_cast<std::int64_t>(disk.f_blocks) * static_cast<std::int64_t>(disk.f_frsize);
}

} // namespace kates::kubelet
