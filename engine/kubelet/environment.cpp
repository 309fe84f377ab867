#include "engine/kubelet/environment.h"

#include <algorithm>

#include "engine/api/meta.h"
#include "engine/api/quantity.h"
#include "engine/base/base64.h"

namespace kates::kubelet {

namespace {

const std::string* findVariable(const Environment& environment, std::string_view name)
{
    // The last definition wins.
    auto found = std::find_if(environment.rbegin(), environment.rend(), [&](const auto& variable) { return variable.first == name; });
    return found == environment.rend() ? nullptr : &found->second;
}

void setVariable(Environment& environment, std::string_view name, std::string value)
{
    auto found = std::find_if(environment.begin(), environment.end(), [&](const auto& variable) { return variable.first == name; });
    if (found != environment.end())
        found->second = std::move(value);
    else
        environment.emplace_back(name, std::move(value));
}

Result<void> addAll(Environment& environment, const api::Value& source, const EnvironmentSources& sources)
{
    const std::string prefix(source.str("prefix"));
    const bool secret = source.has("secretRef");
    const api::Value& reference = source.get(secret ? "secretRef" : "configMapRef");
    const std::string name(reference.str("name"));
    const api::Value object = secret ? sources.secret(name) : sources.configMap(name);
    if (object.isNull()) {
        if (reference.get("optional").asBool())
            return {};
        return failure((secret ? "secret \"" : "configmap \"") + name + "\" not found");
    }
    for (const api::Member& entry : object.get("data").members()) {
        std::string value(entry.value.asString());
        setVariable(environment, prefix + std::string(entry.key.view()), secret ? decodeBase64(value).value_or(std::string()) : value);
    }
    return {};
}

// nullopt: an optional reference to something that is not there.
Result<std::optional<std::string>> fromKey(const api::Value& reference, bool secret, const EnvironmentSources& sources)
{
    const std::string name(reference.str("name")), key(reference.str("key"));
    const bool optional = reference.get("optional").asBool();
    const api::Value object = secret ? sources.secret(name) : sources.configMap(name);
    const std::string what = secret ? "secret" : "configmap";
    if (object.isNull())
        return optional ? Result<std::optional<std::string>>(std::nullopt) : failure(what + " \"" + name + "\" not found");
    const api::Value* value = object.get("data").find(key);
    if (!value)
        return optional ? Result<std::optional<std::string>>(std::nullopt)
                        : failure("couldn't find key " + key + " in " + (secret ? "Secret " : "ConfigMap ") + std::string(api::ObjectMeta(object).ns()) + "/" + name);
    std::string text(value->asString());
    return std::optional(secret ? decodeBase64(text).value_or(std::string()) : text);
}

Result<std::optional<std::string>> fromSource(const api::Value& pod, const api::Value& container, const api::Value& valueFrom, const EnvironmentSources& sources)
{
    if (const api::Value* reference = valueFrom.find("configMapKeyRef"))
        return fromKey(*reference, false, sources);
    if (const api::Value* reference = valueFrom.find("secretKeyRef"))
        return fromKey(*reference, true, sources);
    if (const api::Value* reference = valueFrom.find("fieldRef")) {
        auto value = podField(pod, reference->str("fieldPath"), sources.podIp, sources.hostIp);
        if (!value)
            return failure("unsupported fieldPath: " + std::string(reference->str("fieldPath")));
        return std::optional(*value);
    }
    if (const api::Value* reference = valueFrom.find("resourceFieldRef")) {
        auto value = resourceField(pod, *reference, container.str("name"));
        if (!value)
            return tl::unexpected(value.error());
        return std::optional(*value);
    }
    return std::optional<std::string>("");
}

} // namespace

std::string expand(std::string_view text, const std::function<const std::string*(std::string_view)>& lookup)
{
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '$' || at + 1 == text.size()) {
            out += text[at];
            continue;
        }
        if (text[at + 1] == '$') {
            out += '$';
            ++at;
            continue;
        }
        const auto end = text[at + 1] == '(' ? text.find(')', at + 2) : std::string_view::npos;
        if (end == std::string_view::npos) {
            out += text[at];
            continue;
        }
        const auto name = text.substr(at + 2, end - at - 2);
        if (const std::string* value = lookup(name))
            out += *value;
        else
            out += text.substr(at, end - at + 1);
        at = end;
    }
    return out;
}

std::string expand(std::string_view text, const Environment& environment)
{
    return expand(text, [&](std::string_view name) { return findVariable(environment, name); });
}

Result<Environment> makeEnvironment(const api::Value& pod, const api::Value& container, const EnvironmentSources& sources)
{
    Environment environment = sources.serviceVariables;
    for (const api::Value& source : container.get("envFrom")) {
        auto added = addAll(environment, source, sources);
        if (!added)
            return tl::unexpected(added.error());
    }
    for (const api::Value& variable : container.get("env")) {
        if (const api::Value* valueFrom = variable.find("valueFrom")) {
            auto value = fromSource(pod, container, *valueFrom, sources);
            if (!value)
                return tl::unexpected(value.error());
            if (*value)
                setVariable(environment, variable.str("name"), std::move(**value));
        } else {
            setVariable(environment, variable.str("name"), expand(variable.str("value"), environment));
        }
    }
    return environment;
}

