#include "engine/api/yaml.h"
#include "tests/fuzz/fuzz.h"

using namespace kates;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    api::ParseReport report;
    const auto documents = api::parseYaml(fuzz::text(data, size), { .bytesMax = 64u << 10, .nodesMax = 10'000 }, &report);
    if (!documents)
        return 0;
    for (const api::YamlDocument& document : *documents) {
        const auto again = api::parseYaml(api::toYaml(document.value), { .bytesMax = 64u << 20 });
        fuzz::require(again && again->size() == 1 && again->front().value == document.value, "what is written reads back equal");
    }
    return 0;
}
