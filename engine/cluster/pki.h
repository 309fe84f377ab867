// The certificates and keys of one cluster (or of the engine) on disk: the authority lives for ten years, what it signs is issued anew at every start.
#pragma once

#include <filesystem>

#include "engine/http/pki.h"

namespace kates::cluster {

constexpr int kAuthorityDays = 3650;
constexpr int kLeafDays = 365;

class Pki {
public:
    // Reads or makes the authority. A damaged file is an error that names it; it is never replaced silently.
    [[nodiscard]] static Result<Pki> open(std::filesystem::path directory, const std::string& authorityName, WallTime now);

    const std::string& authorityPem() const { return m_authority.certificatePem; }
    // Issues and writes <name>.crt and <name>.key.
    [[nodiscard]] Result<http::CertificatePair> issue(const std::string& name, const http::CertificateRequest& request, WallTime now) const;
    // The key that signs service account tokens; made once.
    [[nodiscard]] Result<std::string> serviceAccountKey() const;
    std::filesystem::path certificate(const std::string& name) const { return m_directory / (name + ".crt"); }
    std::filesystem::path key(const std::string& name) const { return m_directory / (name + ".key"); }

private:
    std::filesystem::path m_directory;
    http::CertificatePair m_authority;
};

} // namespace kates::cluster
