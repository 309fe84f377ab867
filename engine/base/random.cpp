#include "engine/base/random.h"

#include <cstdlib>
#include <sys/random.h>

namespace kates {

std::string Random::hex(int bytes)
{
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    text.reserve(static_cast<std::size_t>(bytes) * 2);
    std::uint64_t bits = 0;
    for (int i = 0; i < bytes; ++i) {
        if (i % 8 == 0)
            bits = next();
        text += kDigits[(bits >> 4) & 15];
        text += kDigits[bits & 15];
        bits >>= 8;
    }
    return text;
}

std::string Random::uuid()
{
    std::string digits = hex(16);
    digits[12] = '4';
    digits[16] = "89ab"[digits[16] & 3];
    for (std::size_t dash : {20u, 16u, 12u, 8u})
        digits.insert(dash, 1, '-');
    return digits;
}

std::string Random::nameSuffix(int length)
{
    static constexpr char kLetters[] = "bcdfghjklmnpqrstvwxz2456789";
    std::string text;
    for (int i = 0; i < length; ++i)
        text += kLetters[below(sizeof kLetters - 1)];
    return text;
}

namespace {

class SystemRandom : public Random {
public:
    std::uint64_t next() override
    {
        std::uint64_t value = 0;
        if (::getrandom(&value, sizeof value, 0) != sizeof value)
            std::abort(); // the kernel always gives eight bytes; without them no secret is safe
        return value;
    }
};

// splitmix64: small, and good enough for tests and jitter.
class SeededRandom : public Random {
public:
    explicit SeededRandom(std::uint64_t seed) : m_state(seed) {}
    std::uint64_t next() override
    {
        std::uint64_t z = (m_state += 0x9e3779b97f4a7c15ull);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
        return z ^ (z >> 31);
    }

private:
    std::uint64_t m_state;
};

} // namespace

std::unique_ptr<Random> makeSystemRandom()
{
    return std::make_unique<SystemRandom>();
}

std::unique_ptr<Random> makeSeededRandom(std::uint64_t seed)
{
    return std::make_unique<SeededRandom>(seed);
}

} // namespace kates
