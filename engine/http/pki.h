// Certificates for a cluster's own PKI: ECDSA P-256 with SHA-256, PEM text in and out.
//
// Keys come from OpenSSL's generator, not from Random: a test may not fix them. Thread: any.
#pragma once

#include <string>
#include <vector>

#include "engine/base/loop.h"
#include "engine/base/result.h"

namespace kates::http {

struct CertificatePair {
    std::string certificatePem;
    std::string keyPem; // PKCS #8, unencrypted: store it 0600
};

struct CertificateRequest {
    std::string commonName;                 // the user's name of a client certificate
    std::vector<std::string> organizations; // the user's groups
    std::vector<std::string> dnsNames;
    std::vector<std::string> ipAddresses; // IPv4 or IPv6 literals
    bool server = false;                  // extended key usage serverAuth
    bool client = false;                  // clientAuth
    int days = 365;
};

// Valid from one hour before `now` (clocks of machines differ).
[[nodiscard]] Result<CertificatePair> makeCertificateAuthority(const std::string& commonName, int days, WallTime now);
// The chain is the certificate alone: clients hold the authority's. Not valid longer than the authority.
[[nodiscard]] Result<CertificatePair> issueCertificate(const CertificatePair& authority, const CertificateRequest& request, WallTime now);

// A P-256 private key (PKCS #8), for service account tokens.
[[nodiscard]] Result<std::string> makeEcKey();
[[nodiscard]] Result<std::string> publicKeyOf(const std::string& privateKeyPem); // SubjectPublicKeyInfo

} // namespace kates::http
