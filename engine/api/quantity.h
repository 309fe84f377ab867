// resource.Quantity: "100m", "1Gi", "1e3". Exact in 10^-9 units within ±2^63; larger values saturate.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/api/value.h"
#include "engine/base/result.h"

namespace kates::api {

class Quantity {
public:
    enum class Format { DecimalSI, BinarySI, DecimalExponent };
    static Result<Quantity> parse(std::string_view text);
    static Quantity fromValue(const Value& value); // a string or a number; zero when absent or malformed
    static Quantity ofUnits(std::int64_t units, Format format = Format::DecimalSI);
    static Quantity ofMilli(std::int64_t milli);

    std::int64_t units() const; // rounded up, as upstream Value()
    std::int64_t milli() const; // rounded up, as upstream MilliValue()
    std::string toString() const; // canonical form
    Quantity operator+(const Quantity& other) const;
    Quantity operator-(const Quantity& other) const;
    bool operator==(const Quantity& other) const { return m_nano == other.m_nano; }
    bool operator<(const Quantity& other) const { return m_nano < other.m_nano; }
    bool isZero() const { return m_nano == 0; }

private:
    __int128 m_nano = 0;
    Format m_format = Format::DecimalSI;
};

} // namespace kates::api
