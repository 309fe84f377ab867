// Randomness is given from outside, so that a test can fix the seed.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace kates {

class Random {
public:
    virtual ~Random() = default;
    virtual std::uint64_t next() = 0;
    std::uint64_t below(std::uint64_t bound) { return bound ? next() % bound : 0; }
    double fraction() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
    std::string uuid();                     // RFC 4122 version 4
    // From the letters that Kubernetes uses for generated names (no vowels, no look-alikes: "bcdfghjklmnpqrstvwxz2456789").
    std::string nameSuffix(int length = 5);
    std::string hex(int bytes);
};

[[nodiscard]] std::unique_ptr<Random> makeSystemRandom();            // getrandom(2)
[[nodiscard]] std::unique_ptr<Random> makeSeededRandom(std::uint64_t seed);

} // namespace kates
