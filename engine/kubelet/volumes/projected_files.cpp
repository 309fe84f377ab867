// What config maps, secrets and the downward API look like as files.
#include "engine/base/base64.h"
#include "engine/kubelet/volumes/volume_manager.h"

namespace kates::kubelet {

namespace {

const api::Value* findEntry(const api::Value& object, std::string_view key, bool& binary)
{
    binary = false;
    if (const api::Value* text = object.get("data").find(key))
        return text;
    binary = true;
    return object.get("binaryData").find(key);
}

std::string contentOf(const api::Value& entry, bool encoded)
{
    std::string text(entry.asString());
    return encoded ? decodeBase64(text).value_or(std::string()) : text;
}

} // namespace

Result<ProjectedFiles> filesOf(const api::Value& object, const api::Value& source, bool secret, int defaultMode)
{
    ProjectedFiles files;
    const bool optional = source.get("optional").asBool();
    const std::string what = secret ? "secret" : "configmap";
    if (object.isNull()) {
        if (optional)
            return files;
        return failure(what + " \"" + std::string(source.str(source.has("secretName") ? "secretName" : "name")) + "\" not found");
    }
    const api::Value& items = source.get("items");
    if (items.size() == 0) {
        for (const api::Member& entry : object.get("data").members())
            files[std::string(entry.key.view())] = {contentOf(entry.value, secret), defaultMode};
        for (const api::Member& entry : object.get("binaryData").members())
            files[std::string(entry.key.view())] = {contentOf(entry.value, true), defaultMode};
        return files;
    }
    for (const api::Value& item : items) {
        bool binary = false;
        const api::Value* entry = findEntry(object, item.str("key"), binary);
        if (!entry && optional)
            continue;
        if (!entry)
            return failure(what + " references non-existent " + (secret ? "secret" : "config") + " key: " + std::string(item.str("key")));
        files[std::string(item.str("path"))] = {contentOf(*entry, secret || binary), static_cast<int>(item.get("mode").asInt(defaultMode))};
    }
    return files;
}

Result<ProjectedFiles> downwardFiles(const api::Value& pod, const api::Value& source, int defaultMode, const std::string& podIp, const std::string& hostIp)
{
    ProjectedFiles files;
    for (const api::Value& item : source.get("items")) {
        ProjectedFile file{{}, static_cast<int>(item.get("mode").asInt(defaultMode))};
        if (item.has("fieldRef")) {
            auto value = podField(pod, item.get("fieldRef").str("fieldPath"), podIp, hostIp);
            if (!value)
                return failure("unsupported fieldPath: " + std::string(item.get("fieldRef").str("fieldPath")));
            file.content = *value;
        } else {
            auto value = resourceField(pod, item.get("resourceFieldRef"), {});
            if (!value)
                return tl::unexpected(value.error());
            file.content = *value;
        }
        files[std::string(item.str("path"))] = std::move(file);
    }
    return files;
}

} // namespace kates::kubelet
