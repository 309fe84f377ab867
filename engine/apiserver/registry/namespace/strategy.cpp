#include "engine/apiserver/registry/common/adjust.h"
#include "engine/apiserver/registry/common/checks.h"
#include "engine/apiserver/registry/strategies.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Value;

namespace {

constexpr std::string_view kNameLabel = "kubernetes.io/metadata.name";

class NamespaceStrategy : public Strategy {
public:
    void prepareForCreate(const StrategyContext&, Value& ns) const override
    {
        setNameLabel(ns);
        // Deleting waits until the namespace controller has emptied it and taken this away.
        if (ns.get("spec", "finalizers").size() == 0)
            ns.edit("spec").set("finalizers", Value::array({Value("kubernetes")}));
        ns.set("status", Value::object({{"phase", "Active"}}));
    }

    void prepareForUpdate(const StrategyContext& context, Value& ns, const Value& old) const override
    {
        setNameLabel(ns);
        if (context.subresource == "finalize")
            return;
        // Only the finalize subresource changes these.
        if (const Value* finalizers = old.get("spec").find("finalizers"))
            adjust(ns, "spec", [&](Value& spec) { setIfDifferent(spec, "finalizers", *finalizers); });
    }

    void validate(const StrategyContext&, const Value& ns, FieldErrors& errors) const override
    {
        const FieldPath spec("spec");
        eachItem(spec, ns.get("spec"), "finalizers", [&](const FieldPath& item, const Value& finalizer) {
            const std::string_view name = finalizer.asString();
            requireName(item, name, api::qualifiedNameProblem, errors);
            if (name.find('/') == std::string_view::npos && name != "kubernetes")
                errors.invalid(item, name, "name is neither a standard finalizer name nor is it fully qualified");
        });
    }

    // A namespace is a label in the names of services.
    api::NameProblem nameProblem(std::string_view name) const override { return api::dns1123LabelProblem(name); }

private:
    static void setNameLabel(Value& ns)
    {
        adjust(ns, "metadata", [](Value& meta) {
            const Value name = meta.get("name");
            adjust(meta, "labels", [&](Value& labels) { setIfDifferent(labels, kNameLabel, name); });
        });
    }
};

} // namespace

const Strategy& namespaceStrategy()
{
    static const NamespaceStrategy strategy;
    return strategy;
}

} // namespace kates::apiserver
