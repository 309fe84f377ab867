// Content digests. Only sha256 is stored: it is what registries and image tools use.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace kates::runtime {

class Digest {
public:
    [[nodiscard]] static Result<Digest> parse(std::string_view text); // "sha256:" and 64 lower-case hex digits
    [[nodiscard]] static Digest of(std::string_view content);
    const std::string& toString() const { return m_text; }
    std::string hex() const { return m_text.substr(7); }
    bool operator==(const Digest&) const = default;
    auto operator<=>(const Digest&) const = default;

private:
    friend class Sha256;
    explicit Digest(std::string text) : m_text(std::move(text)) {}
    std::string m_text;
};

// A digest of content that comes in pieces.
class Sha256 {
public:
    Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    ~Sha256();
    void update(std::string_view bytes);
    Digest finish(); // once

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace kates::runtime
