#include "engine/http/pki.h"

#include "engine/http/openssl.h"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rand.h>

#include <arpa/inet.h>

#include <algorithm>

namespace kates::http {

namespace {

constexpr int kSerialBytes = 16;
constexpr auto kClockTolerance = std::chrono::hours(1);

Result<KeyPtr> generateKey()
{
    KeyPtr key(EVP_EC_gen("P-256"));
    if (!key)
        return opensslFailure("cannot generate a P-256 key");
    return key;
}

Result<std::string> privateKeyText(EVP_PKEY* key)
{
    BioPtr bio(BIO_new(BIO_s_mem()));
    if (!PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr))
        return opensslFailure("cannot encode a private key");
    return bioText(bio.get());
}

Result<std::string> certificateText(X509* certificate)
{
    BioPtr bio(BIO_new(BIO_s_mem()));
    if (!PEM_write_bio_X509(bio.get(), certificate))
        return opensslFailure("cannot encode a certificate");
    return bioText(bio.get());
}

Result<KeyPtr> parsePrivateKey(const std::string& pem)
{
    BioPtr bio = readOnlyBio(pem);
    KeyPtr key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
    if (!key)
        return opensslFailure("cannot read the private key");
    return key;
}

bool addNameEntry(X509_NAME* name, const char* field, const std::string& value)
{
    return X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(value.data()),
        static_cast<int>(value.size()), -1, 0);
}

bool setRandomSerial(X509* certificate)
{
    unsigned char bytes[kSerialBytes];
    if (RAND_bytes(bytes, sizeof bytes) != 1)
        return false;
    bytes[0] = static_cast<unsigned char>((bytes[0] & 0x7f) | 0x40); // positive, and of full length
    std::unique_ptr<BIGNUM, OpensslFree<BN_free>> number(BN_bin2bn(bytes, sizeof bytes, nullptr));
    return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate));
}

bool addExtension(X509* certificate, X509* issuer, int nid, const std::string& value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    std::unique_ptr<X509_EXTENSION, OpensslFree<X509_EXTENSION_free>> extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
    return extension && X509_add_ext(certificate, extension.get(), -1);
}

// Built as values, not as OpenSSL's configuration text: a name with a comma must not become two.
Result<void> addAlternativeNames(X509* certificate, const CertificateRequest& request)
{
    if (request.dnsNames.empty() && request.ipAddresses.empty())
        return {};
    std::unique_ptr<GENERAL_NAMES, OpensslFree<GENERAL_NAMES_free>> names(GENERAL_NAMES_new());
    auto push = [&names](int type, const void* data, int size) {
        ASN1_STRING* text = type == GEN_DNS ? ASN1_IA5STRING_new() : ASN1_OCTET_STRING_new();
        GENERAL_NAME* name = GENERAL_NAME_new();
        ASN1_STRING_set(text, data, size);
        GENERAL_NAME_set0_value(name, type, text);
        sk_GENERAL_NAME_push(names.get(), name);
    };
    for (const auto& name : request.dnsNames)
        push(GEN_DNS, name.data(), static_cast<int>(name.size()));
    for (const auto& address : request.ipAddresses) {
        unsigned char bytes[16];
        if (inet_pton(AF_INET, address.c_str(), bytes) == 1)
            push(GEN_IPADD, bytes, 4);
        else if (inet_pton(AF_INET6, address.c_str(), bytes) == 1)
            push(GEN_IPADD, bytes, 16);
        else
            return failure("\"" + address + "\" is not an IP address");
    }
    if (X509_add1_ext_i2d(certificate, NID_subject_alt_name, names.get(), 0, 0) != 1)
        return opensslFailure("cannot add the alternative names");
    return {};
}

Result<X509Ptr> startCertificate(EVP_PKEY* key, const std::string& commonName, const std::vector<std::string>& organizations, int days, WallTime now)
{
    X509Ptr certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    X509_NAME* subject = X509_get_subject_name(certificate.get());
    bool good = setRandomSerial(certificate.get());
    for (const auto& organization : organizations)
        good = good && addNameEntry(subject, "O", organization);
    good = good && (commonName.empty() || addNameEntry(subject, "CN", commonName));
    good = good && X509_set_pubkey(certificate.get(), key);
    if (!good)
        return opensslFailure("cannot make a certificate for \"" + commonName + "\"");
    ASN1_TIME_set(X509_getm_notBefore(certificate.get()), std::chrono::system_clock::to_time_t(now - kClockTolerance));
    ASN1_TIME_set(X509_getm_notAfter(certificate.get()), std::chrono::system_clock::to_time_t(now + std::chrono::hours(24) * days));
    return certificate;
}

