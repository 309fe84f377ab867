#include "engine/apiserver/registry/common/metadata_checks.h"

#include <fmt/format.h>

#include "engine/apiserver/registry/common/checks.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::NameProblem;
using api::Value;

namespace {

std::string lowered(std::string_view text)
{
    std::string result(text);
    for (char& c : result)
        c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    return result;
}

// A prefix may end in "-", because something follows it.
NameProblem prefixProblem(const Strategy& strategy, std::string_view prefix)
{
    std::string masked(prefix);
    if (masked.ends_with('-'))
        masked.back() = 'a';
    return strategy.nameProblem(masked);
}

void validateNames(const api::KindDescription& kind, const Strategy& strategy, const Value& meta, const FieldPath& path, FieldErrors& errors)
{
    const std::string_view prefix = meta.str("generateName");
    if (!prefix.empty()) {
        if (const NameProblem problem = prefixProblem(strategy, prefix))
            errors.invalid(path.child("generateName"), prefix, *problem);
    }
    const std::string_view name = meta.str("name");
    if (name.empty())
        errors.required(path.child("name"), "name or generateName is required");
    else if (const NameProblem problem = strategy.nameProblem(name))
        errors.invalid(path.child("name"), name, *problem);

    const std::string_view ns = meta.str("namespace");
    if (!kind.namespaced) {
        if (!ns.empty())
            errors.forbidden(path.child("namespace"), "not allowed on this type");
    } else if (ns.empty()) {
        errors.required(path.child("namespace"));
    } else if (const NameProblem problem = api::dns1123LabelProblem(ns)) {
        errors.invalid(path.child("namespace"), ns, *problem);
    }
}

void validateOwners(const Value& owners, const FieldPath& path, FieldErrors& errors)
{
    std::string controller;
    for (std::size_t i = 0; i < owners.size(); ++i) {
        const Value& owner = owners.at(i);
        const FieldPath item = path.item(i);
        const auto demand = [&](std::string_view field, std::string_view sentence) {
            if (owner.str(field).empty())
                errors.invalid(item.child(field), "", sentence);
        };
        demand("apiVersion", "version must not be empty");
        demand("kind", "must not be empty");
        demand("name", "must not be empty");
        demand("uid", "must not be empty");
        if (owner.str("apiVersion") == "v1" && owner.str("kind") == "Event")
            errors.invalid(item, owner, "events cannot own other objects");
        if (!owner.get("controller").asBool())
            continue;
        if (controller.empty()) {
            controller = owner.str("name");
        } else {
            errors.invalid(path, owners, fmt::format("Only one reference can have Controller set to true. Found \"true\" in references for {} and {}",
                controller, owner.str("name")));
            return;
        }
    }
}

// Built-in kinds know their unqualified finalizers; custom resources and their definitions may use any name.
void validateFinalizers(const api::KindDescription& kind, const Value& finalizers, const FieldPath& path, FieldErrors& errors)
{
    const bool builtIn = !kind.typeOwner && kind.group != "apiextensions.k8s.io";
    for (std::size_t i = 0; i < finalizers.size(); ++i) {
        const std::string_view name = finalizers.at(i).asString();
        if (const NameProblem problem = api::qualifiedNameProblem(name))
            errors.invalid(path.item(i), name, *problem);
        else if (builtIn && name.find('/') == std::string_view::npos && name != "orphan" && name != "foregroundDeletion" && name != "kubernetes")
            errors.invalid(path.item(i), name, "name is neither a standard finalizer name nor is it fully qualified");
    }
}

} // namespace

void validateLabels(const FieldPath& path, const Value& labels, FieldErrors& errors)
{
    for (const api::Member& label : labels.members()) {
        if (const NameProblem problem = api::qualifiedNameProblem(label.key))
            errors.invalid(path, label.key.view(), *problem);
        if (const NameProblem problem = api::labelValueProblem(label.value.asString()))
            errors.invalid(path, label.value, *problem);
    }
}

void validateAnnotations(const FieldPath& path, const Value& annotations, FieldErrors& errors)
{
    std::size_t bytes = 0;
    for (const api::Member& annotation : annotations.members()) {
        bytes += annotation.key.view().size() + annotation.value.asString().size();
        // Annotation keys are compared without regard to case, unlike label keys.
        if (const NameProblem problem = api::qualifiedNameProblem(lowered(annotation.key)))
            errors.invalid(path, annotation.key.view(), *problem);
    }
    if (bytes > kAnnotationsBytesMax)
        errors.tooLong(path, kAnnotationsBytesMax);
}

void validateMetadata(const api::KindDescription& kind, const Strategy& strategy, const Value& object, FieldErrors& errors)
{
    const Value& meta = object.get("metadata");
    const FieldPath path("metadata");
    if (!kind.virtualKind)
        validateNames(kind, strategy, meta, path, errors);
    validateLabels(path.child("labels"), meta.get("labels"), errors);
    validateAnnotations(path.child("annotations"), meta.get("annotations"), errors);
    validateOwners(meta.get("ownerReferences"), path.child("ownerReferences"), errors);
    validateFinalizers(kind, meta.get("finalizers"), path.child("finalizers"), errors);
}

void validateMetadataUpdate(const Value& object, const Value& old, FieldErrors& errors)
{
    const FieldPath path("metadata");
    for (const std::string_view field : {"name", "namespace", "uid", "creationTimestamp"}) {
        const FieldPath child = path.child(field);
        requireUnchanged(child, object.get("metadata", field), old.get("metadata", field), errors);
    }
}

} // namespace kates::apiserver
