// What the FakeApiServer answers to one request that is not a watch.
#pragma once

#include "tests/unit/app/support/fake_connection.h"

namespace kates::app::test {

// A path taken apart: collection, object, subresource.
struct FakeTarget {
    FakeCollection* collection = nullptr;
    QString ns, name, subresource;
    std::string key() const;
};

class FakeHandlers {
public:
    explicit FakeHandlers(FakeApiServer& server)
        : m_server(server)
    {
    }
    FakeTarget resolve(const QString& path) const;
    FakeAnswer handle(const FakeRequest& request);

    static FakeAnswer json(const api::Value& value, int code = 200);
    static FakeAnswer status(const api::StatusError& error);
    static api::Value row(const FakeResource& resource, const api::Value& object);
    static api::Value columns(const FakeResource& resource);

private:
    FakeAnswer list(const FakeTarget& target, const FakeRequest& request);
    FakeAnswer groups(const QString& path);
    FakeAnswer discovery(const QString& path);
    FakeAnswer write(const FakeTarget& target, const FakeRequest& request, api::Value object, int code);
    FakeAnswer patch(const FakeTarget& target, const FakeRequest& request);
    FakeAnswer remove(const FakeTarget& target, const FakeRequest& request);

    FakeApiServer& m_server;
};

} // namespace kates::app::test
