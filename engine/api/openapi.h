// OpenAPI documents of a Scheme: what kubectl explain, apply and client generators read.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "engine/api/schema.h"
#include "engine/base/bytes.h"

namespace kates::api {

// Builds each document when it is first asked for and keeps its bytes until the Scheme changes. Use it on the Scheme's thread.
//
// Version 3 is one document per group version, which holds every type that its kinds need. Version 2 is one JSON document of all definitions, without
// paths: kubectl asks for version 2 only as protobuf ("application/com.github.proto-openapi.spec.v2@v1.0+protobuf"), and only when version 3 does not
// serve it; answer that with 406 and it goes on without.
class OpenApi {
public:
    // `version` is what the documents say of the server: "v1.35.0".
    OpenApi(std::shared_ptr<const Scheme> scheme, std::string version);

    // GET /openapi/v3: each group version's path with a hash that changes when its document does.
    [[nodiscard]] Bytes index();
    // GET /openapi/v3/<path>; path is "api/v1" or "apis/apps/v1". Nothing: no such group version.
    [[nodiscard]] std::optional<Bytes> document(std::string_view path);
    // The hash of the index, which is also the document's ETag. Empty: no such group version.
    [[nodiscard]] std::string hash(std::string_view path);
    // GET /openapi/v2 as application/json.
    [[nodiscard]] Bytes version2();

private:
    void followScheme();
    const std::string& builtinHash();

    std::shared_ptr<const Scheme> m_scheme;
    std::string m_version;
    std::string m_builtinHash;
    std::uint64_t m_generation = 0;
    Bytes m_index, m_version2;
    std::map<std::string, Bytes, std::less<>> m_documents;
};

} // namespace kates::api
