#include "engine/api/json.h"
#include "engine/api/quantity.h"
#include "engine/api/selector.h"
#include "tests/fuzz/fuzz.h"

using namespace kates;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text = fuzz::text(data, size);
    const api::Value labels = api::Value::object({ { "a", "1" }, { "b", "x" } });
    if (const auto selector = api::LabelSelector::parse(text)) {
        const auto again = api::LabelSelector::parse(selector->toString());
        fuzz::require(again && again->toString() == selector->toString(), "a printed label selector reads back equal");
        fuzz::require(again->matches(labels) == selector->matches(labels), "a printed label selector matches the same");
    }
    if (const auto fields = api::FieldSelector::parse(text))
        (void)fields->matches(labels);
    if (const auto quantity = api::Quantity::parse(text)) {
        const auto again = api::Quantity::parse(quantity->toString());
        fuzz::require(again && *again == *quantity && again->toString() == quantity->toString(), "a printed quantity reads back equal");
    }
    if (const auto value = api::parseJson(text))
        (void)api::LabelSelector::fromValue(*value);
    return 0;
}
