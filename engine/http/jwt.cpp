#include "engine/http/jwt.h"

#include "engine/base/base64.h"
#include "engine/http/openssl.h"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/pem.h>
#include <openssl/sha.h>

namespace kates::http {

struct JwtKey::Data {
    KeyPtr key;
    bool isPrivate = false;
    std::string id;
    std::string encodedHeader;
};

namespace {

constexpr int kCoordinateBytes = 32; // P-256

using SignaturePtr = std::unique_ptr<ECDSA_SIG, OpensslFree<ECDSA_SIG_free>>;

// OpenSSL speaks DER; a JWS holds the two numbers side by side.
std::string rawFromDer(const std::string& der)
{
    auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
    SignaturePtr signature(d2i_ECDSA_SIG(nullptr, &bytes, static_cast<long>(der.size())));
    unsigned char raw[2 * kCoordinateBytes] = {};
    if (!signature || BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), raw, kCoordinateBytes) < 0
        || BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), raw + kCoordinateBytes, kCoordinateBytes) < 0)
        return {};
    return std::string(reinterpret_cast<char*>(raw), sizeof raw);
}

std::string derFromRaw(const std::string& raw)
{
    if (raw.size() != 2 * kCoordinateBytes)
        return {};
    auto* bytes = reinterpret_cast<const unsigned char*>(raw.data());
    SignaturePtr signature(ECDSA_SIG_new());
    ECDSA_SIG_set0(signature.get(), BN_bin2bn(bytes, kCoordinateBytes, nullptr), BN_bin2bn(bytes + kCoordinateBytes, kCoordinateBytes, nullptr));
    unsigned char* encoded = nullptr;
    int size = i2d_ECDSA_SIG(signature.get(), &encoded);
    std::string der(reinterpret_cast<char*>(encoded), size > 0 ? static_cast<std::size_t>(size) : 0);
    OPENSSL_free(encoded);
    return der;
}

Result<std::string> keyId(EVP_PKEY* key)
{
    unsigned char* der = nullptr;
    int size = i2d_PUBKEY(key, &der);
    if (size <= 0)
        return opensslFailure("cannot encode the public key");
    unsigned char digest[SHA256_DIGEST_LENGTH];
    SHA256(der, static_cast<std::size_t>(size), digest);
    OPENSSL_free(der);
    return encodeBase64Url(std::string_view(reinterpret_cast<char*>(digest), sizeof digest));
}

bool isP256(EVP_PKEY* key)
{
    char group[64] = {};
    return EVP_PKEY_get_base_id(key) == EVP_PKEY_EC && EVP_PKEY_get_group_name(key, group, sizeof group, nullptr) == 1
        && std::string_view(group) == "prime256v1";
}

// The header is small JSON that others may have written with any spacing; only "alg" decides here, and only one value is right.
bool saysEs256(std::string_view header)
{
    std::string compact;
    for (char c : header) {
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r')
            compact += c;
    }
    return compact.find("\"alg\":\"ES256\"") != std::string::npos && compact.find("\"crit\"") == std::string::npos;
}

} // namespace

JwtKey::JwtKey(std::unique_ptr<Data> data) : m_data(std::move(data)) {}
JwtKey::JwtKey(JwtKey&&) noexcept = default;
JwtKey& JwtKey::operator=(JwtKey&&) noexcept = default;
JwtKey::~JwtKey() = default;

Result<JwtKey> JwtKey::fromPem(const std::string& pem)
{
    auto data = std::make_unique<Data>();
    data->isPrivate = pem.find("PRIVATE KEY-----") != std::string::npos;
    BioPtr bio = readOnlyBio(pem);
    auto* read = data->isPrivate ? PEM_read_bio_PrivateKey : PEM_read_bio_PUBKEY;
    data->key.reset(read(bio.get(), nullptr, nullptr, nullptr));
    if (!data->key)
        return opensslFailure("cannot read the token key");
    if (!isP256(data->key.get()))
        return failure("the token key is not an ECDSA P-256 key");
    auto id = keyId(data->key.get());
    if (!id)
        return tl::unexpected(id.error());
    data->id = std::move(*id);
    data->encodedHeader = encodeBase64Url(R"({"alg":"ES256","kid":")" + data->id + R"("})");
    return JwtKey(std::move(data));
}

const std::string& JwtKey::id() const
{
    return m_data->id;
}

Result<std::string> JwtKey::sign(std::string_view claimsJson) const
{
    if (!m_data->isPrivate)
        return failure("a public key cannot sign");
    std::string token = m_data->encodedHeader + '.' + encodeBase64Url(claimsJson);
    DigestContextPtr context(EVP_MD_CTX_new());
    std::size_t size = 0;
    auto* bytes = reinterpret_cast<const unsigned char*>(token.data());
    if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, m_data->key.get()) != 1
        || EVP_DigestSign(context.get(), nullptr, &size, bytes, token.size()) != 1)
        return opensslFailure("cannot sign a token");
    std::string der(size, '\0');
    if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(der.data()), &size, bytes, token.size()) != 1)
        return opensslFailure("cannot sign a token");
    der.resize(size);
    return token + '.' + encodeBase64Url(rawFromDer(der));
}

Result<std::string> JwtKey::verify(std::string_view token) const
{
    auto firstDot = token.find('.');
    auto lastDot = token.rfind('.');
    if (token.size() > kJwtMaxBytes || firstDot == std::string_view::npos || firstDot == lastDot)
        return failure("the token is not a JWT");
    auto header = decodeBase64Url(token.substr(0, firstDot));
    auto claims = decodeBase64Url(token.substr(firstDot + 1, lastDot - firstDot - 1));
    auto signature = decodeBase64Url(token.substr(lastDot + 1));
    if (!header || !claims || !signature)
        return failure("the token is not a JWT");
    if (!saysEs256(*header))
        return failure("the token is not signed with ES256");
    std::string der = derFromRaw(*signature);
    auto signedPart = token.substr(0, lastDot);
    DigestContextPtr context(EVP_MD_CTX_new());
    bool valid = !der.empty() && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, m_data->key.get()) == 1
        && EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(der.data()), der.size(),
               reinterpret_cast<const unsigned char*>(signedPart.data()), signedPart.size()) == 1;
    if (!valid) {
        (void)opensslFailure(""); // empties OpenSSL's error queue
        return failure("the token's signature is wrong");
    }
    return std::move(*claims);
}

} // namespace kates::http
