#include "engine/runtime/image/digest.h"

#include <array>
#include <openssl/evp.h>

namespace kates::runtime {

namespace {
constexpr std::string_view kPrefix = "sha256:";
constexpr std::size_t kHexLength = 64;
} // namespace

Result<Digest> Digest::parse(std::string_view text)
{
    const bool shaped = text.starts_with(kPrefix) && text.size() == kPrefix.size() + kHexLength
        && text.substr(kPrefix.size()).find_first_not_of("0123456789abcdef") == std::string_view::npos;
    if (!shaped)
        return failure("\"" + std::string(text.substr(0, 100)) + "\" is not a digest (sha256: and 64 hex digits are expected)");
    return Digest(std::string(text));
}

Digest Digest::of(std::string_view content)
{
    Sha256 sum;
    sum.update(content);
    return sum.finish();
}

struct Sha256::State {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    ~State() { EVP_MD_CTX_free(context); }
};

Sha256::Sha256() : m_state(std::make_unique<State>())
{
    EVP_DigestInit_ex(m_state->context, EVP_sha256(), nullptr);
}
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::update(std::string_view bytes)
{
    EVP_DigestUpdate(m_state->context, bytes.data(), bytes.size());
}

Digest Sha256::finish()
{
    std::array<unsigned char, 32> sum {};
    EVP_DigestFinal_ex(m_state->context, sum.data(), nullptr);
    std::string text(kPrefix);
    for (const unsigned char byte : sum) {
        text += "0123456789abcdef"[byte >> 4];
        text += "0123456789abcdef"[byte & 15];
    }
    return Digest(std::move(text));
}

} // namespace kates::runtime
