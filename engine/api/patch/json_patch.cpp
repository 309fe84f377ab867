#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <optional>

#include "engine/api/json.h"
#include "engine/api/patch.h"

namespace kates::api {

namespace {

using Pointer = std::vector<std::string>;

// RFC 6901: "/a~1b/0". Nothing when malformed.
std::optional<Pointer> parsePointer(std::string_view text)
{
    Pointer tokens;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '/') {
            tokens.emplace_back();
        } else if (tokens.empty()) {
            return std::nullopt;
        } else if (text[at] == '~') {
            if (++at == text.size() || (text[at] != '0' && text[at] != '1'))
                return std::nullopt;
            tokens.back() += text[at] == '0' ? '~' : '/';
        } else {
            tokens.back() += text[at];
        }
    }
    return tokens;
}

// An index below `end`, written without sign or leading zeros.
std::optional<std::size_t> parseIndex(std::string_view token, std::size_t end)
{
    std::size_t index = 0;
    const auto [rest, error] = std::from_chars(token.data(), token.data() + token.size(), index);
    if (error != std::errc() || rest != token.data() + token.size() || (token.size() > 1 && token[0] == '0') || index >= end)
        return std::nullopt;
    return index;
}

Value* child(Value& parent, const std::string& token)
{
    if (parent.isObject())
        return parent.has(token) ? &parent.edit(token) : nullptr;
    const auto index = parent.isArray() ? parseIndex(token, parent.size()) : std::nullopt;
    return index ? &parent.editAt(*index) : nullptr;
}

template <typename Iterator> Value* locate(Value& root, Iterator from, Iterator to)
{
    Value* at = &root;
    for (; from != to && at; ++from)
        at = child(*at, *from);
    return at;
}

Value* locate(Value& root, const Pointer& pointer) { return locate(root, pointer.begin(), pointer.end()); }

class JsonPatcher {
public:
    explicit JsonPatcher(Value document)
        : m_document(std::move(document))
    {
    }
    ApiResult<void> apply(const Value& operation);
    Value take() { return std::move(m_document); }

private:
    ApiResult<void> run(std::string_view op, const Pointer& path, const Value& value);
    ApiResult<void> transfer(std::string_view op, const Pointer& from, const Pointer& path);
    ApiResult<void> add(const Pointer& path, Value value);
    ApiResult<void> remove(const Pointer& path);
    ApiResult<void> countMoved(std::size_t cells);

    Value m_document;
    std::size_t m_copied = 0, m_moved = 0;
};

ApiFailure missing(const Pointer& path) { return ApiFailure(unprocessable(fmt::format("there is no value at \"/{}\"", fmt::join(path, "/")))); }

ApiResult<void> JsonPatcher::countMoved(std::size_t cells)
{
    m_moved += cells;
    if (m_moved > kJsonPatchMovedCellsMax)
        return ApiFailure(requestEntityTooLarge("the patch shifts too many list items"));
    return {};
}

ApiResult<void> JsonPatcher::add(const Pointer& path, Value value)
{
    if (path.empty()) {
        m_document = std::move(value);
        return {};
    }
    Value* parent = locate(m_document, path.begin(), path.end() - 1);
    if (!parent)
        return missing({ path.begin(), path.end() - 1 });
    if (parent->isObject()) {
        parent->set(path.back(), std::move(value));
        return {};
    }
    const std::size_t size = parent->size();
    const auto index = path.back() == "-" ? size : parseIndex(path.back(), size + 1);
    if (!parent->isArray() || !index)
        return ApiFailure(
            unprocessable(fmt::format("\"{}\" is not a place in what stands at \"/{}\"", path.back(), fmt::join(path.begin(), path.end() - 1, "/"))));
    parent->insert(*index, std::move(value));
    return countMoved(size - *index);
}

