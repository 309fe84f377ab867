// Reads a Job by name, with the API's defaults for what is absent.
#pragma once

#include <optional>

#include "engine/api/meta.h"

namespace kates::controllers {

inline constexpr std::string_view kJobFinalizer = "batch.kubernetes.io/job-tracking";
inline constexpr std::string_view kCompletionIndex = "batch.kubernetes.io/job-completion-index";

// A view: lasts as long as the document.
class JobView {
public:
    explicit JobView(const api::Value& job) : m_job(job) {}
    std::int64_t parallelism() const { return m_job.get("spec", "parallelism").asInt(1); }
    std::optional<std::int64_t> completions() const { return number("completions"); } // nullopt: one success is enough
    std::int64_t backoffLimit() const { return m_job.get("spec", "backoffLimit").asInt(6); }
    std::optional<std::int64_t> activeDeadlineSeconds() const { return number("activeDeadlineSeconds"); }
    std::optional<std::int64_t> ttlSecondsAfterFinished() const { return number("ttlSecondsAfterFinished"); }
    bool suspended() const { return m_job.get("spec", "suspend").asBool(); }
    bool indexed() const { return m_job.str("spec", "completionMode") == "Indexed"; }
    // A pod that is being deleted is replaced only when it has ended.
    bool replacesOnlyFailed() const { return m_job.str("spec", "podReplacementPolicy") == "Failed" || m_job.get("spec").has("podFailurePolicy"); }
    bool finished() const { return api::conditionIsTrue(m_job, "Complete") || api::conditionIsTrue(m_job, "Failed"); }

private:
    std::optional<std::int64_t> number(std::string_view field) const
    {
        const api::Value& value = m_job.get("spec", field);
        return value.isNumber() ? std::optional(value.asInt()) : std::nullopt;
    }
    const api::Value& m_job;
};

} // namespace kates::controllers