Result<CertificatePair> signAndEncode(X509* certificate, EVP_PKEY* key, EVP_PKEY* signer)
{
    if (!X509_sign(certificate, signer, EVP_sha256()))
        return opensslFailure("cannot sign a certificate");
    auto certificatePem = certificateText(certificate);
    if (!certificatePem)
        return tl::unexpected(certificatePem.error());
    auto keyPem = privateKeyText(key);
    if (!keyPem)
        return tl::unexpected(keyPem.error());
    return CertificatePair{std::move(*certificatePem), std::move(*keyPem)};
}

} // namespace

Result<CertificatePair> makeCertificateAuthority(const std::string& commonName, int days, WallTime now)
{
    auto key = generateKey();
    if (!key)
        return tl::unexpected(key.error());
    auto certificate = startCertificate(key->get(), commonName, {}, days, now);
    if (!certificate)
        return tl::unexpected(certificate.error());
    X509* x509 = certificate->get();
    X509_set_issuer_name(x509, X509_get_subject_name(x509));
    bool good = addExtension(x509, x509, NID_basic_constraints, "critical,CA:TRUE")
        && addExtension(x509, x509, NID_key_usage, "critical,digitalSignature,keyCertSign,cRLSign")
        && addExtension(x509, x509, NID_subject_key_identifier, "hash");
    if (!good)
        return opensslFailure("cannot make the authority \"" + commonName + "\"");
    return signAndEncode(x509, key->get(), key->get());
}

Result<CertificatePair> issueCertificate(const CertificatePair& authority, const CertificateRequest& request, WallTime now)
{
    auto signer = parsePrivateKey(authority.keyPem);
    if (!signer)
        return tl::unexpected(signer.error());
    BioPtr bio = readOnlyBio(authority.certificatePem);
    X509Ptr issuer(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    if (!issuer)
        return opensslFailure("cannot read the authority's certificate");
    auto key = generateKey();
    if (!key)
        return tl::unexpected(key.error());
    auto certificate = startCertificate(key->get(), request.commonName, request.organizations, request.days, now);
    if (!certificate)
        return tl::unexpected(certificate.error());
    X509* x509 = certificate->get();
    X509_set_issuer_name(x509, X509_get_subject_name(issuer.get()));
    if (ASN1_TIME_compare(X509_get0_notAfter(x509), X509_get0_notAfter(issuer.get())) > 0)
        X509_set1_notAfter(x509, X509_get0_notAfter(issuer.get()));
    std::string usage = request.server ? "serverAuth" : "";
    if (request.client)
        usage += usage.empty() ? "clientAuth" : ",clientAuth";
    bool good = addExtension(x509, issuer.get(), NID_basic_constraints, "critical,CA:FALSE")
        && addExtension(x509, issuer.get(), NID_key_usage, "critical,digitalSignature")
        && (usage.empty() || addExtension(x509, issuer.get(), NID_ext_key_usage, usage))
        && addExtension(x509, issuer.get(), NID_authority_key_identifier, "keyid:always");
    if (!good)
        return opensslFailure("cannot issue a certificate for \"" + request.commonName + "\"");
    auto named = addAlternativeNames(x509, request);
    if (!named)
        return tl::unexpected(named.error());
    return signAndEncode(x509, key->get(), signer->get());
}

Result<std::string> makeEcKey()
{
    auto key = generateKey();
    if (!key)
        return tl::unexpected(key.error());
    return privateKeyText(key->get());
}

Result<std::string> publicKeyOf(const std::string& privateKeyPem)
{
    auto key = parsePrivateKey(privateKeyPem);
    if (!key)
        return tl::unexpected(key.error());
    BioPtr bio(BIO_new(BIO_s_mem()));
    if (!PEM_write_bio_PUBKEY(bio.get(), key->get()))
        return opensslFailure("cannot encode the public key");
    return bioText(bio.get());
}

} // namespace kates::http
