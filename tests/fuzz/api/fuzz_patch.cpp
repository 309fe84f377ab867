// Two JSON documents with a line break of their own between them: a live Deployment and a patch of any form.
#include "engine/api/apply.h"
#include "engine/api/json.h"
#include "engine/api/patch.h"
#include "tests/fuzz/fuzz.h"

using namespace kates;

namespace {

const api::KindDescription& deployment()
{
    static const auto kind = api::Scheme::kubernetes()->findKind("apps/v1", "Deployment");
    return *kind;
}

void applyTwice(const api::Value& live, const api::Value& config)
{
    const api::ApplyRequest request { "fuzzer", true, "apps/v1", "", "t1" };
    const auto once = api::applyServerSide(deployment(), live, config, request);
    if (!once)
        return;
    const auto twice = api::applyServerSide(deployment(), *once, config, { "fuzzer", false, "apps/v1", "", "t2" });
    fuzz::require(twice && *twice == *once, "applying again changes nothing");
    api::Value updated = *once;
    api::trackUpdate(deployment(), live, updated, request);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text = fuzz::text(data, size);
    const std::size_t split = text.find('\n');
    if (split == text.npos)
        return 0;
    const auto live = api::parseJson(text.substr(0, split)), patch = api::parseJson(text.substr(split + 1));
    if (!live || !patch)
        return 0;
    (void)api::applyJsonPatch(*live, *patch);
    const api::Value merged = api::applyMergePatch(*live, *patch);
    fuzz::require(api::applyMergePatch(merged, *patch) == merged, "a merge patch applied twice is a merge patch applied once");
    (void)api::applyStrategicMergePatch(*deployment().type, *live, *patch);
    applyTwice(*live, *patch);
    return 0;
}
