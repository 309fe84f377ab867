#include "engine/controllers/namespaces/namespace_conditions.h"

#include <fmt/format.h>

#include "engine/api/meta.h"

namespace kates::controllers {

namespace {

std::string joined(const std::map<std::string, std::size_t>& counts, const char* format)
{
    std::string text;
    for (const auto& [name, count] : counts)
        text += (text.empty() ? "" : ", ") + fmt::format(fmt::runtime(format), name, count);
    return text;
}

std::string joined(const std::vector<std::string>& parts)
{
    std::string text;
    for (const auto& part : parts)
        text += (text.empty() ? "" : ", ") + part;
    return text;
}

} // namespace

void NamespaceContent::count(const client::Resource& resource, const std::vector<api::Value>& objects)
{
    if (objects.empty())
        return;
    remaining[api::GroupResource{resource.group, resource.plural}.toString()] = objects.size();
    for (const auto& object : objects) {
        for (const auto& finalizer : api::ObjectMeta(object).finalizers())
            ++finalizers[std::string(finalizer.asString())];
    }
}

void setNamespaceConditions(api::Value& object, const NamespaceContent& content, const std::string& now)
{
    auto set = [&](std::string_view type, bool status, std::string_view reason, const std::string& message) {
        api::setCondition(object, type, status, reason, message, now);
    };
    set("NamespaceDeletionDiscoveryFailure", false, "ResourcesDiscovered", "All resources successfully discovered");
    set("NamespaceDeletionGroupVersionParsingFailure", false, "ParsedGroupVersions", "All legacy kube types successfully parsed");
    if (content.errors.empty())
        set("NamespaceDeletionContentFailure", false, "ContentDeleted", "All content successfully deleted, may be waiting on finalization");
    else
        set("NamespaceDeletionContentFailure", true, "ContentDeletionFailed",
            "Failed to delete all resource types, " + std::to_string(content.errors.size()) + " remaining: " + joined(content.errors));
    if (content.remaining.empty())
        set("NamespaceContentRemaining", false, "ContentRemoved", "All content successfully removed");
    else
        set("NamespaceContentRemaining", true, "SomeResourcesRemain",
            "Some resources are remaining: " + joined(content.remaining, "{} has {} resource instances"));
    if (content.finalizers.empty())
        set("NamespaceFinalizersRemaining", false, "ContentHasNoFinalizers", "All content-preserving finalizers finished");
    else
        set("NamespaceFinalizersRemaining", true, "SomeFinalizersRemain",
            "Some content in the namespace has finalizers remaining: " + joined(content.finalizers, "{} in {} resource instances"));
}

} // namespace kates::controllers
