#include "engine/controllers/common/name_hash.h"

#include <algorithm>
#include <vector>

#include "engine/api/json.h"

namespace kates::controllers {

namespace {

class Fnv1a {
public:
    void add(std::string_view bytes)
    {
        for (unsigned char byte : bytes)
            m_hash = (m_hash ^ byte) * 16777619u;
    }
    std::uint32_t value() const { return m_hash; }

private:
    std::uint32_t m_hash = 2166136261u;
};

void addCanonical(Fnv1a& hash, const api::Value& value)
{
    if (value.isArray()) {
        hash.add("[");
        for (const auto& item : value) {
            addCanonical(hash, item);
            hash.add(",");
        }
        hash.add("]");
        return;
    }
    if (!value.isObject()) {
        hash.add(api::toJson(value));
        return;
    }
    std::vector<const api::Member*> members;
    for (const auto& member : value.members())
        members.push_back(&member);
    std::sort(members.begin(), members.end(), [](const api::Member* a, const api::Member* b) { return a->key.view() < b->key.view(); });
    hash.add("{");
    for (const api::Member* member : members) {
        hash.add(api::toJson(api::Value(member->key.view())));
        hash.add(":");
        addCanonical(hash, member->value);
        hash.add(",");
    }
    hash.add("}");
}

// Letters that cannot form words, as for generated names.
std::string inSafeLetters(std::string text)
{
    static constexpr std::string_view kLetters = "bcdfghjklmnpqrstvwxz2456789";
    for (char& letter : text)
        letter = kLetters[static_cast<unsigned char>(letter) % kLetters.size()];
    return text;
}

} // namespace

std::string nameHash(const api::Value& content, std::int64_t collisionCount)
{
    Fnv1a hash;
    addCanonical(hash, content);
    if (collisionCount > 0)
        hash.add(std::to_string(collisionCount));
    return inSafeLetters(std::to_string(hash.value()));
}

} // namespace kates::controllers