ApiResult<void> JsonPatcher::remove(const Pointer& path)
{
    if (path.empty())
        return ApiFailure(unprocessable("the whole document cannot be removed"));
    Value* parent = locate(m_document, path.begin(), path.end() - 1);
    if (!parent || !child(*parent, path.back()))
        return missing(path);
    if (parent->isObject())
        parent->erase(path.back());
    else
        parent->eraseAt(*parseIndex(path.back(), parent->size()));
    return countMoved(parent->size());
}

ApiResult<void> JsonPatcher::transfer(std::string_view op, const Pointer& from, const Pointer& path)
{
    const Value* found = locate(m_document, from);
    if (!found)
        return missing(from);
    Value value = *found;
    if (op == "copy") {
        m_copied += value.memoryBytes();
        if (m_copied > kJsonPatchCopiedBytesMax)
            return ApiFailure(requestEntityTooLarge("the patch copies too much"));
        return add(path, std::move(value));
    }
    if (from == path)
        return {};
    if (path.size() > from.size() && std::equal(from.begin(), from.end(), path.begin()))
        return ApiFailure(unprocessable("a value cannot be moved into itself"));
    return remove(from).and_then([&]() { return add(path, std::move(value)); });
}

ApiResult<void> JsonPatcher::run(std::string_view op, const Pointer& path, const Value& value)
{
    if (op == "add")
        return add(path, value);
    Value* place = locate(m_document, path);
    if (!place)
        return missing(path);
    if (op == "replace")
        *place = value;
    else if (!(*place == value))
        return ApiFailure(unprocessable("the test failed: another value stands there"));
    return {};
}

ApiResult<void> JsonPatcher::apply(const Value& operation)
{
    const std::string_view op = operation.str("op");
    const auto path = parsePointer(operation.str("path")), from = parsePointer(operation.str("from"));
    const bool takesValue = op == "add" || op == "replace" || op == "test", takesFrom = op == "copy" || op == "move";
    if (!takesValue && !takesFrom && op != "remove")
        return ApiFailure(badRequest(fmt::format("unknown op \"{}\"", op)));
    if (!operation.get("path").isString() || !path)
        return ApiFailure(badRequest("path must be a JSON pointer"));
    if (takesFrom && (!operation.get("from").isString() || !from))
        return ApiFailure(badRequest("from must be a JSON pointer"));
    if (takesValue && !operation.has("value"))
        return ApiFailure(badRequest("value is missing"));
    if (takesFrom)
        return transfer(op, *from, *path);
    return takesValue ? run(op, *path, operation.get("value")) : remove(*path);
}

bool deeperThan(const Value& root, int depthMax)
{
    std::vector<std::pair<const Value*, int>> pending { { &root, 0 } };
    while (!pending.empty()) {
        const auto [value, depth] = pending.back();
        pending.pop_back();
        if (depth > depthMax)
            return true;
        for (const Value& item : *value) {
            if (item.size())
                pending.emplace_back(&item, depth + 1);
        }
        for (const Member& member : value->members()) {
            if (member.value.size())
                pending.emplace_back(&member.value, depth + 1);
        }
    }
    return false;
}

} // namespace

ApiResult<Value> applyJsonPatch(const Value& target, const Value& operations)
{
    if (!operations.isArray())
        return ApiFailure(badRequest("a JSON patch must be a list of operations"));
    if (operations.size() > kJsonPatchOperationsMax)
        return ApiFailure(requestEntityTooLarge(
            fmt::format("The allowed maximum operations in a JSON patch is {}, got {}", kJsonPatchOperationsMax, operations.size())));
    JsonPatcher patcher(target);
    std::size_t index = 0;
    for (const Value& operation : operations) {
        if (ApiResult<void> done = patcher.apply(operation); !done) {
            StatusError error = std::move(done.error());
            error.message = fmt::format("JSON patch, operation {} ({} {}): {}", index, operation.str("op"), operation.str("path"), error.message);
            return ApiFailure(std::move(error));
        }
        ++index;
    }
    Value result = patcher.take();
    if (deeperThan(result, kPatchedDepthMax))
        return ApiFailure(unprocessable(fmt::format("the patched object is nested deeper than {} levels", kPatchedDepthMax)));
    return result;
}

} // namespace kates::api