Environment serviceVariables(const std::vector<api::Value>& services)
{
    Environment environment;
    for (const api::Value& service : services) {
        const std::string address(service.get("spec").str("clusterIP"));
        if (address.empty() || address == "None")
            continue;
        std::string prefix(api::ObjectMeta(service).name());
        std::transform(prefix.begin(), prefix.end(), prefix.begin(), [](char letter) { return letter == '-' ? '_' : static_cast<char>(std::toupper(letter)); });
        bool first = true;
        for (const api::Value& port : service.get("spec", "ports")) {
            const std::string number = std::to_string(port.get("port").asInt());
            std::string upper(port.str("protocol").empty() ? "TCP" : port.str("protocol"));
            std::string lower = upper;
            std::transform(lower.begin(), lower.end(), lower.begin(), [](char letter) { return static_cast<char>(std::tolower(letter)); });
            const std::string url = lower + "://" + address + ":" + number;
            if (first) {
                environment.emplace_back(prefix + "_SERVICE_HOST", address);
                environment.emplace_back(prefix + "_SERVICE_PORT", number);
                environment.emplace_back(prefix + "_PORT", url);
            }
            if (!port.str("name").empty()) {
                std::string name(port.str("name"));
                std::transform(name.begin(), name.end(), name.begin(), [](char letter) { return letter == '-' ? '_' : static_cast<char>(std::toupper(letter)); });
                environment.emplace_back(prefix + "_SERVICE_PORT_" + name, number);
            }
            const std::string base = prefix + "_PORT_" + number + "_" + upper;
            environment.emplace_back(base, url);
            environment.emplace_back(base + "_PROTO", lower);
            environment.emplace_back(base + "_PORT", number);
            environment.emplace_back(base + "_ADDR", address);
            first = false;
        }
    }
    return environment;
}

std::optional<std::string> podField(const api::Value& pod, std::string_view path, const std::string& podIp, const std::string& hostIp)
{
    const api::ObjectMeta meta(pod);
    for (std::string_view map : {"labels", "annotations"}) {
        const std::string plain = "metadata." + std::string(map);
        const api::Value& entries = pod.get("metadata", map);
        if (path == plain) {
            std::string text; // the downward API's file format: key="value" a line
            for (const api::Member& entry : entries.members())
                text += (text.empty() ? "" : "\n") + std::string(entry.key.view()) + "=\"" + std::string(entry.value.asString()) + "\"";
            return text;
        }
        if (path.starts_with(plain + "['") && path.ends_with("']"))
            return std::string(entries.str(path.substr(plain.size() + 2, path.size() - plain.size() - 4)));
    }
    if (path == "metadata.name")
        return std::string(meta.name());
    if (path == "metadata.namespace")
        return std::string(meta.ns());
    if (path == "metadata.uid")
        return std::string(meta.uid());
    if (path == "spec.nodeName")
        return std::string(pod.get("spec").str("nodeName"));
    if (path == "spec.serviceAccountName")
        return std::string(pod.get("spec").str("serviceAccountName"));
    if (path == "status.podIP" || path == "status.podIPs")
        return podIp;
    if (path == "status.hostIP" || path == "status.hostIPs")
        return hostIp;
    return std::nullopt;
}

Result<std::string> resourceField(const api::Value& pod, const api::Value& reference, std::string_view containerName)
{
    const std::string_view wanted = reference.str("containerName").empty() ? containerName : reference.str("containerName");
    const std::string_view resource = reference.str("resource");
    const auto dot = resource.find('.');
    if (dot == std::string_view::npos)
        return failure("unsupported container resource : " + std::string(resource));
    for (std::string_view list : {"containers", "initContainers"}) {
        for (const api::Value& container : pod.get("spec", list)) {
            if (container.str("name") != wanted)
                continue;
            const api::Value& amount = container.get("resources", resource.substr(0, dot), resource.substr(dot + 1));
            const bool cpu = resource.substr(dot + 1) == "cpu";
            const auto value = api::Quantity::fromValue(amount);
            const auto divisor = api::Quantity::fromValue(reference.get("divisor"));
            const std::int64_t unit = divisor.isZero() ? (cpu ? 1000 : 1) : (cpu ? divisor.milli() : divisor.units());
            const std::int64_t count = cpu ? value.milli() : value.units();
            return std::to_string(unit > 0 ? (count + unit - 1) / unit : count);
        }
    }
    return failure("container \"" + std::string(wanted) + "\" not found in the pod");
}

References referencesOf(const api::Value& pod)
{
    References references;
    auto note = [](std::vector<std::string>& names, std::string_view name) {
        if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end())
            names.emplace_back(name);
    };
    for (std::string_view list : {"initContainers", "containers", "ephemeralContainers"}) {
        for (const api::Value& container : pod.get("spec", list)) {
            for (const api::Value& source : container.get("envFrom")) {
                note(references.configMaps, source.str("configMapRef", "name"));
                note(references.secrets, source.str("secretRef", "name"));
            }
            for (const api::Value& variable : container.get("env")) {
                note(references.configMaps, variable.get("valueFrom").str("configMapKeyRef", "name"));
                note(references.secrets, variable.get("valueFrom").str("secretKeyRef", "name"));
            }
        }
    }
    for (const api::Value& volume : pod.get("spec", "volumes")) {
        note(references.configMaps, volume.str("configMap", "name"));
        note(references.secrets, volume.str("secret", "secretName"));
        for (const api::Value& source : volume.get("projected", "sources")) {
            note(references.configMaps, source.str("configMap", "name"));
            note(references.secrets, source.str("secret", "name"));
        }
    }
    for (const api::Value& secret : pod.get("spec", "imagePullSecrets"))
        note(references.secrets, secret.str("name"));
    return references;
}

} // namespace kates::kubelet
