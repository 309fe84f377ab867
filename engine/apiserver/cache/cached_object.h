// One version of one object, as the server hands it out: the document and, made once when somebody first wants it, its JSON text. Both carry the
// resourceVersion, which the stored text does not.
#pragma once

#include "engine/api/meta.h"
#include "engine/api/value.h"
#include "engine/base/bytes.h"
#include "engine/store/store.h"

namespace kates::apiserver {

class CachedObject {
public:
    // `value` without resourceVersion, `stored` its text as encodeForStore() makes it.
    CachedObject(api::Value value, Bytes stored, store::Revision revision);
    const api::Value& value() const { return m_value; }
    store::Revision revision() const { return m_revision; }
    api::ObjectKey key() const { return api::ObjectMeta(m_value).key(); }
    const Bytes& json() const; // on the loop's thread only
    // The same content under a later revision: what a watcher gets when the object is deleted.
    std::shared_ptr<const CachedObject> at(store::Revision revision) const;

private:
    api::Value m_value;
    Bytes m_stored;
    mutable Bytes m_json;
    store::Revision m_revision;
};

using ObjectPointer = std::shared_ptr<const CachedObject>;

// The text that is stored: apiVersion, kind and metadata stand first, metadata has no resourceVersion.
[[nodiscard]] api::Value orderedForStore(const api::Value& object);
[[nodiscard]] Bytes encodeForStore(const api::Value& ordered);

} // namespace kates::apiserver
