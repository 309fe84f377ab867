#include "engine/apiserver/registry/common/checks.h"
#include "engine/apiserver/registry/strategies.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Value;

namespace {

// Serves both kinds of event, whose fields have different names.
class EventStrategy : public Strategy {
public:
    void validate(const StrategyContext& context, const Value& event, FieldErrors& errors) const override
    {
        const FieldPath root;
        const std::string_view field = context.kind.group.empty() ? "involvedObject" : "regarding";
        const FieldPath object = root.child(field);
        const std::string_view ns = event.str(field, "namespace");
        // Events of cluster-scoped objects are kept in "default" (or, by older clients, in kube-system).
        const std::string_view own = event.str("metadata", "namespace");
        const bool fits = ns.empty() ? own == "default" || own == "kube-system" : ns == own;
        if (!fits)
            errors.invalid(object.child("namespace"), ns, "does not match event.namespace");
        if (!context.kind.group.empty())
            validateNewForm(root, event, errors);
    }

private:
    // What events.k8s.io demands of an event that a new client writes.
    static void validateNewForm(const FieldPath& root, const Value& event, FieldErrors& errors)
    {
        constexpr std::size_t kActionMax = 128;
        constexpr std::size_t kNoteMax = 1024;
        if (event.str("eventTime").empty())
            return; // written by an older client through the core group
        for (const std::string_view field : {"reportingController", "reportingInstance", "action", "reason"}) {
            if (event.str(field).empty())
                errors.required(root.child(field));
            else if (event.str(field).size() > kActionMax)
                errors.tooLong(root.child(field), kActionMax);
        }
        if (event.str("note").size() > kNoteMax)
            errors.tooLong(root.child("note"), kNoteMax);
    }
};

} // namespace

const Strategy& eventStrategy()
{
    static const EventStrategy strategy;
    return strategy;
}

} // namespace kates::apiserver
