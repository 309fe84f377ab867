#include "engine/cluster/pki.h"

#include "engine/base/files.h"

namespace kates::cluster {

namespace {

Result<void> writePair(const std::filesystem::path& certificate, const std::filesystem::path& key, const http::CertificatePair& pair)
{
    // The key first: a certificate on disk always has its key.
    if (auto written = writeFileAtomically(key, pair.keyPem, 0600); !written)
        return written;
    return writeFileAtomically(certificate, pair.certificatePem, 0644);
}

} // namespace

Result<Pki> Pki::open(std::filesystem::path directory, const std::string& authorityName, WallTime now)
{
    Pki pki;
    pki.m_directory = std::move(directory);
    if (auto made = makeDirectories(pki.m_directory); !made)
        return tl::unexpected(made.error());
    auto certificate = readFile(pki.certificate("ca"));
    if (certificate) {
        auto key = readFile(pki.key("ca"));
        if (!key)
            return tl::unexpected(key.error());
        pki.m_authority = {*certificate, *key};
        return pki;
    }
    if (certificate.error().systemError != ENOENT)
        return tl::unexpected(certificate.error());
    auto authority = http::makeCertificateAuthority(authorityName, kAuthorityDays, now);
    if (!authority)
        return tl::unexpected(authority.error());
    if (auto written = writePair(pki.certificate("ca"), pki.key("ca"), *authority); !written)
        return tl::unexpected(written.error());
    pki.m_authority = std::move(*authority);
    return pki;
}

Result<http::CertificatePair> Pki::issue(const std::string& name, const http::CertificateRequest& request, WallTime now) const
{
    http::CertificateRequest leaf = request;
    leaf.days = kLeafDays;
    auto pair = http::issueCertificate(m_authority, leaf, now);
    if (!pair)
        return pair;
    if (auto written = writePair(certificate(name), key(name), *pair); !written)
        return tl::unexpected(written.error());
    return pair;
}

Result<std::string> Pki::serviceAccountKey() const
{
    auto existing = readFile(key("sa"));
    if (existing || existing.error().systemError != ENOENT)
        return existing;
    auto made = http::makeEcKey();
    if (!made)
        return made;
    if (auto written = writeFileAtomically(key("sa"), *made, 0600); !written)
        return tl::unexpected(written.error());
    return made;
}

} // namespace kates::cluster
