#include "engine/runtime/oci/stream_ends.h"

namespace kates::runtime {

namespace {

class WrappedInput : public http::Stream {
public:
    explicit WrappedInput(std::unique_ptr<http::Stream> inner) : m_inner(std::move(inner)) {}
    Task<Result<std::string>> read() override { return m_inner->read(); }
    Task<Result<void>> write(std::string bytes) override { return m_inner->write(std::move(bytes)); }
    void closeWrite() override { m_inner->closeWrite(); }
    void close() override { m_inner->close(); }

protected:
    std::unique_ptr<http::Stream> m_inner;
};

class ClosingInput : public WrappedInput {
public:
    using WrappedInput::WrappedInput;
    void closeWrite() override { m_inner->close(); }
};

class OpenInput : public WrappedInput {
public:
    using WrappedInput::WrappedInput;
    void closeWrite() override {}
};

class PacketInput : public WrappedInput {
public:
    PacketInput(std::unique_ptr<http::Stream> inner, std::size_t sizeMaxBytes) : WrappedInput(std::move(inner)), m_sizeMaxBytes(sizeMaxBytes) {}
    Task<Result<void>> write(std::string bytes) override
    {
        for (std::size_t at = 0; at < bytes.size(); at += m_sizeMaxBytes) {
            auto written = co_await m_inner->write(bytes.substr(at, m_sizeMaxBytes));
            if (!written)
                co_return written;
        }
        co_return Result<void>();
    }

private:
    std::size_t m_sizeMaxBytes;
};

} // namespace

std::unique_ptr<http::Stream> closingInput(std::unique_ptr<http::Stream> inner)
{
    return std::make_unique<ClosingInput>(std::move(inner));
}

std::unique_ptr<http::Stream> openInput(std::unique_ptr<http::Stream> inner)
{
    return std::make_unique<OpenInput>(std::move(inner));
}

std::unique_ptr<http::Stream> packetInput(std::unique_ptr<http::Stream> inner, std::size_t sizeMaxBytes)
{
    return std::make_unique<PacketInput>(std::move(inner), sizeMaxBytes);
}

} // namespace kates::runtime
