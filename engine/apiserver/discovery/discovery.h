// Serves what the server says about itself: /api, /apis (plain and aggregated), their group versions, and /openapi. Documents are made when first
// asked for and kept as bytes until the scheme changes.
#pragma once

#include <unordered_map>

#include "engine/api/openapi.h"
#include "engine/http/server.h"

namespace kates::apiserver {

class Discovery {
public:
    Discovery(std::shared_ptr<api::Scheme> scheme, std::string serverAddress, const std::string& gitVersion);
    // GET /: everything that can be asked for.
    api::Value paths() const;
    // Answers a GET for `path`; false when the path is none of these.
    Task<bool> serve(http::Exchange& exchange, std::string path);

private:
    struct Document {
        std::string contentType;
        Bytes body;
        std::string etag; // of OpenAPI documents
    };
    std::optional<Document> discoveryDocument(const std::string& path, bool aggregated);
    std::optional<Document> openApiDocument(const std::string& path, bool protobuf);
    Bytes keep(const std::string& key, const std::function<api::Value()>& make);

    std::shared_ptr<api::Scheme> m_scheme;
    std::string m_serverAddress;
    api::OpenApi m_openApi;
    std::unordered_map<std::string, Bytes> m_kept;
    std::uint64_t m_generation = 0;
};

} // namespace kates::apiserver
