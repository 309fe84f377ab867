#include "engine/apiserver/customresources/kinds.h"

#include "engine/apiserver/customresources/structural_schema.h"

namespace kates::apiserver {

using api::KindDescription;
using api::Value;

namespace {

std::vector<std::string> strings(const Value& list)
{
    std::vector<std::string> texts;
    for (const auto& item : list)
        texts.emplace_back(item.asString());
    return texts;
}

// metadata.name, then what the definition says; its age when it says nothing.
std::vector<api::PrinterColumn> columnsOf(const Value& version)
{
    std::vector<api::PrinterColumn> columns;
    columns.push_back({"Name", "string", "name", ".metadata.name", "", 0, ""});
    for (const auto& column : version.get("additionalPrinterColumns"))
        columns.push_back({std::string(column.str("name")), std::string(column.str("type")), std::string(column.str("format")),
            std::string(column.str("jsonPath")), "", static_cast<int>(column.get("priority").asInt()), std::string(column.str("description"))});
    if (columns.size() == 1)
        columns.push_back({"Age", "date", "", ".metadata.creationTimestamp", "", 0, ""});
    return columns;
}

std::vector<api::Subresource> subresourcesOf(const KindDescription& kind, const Value& version)
{
    std::vector<api::Subresource> subresources;
    const auto& wanted = version.get("subresources");
    if (kind.hasStatus)
        subresources.push_back({"status", kind.group, kind.version, kind.kind, {"get", "patch", "update"}});
    // The scale handler knows the usual places only.
    if (wanted.str("scale", "specReplicasPath") == ".spec.replicas" && wanted.str("scale", "statusReplicasPath") == ".status.replicas")
        subresources.push_back({"scale", "autoscaling", "v1", "Scale", {"get", "patch", "update"}});
    return subresources;
}

std::shared_ptr<KindDescription> makeKind(const Value& definition, const Value& version, const std::string& storageVersion, const api::Scheme& scheme)
{
    const auto& spec = definition.get("spec");
    const auto& names = spec.get("names");
    auto kind = std::make_shared<KindDescription>();
    kind->group = spec.str("group");
    kind->version = version.str("name");
    kind->kind = names.str("kind");
    kind->listKind = names.str("listKind");
    kind->plural = names.str("plural");
    kind->singular = names.str("singular");
    kind->shortNames = strings(names.get("shortNames"));
    kind->categories = strings(names.get("categories"));
    kind->verbs = {"create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"};
    kind->namespaced = spec.str("scope") == "Namespaced";
    kind->hasStatus = version.get("subresources").has("status");
    if (kind->version != storageVersion)
        kind->storedAs = api::StoredAs{kind->group, storageVersion, kind->kind, {}};
    auto schema = std::make_shared<StructuralSchema>(
        version.get("schema", "openAPIV3Schema"), kind->kind, kind->apiVersion(), *scheme.type("meta/v1", "ObjectMeta"));
    kind->type = &schema->root();
    kind->typeOwner = std::move(schema);
    kind->subresources = subresourcesOf(*kind, version);
    kind->columns = columnsOf(version);
    for (const auto& field : version.get("selectableFields"))
        kind->selectableFields.emplace_back(field.str("jsonPath").substr(1));
    return kind;
}

} // namespace

DefinedKinds kindsOf(const Value& definition, const api::Scheme& scheme)
{
    DefinedKinds kinds;
    std::string storageVersion;
    for (const auto& version : definition.get("spec", "versions")) {
        if (version.get("storage").asBool())
            storageVersion = version.str("name");
    }
    for (const auto& version : definition.get("spec", "versions")) {
        bool stored = version.str("name") == storageVersion, served = version.get("served").asBool();
        if (!stored && !served)
            continue;
        auto kind = makeKind(definition, version, storageVersion, scheme);
        if (stored)
            kinds.stored = kind;
        if (served)
            kinds.served.push_back(std::move(kind));
    }
    return kinds;
}

} // namespace kates::apiserver
