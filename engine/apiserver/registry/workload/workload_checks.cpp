#include "engine/apiserver/registry/workload/workload_checks.h"

#include <fmt/format.h>

#include "engine/api/selector.h"
#include "engine/apiserver/registry/common/adjust.h"
#include "engine/apiserver/registry/pod/pod_checks.h"
#include "engine/apiserver/registry/pod/pod_defaults.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::LabelSelector;
using api::Value;

void validateSelectorAndTemplate(const FieldPath& specPath, const Value& spec, std::string_view kindName, FieldErrors& errors)
{
    const FieldPath selectorPath = specPath.child("selector");
    const FieldPath templatePath = specPath.child("template");
    const Value& selector = spec.get("selector");
    validatePodTemplate(templatePath, spec.get("template"), errors);
    if (selector.isNull())
        return; // the description has asked for it
    validateLabelSelector(selectorPath, selector, errors);
    if (const auto parsed = LabelSelector::fromValue(selector); parsed && parsed->selectsEverything())
        errors.invalid(selectorPath, selector, fmt::format("empty selector is invalid for {}", kindName));
    requireSelected(specPath, spec, errors);
}

void requireSelected(const FieldPath& specPath, const Value& spec, FieldErrors& errors)
{
    const auto selector = LabelSelector::fromValue(spec.get("selector"));
    const Value& labels = spec.get("template", "metadata", "labels");
    if (!selector)
        errors.invalid(specPath.child("selector"), spec.get("selector"), "invalid label selector");
    else if (!selector->matches(labels))
        errors.invalid(specPath.child("template.metadata.labels"), labels.isNull() ? Value::object() : labels,
            "`selector` does not match template `labels`");
}

void requireLongRunningTemplate(const FieldPath& specPath, const Value& spec, std::string_view kindName, FieldErrors& errors)
{
    const FieldPath templateSpec = specPath.child("template.spec");
    const std::string_view policy = spec.str("template", "spec", "restartPolicy");
    constexpr std::string_view kSupported[] {"Always"};
    if (!policy.empty() && policy != "Always")
        errors.notSupported(templateSpec.child("restartPolicy"), policy, kSupported);
    if (!spec.get("template", "spec", "activeDeadlineSeconds").isNull())
        errors.forbidden(templateSpec.child("activeDeadlineSeconds"), fmt::format("activeDeadlineSeconds in {} is not Supported", kindName));
}

void requireNonNegativeFields(const FieldPath& path, const Value& spec, std::span<const std::string_view> fields, FieldErrors& errors)
{
    for (const std::string_view field : fields)
        requireNonNegative(path.child(field), spec.get(field), errors);
}

void requireUnchangedField(const Value& object, const Value& old, std::string_view field, FieldErrors& errors)
{
    const FieldPath spec("spec");
    requireUnchanged(spec.child(field), object.get("spec", field), old.get("spec", field), errors);
}

void prepareTemplate(Value& object)
{
    adjust(object, "spec", [](Value& spec) {
        adjust(spec, "template", [](Value& podTemplate) { adjust(podTemplate, "spec", preparePodSpec); });
    });
}

void labelLikeTemplate(Value& object)
{
    const Value labels = object.get("spec", "template", "metadata", "labels");
    if (object.get("metadata", "labels").size() == 0 && labels.size() > 0)
        object.edit("metadata").set("labels", labels);
}

} // namespace kates::apiserver
