// Immutable bytes that many readers share without copying: a stored object, an encoded watch event.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace kates {

class Bytes {
public:
    Bytes() = default;
    explicit Bytes(std::string data) : m_data(std::make_shared<const std::string>(std::move(data))) {}
    std::string_view view() const { return m_data ? std::string_view(*m_data) : std::string_view(); }
    std::size_t size() const { return m_data ? m_data->size() : 0; }
    bool empty() const { return size() == 0; }

private:
    std::shared_ptr<const std::string> m_data;
};

} // namespace kates
