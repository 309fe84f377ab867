#include "engine/api/json.h"
#include "tests/fuzz/fuzz.h"

using namespace kates;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    api::ParseReport report;
    const auto value = api::parseJson(fuzz::text(data, size), {}, &report);
    if (!value)
        return 0;
    const auto again = api::parseJson(api::toJson(*value));
    fuzz::require(again && *again == *value, "what is written reads back equal");
    const auto pretty = api::parseJson(api::toPrettyJson(*value), { .bytesMax = 64u << 20 });
    fuzz::require(pretty && *pretty == *value, "what is written prettily reads back equal");
    return 0;
}
