#include <fmt/format.h>

#include "engine/apiserver/registry/pod/pod_checks.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Value;

namespace {

constexpr std::string_view kHandlers[] {"exec", "httpGet", "tcpSocket", "grpc", "sleep"};

// Exactly one handler, and it is complete.
void validateHandler(const FieldPath& path, const Value& handler, FieldErrors& errors)
{
    int count = 0;
    for (const std::string_view name : kHandlers) {
        const Value& action = handler.get(name);
        if (action.isNull())
            continue;
        const FieldPath child = path.child(name);
        if (++count > 1) {
            errors.forbidden(child, "may not specify more than 1 handler type");
            continue;
        }
        if (name == "exec" && action.get("command").size() == 0)
            errors.required(child.child("command"));
        if (name == "httpGet" || name == "tcpSocket")
            requirePortNumberOrName(child.child("port"), action.get("port"), errors);
        if (name == "grpc")
            requirePort(child.child("port"), action.get("port"), errors);
    }
    if (count == 0)
        errors.required(path, "must specify a handler type");
}

void validateProbe(const FieldPath& path, const Value& probe, bool mayNeedSeveralSuccesses, FieldErrors& errors)
{
    validateHandler(path, probe, errors);
    for (const std::string_view field : {"initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"})
        requireNonNegative(path.child(field), probe.get(field), errors);
    if (!mayNeedSeveralSuccesses && probe.get("successThreshold").asInt(1) != 1)
        errors.invalid(path.child("successThreshold"), probe.get("successThreshold"), "must be 1");
    requirePositive(path.child("terminationGracePeriodSeconds"), probe.get("terminationGracePeriodSeconds"), errors);
}

} // namespace

void validateProbes(const FieldPath& path, const Value& container, bool keepsRunning, FieldErrors& errors)
{
    for (const std::string_view name : {"livenessProbe", "readinessProbe", "startupProbe"}) {
        const Value& probe = container.get(name);
        if (probe.isNull())
            continue;
        const FieldPath child = path.child(name);
        if (!keepsRunning)
            errors.forbidden(child, "may not be set for init containers without restartPolicy=Always");
        else
            validateProbe(child, probe, name == "readinessProbe", errors);
    }
    const Value& lifecycle = container.get("lifecycle");
    if (lifecycle.isNull())
        return;
    const FieldPath child = path.child("lifecycle");
    if (!keepsRunning)
        errors.forbidden(child, "may not be set for init containers without restartPolicy=Always");
    for (const std::string_view hook : {"postStart", "preStop"}) {
        if (const Value& handler = lifecycle.get(hook); keepsRunning && !handler.isNull()) {
            const FieldPath hookPath = child.child(hook);
            validateHandler(hookPath, handler, errors);
        }
    }
}

} // namespace kates::apiserver
