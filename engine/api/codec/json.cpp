#include "engine/api/json.h"

#include <fmt/format.h>
#include <simdjson.h>

#include "engine/api/codec/json_path.h"
#include "engine/api/codec/json_problem.h"
#include "engine/api/codec/text_position.h"
#include "engine/api/value/value_impl.h"

namespace kates::api {

namespace {

namespace dom = simdjson::dom;

constexpr std::size_t kKeptBufferMax = 256u << 10; // a thread keeps its parser's memory up to this document size

// What simdjson refuses although it is JSON.
std::string_view explained(simdjson::error_code error)
{
    if (error == simdjson::NUMBER_ERROR)
        return "a number is too large: integers have 64 bits, others fit a double";
    return simdjson::error_message(error);
}

struct Scratch {
    dom::parser parser;
    std::string padded;
};

// From simdjson's tape to Values.
class Converter {
public:
    Converter(const ParseLimits& limits, ParseReport* report)
        : m_limits(limits)
        , m_report(report)
    {
    }
    Value convert(const dom::element& element, int depth);
    std::string problem;

private:
    Value convertArray(const dom::array& array, int depth);
    Value convertObject(const dom::object& object, int depth);
    bool refuse(std::string why)
    {
        if (problem.empty())
            problem = std::move(why);
        return true;
    }

    const ParseLimits& m_limits;
    ParseReport* m_report;
    JsonPath m_path;
    std::size_t m_nodes = 0;
};

Value Converter::convert(const dom::element& element, int depth)
{
    if (++m_nodes > m_limits.nodesMax && refuse(fmt::format("more than {} values", m_limits.nodesMax)))
        return {};
    switch (element.type()) {
    case dom::element_type::ARRAY:
        return convertArray(dom::array(element), depth + 1);
    case dom::element_type::OBJECT:
        return convertObject(dom::object(element), depth + 1);
    case dom::element_type::INT64:
        return Value(static_cast<std::int64_t>(std::int64_t(element)));
    case dom::element_type::UINT64:
        return Value(static_cast<double>(std::uint64_t(element))); // only what int64 cannot hold
    case dom::element_type::DOUBLE:
        return Value(double(element));
    case dom::element_type::STRING:
        return Value(std::string_view(element));
    case dom::element_type::BOOL:
        return Value(bool(element));
    default:
        return {};
    }
}

Value Converter::convertArray(const dom::array& array, int depth)
{
    Value result = Value::array();
    if (depth > m_limits.depthMax && refuse(fmt::format("nested deeper than {} levels at {}", m_limits.depthMax, m_path.toString())))
        return result;
    const std::size_t size = array.size();
    if (size == 0)
        return result;
    ArrayRep* rep = ValueImpl::mutableArray(result, size);
    for (const dom::element item : array) {
        m_path.pushIndex(rep->size);
        Value value = convert(item, depth);
        m_path.pop();
        if (!problem.empty())
            break;
        rep = ValueImpl::mutableArray(result, rep->size + std::uint64_t(1)); // simdjson's count saturates at 2^24 - 1
        new (rep->items() + rep->size++) Value(std::move(value));
    }
    return result;
}

Value Converter::convertObject(const dom::object& object, int depth)
{
    ObjectBuilder builder(object.size());
    if (depth > m_limits.depthMax && refuse(fmt::format("nested deeper than {} levels at {}", m_limits.depthMax, m_path.toString())))
        return {};
    for (const auto [key, element] : object) {
        m_path.pushKey(key);
        Value value = convert(element, depth);
        if (problem.empty() && !builder.put(key, std::move(value)) && m_report)
            reportDuplicate(*m_report, m_path);
        m_path.pop();
        if (!problem.empty())
            break;
    }
    return builder.take();
}

} // namespace

Result<Value> parseJson(std::string_view text, const ParseLimits& limits, ParseReport* report)
{
    if (text.size() > limits.bytesMax)
        return failure(fmt::format("JSON: {} bytes are more than the limit of {}", text.size(), limits.bytesMax));
    thread_local Scratch scratch;
    scratch.padded.reserve(text.size() + simdjson::SIMDJSON_PADDING);
    scratch.padded.assign(text);
    dom::element root;
    const auto parsed = scratch.parser.parse(scratch.padded.data(), text.size(), false);
    Converter converter(limits, report);
    Value result;
    const auto error = parsed.get(root);
    if (!error)
        result = converter.convert(root, 0);
    if (scratch.padded.capacity() > kKeptBufferMax)
        scratch = Scratch();
    if (error) {
        const auto problem = findJsonProblem(text);
        return problem ? problemAt("JSON", text, problem->position, problem->message) : failure(fmt::format("JSON: {}", explained(error)));
    }
    if (!converter.problem.empty())
        return failure("JSON: " + converter.problem);
    return result;
}

} // namespace kates::api
