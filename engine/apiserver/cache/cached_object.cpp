#include "engine/apiserver/cache/cached_object.h"

#include <array>

#include "engine/api/json.h"

namespace kates::apiserver {

namespace {

constexpr std::string_view kMetadataStart = "\"metadata\":{";

api::Value withRevision(api::Value value, store::Revision revision)
{
    value.edit("metadata").set("resourceVersion", std::to_string(revision));
    return value;
}

} // namespace

CachedObject::CachedObject(api::Value value, Bytes stored, store::Revision revision)
    : m_value(withRevision(std::move(value), revision)), m_stored(std::move(stored)), m_revision(revision)
{
}

// apiVersion and kind hold no quotes or braces, so the first match is the object's own metadata.
const Bytes& CachedObject::json() const
{
    if (!m_json.empty())
        return m_json;
    auto text = m_stored.view();
    auto at = text.find(kMetadataStart);
    if (at == std::string_view::npos) {
        m_json = Bytes(api::toJson(m_value));
        return m_json;
    }
    at += kMetadataStart.size();
    std::string json;
    json.reserve(text.size() + 44);
    json.append(text.substr(0, at)).append("\"resourceVersion\":\"").append(std::to_string(m_revision)).append("\"");
    if (text[at] != '}')
        json += ',';
    json.append(text.substr(at));
    m_json = Bytes(std::move(json));
    return m_json;
}

std::shared_ptr<const CachedObject> CachedObject::at(store::Revision revision) const
{
    return std::make_shared<CachedObject>(m_value, m_stored, revision);
}

api::Value orderedForStore(const api::Value& object)
{
    static constexpr std::array<std::string_view, 3> kFirst{"apiVersion", "kind", "metadata"};
    auto ordered = api::Value::object();
    for (auto key : kFirst)
        ordered.set(key, object.get(key));
    for (const auto& member : object.members()) {
        if (std::find(kFirst.begin(), kFirst.end(), member.key.view()) == kFirst.end())
            ordered.set(member.key.view(), member.value);
    }
    if (ordered.get("metadata").has("resourceVersion"))
        ordered.edit("metadata").erase("resourceVersion");
    return ordered;
}

Bytes encodeForStore(const api::Value& ordered)
{
    return Bytes(api::toJson(ordered));
}

} // namespace kates::apiserver
