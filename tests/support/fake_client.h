// An in-memory client::Client for the tests of components that work against the API: resourceVersions and conflicts, generation, status and other
// subresources, generateName, finalizers, graceful deletion of pods, propagation policies, selectors, watches from a resourceVersion.
//
// It does not default or validate: give it whole objects, and use the real API server (tests/integration) to catch wrong writes.
// Every call completes in a later turn of the loop.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/random.h"
#include "tests/support/fake_storage.h"

namespace kates::test {

struct FakeRequest {
    std::string verb; // get list watch create update patch delete deletecollection
    client::Resource resource;
    std::string ns, name, subresource;
    api::Value object; // what was sent
};

class FakeClient : public client::Client {
public:
    explicit FakeClient(Loop& loop);

    // For the test, at once and without any check: as if somebody else had written it. Missing uid, creationTimestamp, apiVersion and kind are filled
    // in.
    api::Value put(const client::Resource& resource, api::Value object);
    void change(const client::Resource& resource, std::string_view ns, std::string_view name, const std::function<void(api::Value&)>& edit);
    void erase(const client::Resource& resource, std::string_view ns, std::string_view name);
    // The object, or the null value.
    api::Value at(const client::Resource& resource, std::string_view ns, std::string_view name) const;
    std::vector<api::Value> all(const client::Resource& resource, std::string_view ns = {}) const { return m_storage.all(resource, ns); }

    // Faults. `refuse` sees every request; what it returns is the answer.
    std::function<std::optional<api::StatusError>(const FakeRequest&)> refuse;
    Duration latency{};
    void breakWatches() { m_storage.breakWatches(); }
    void forgetHistory() { m_storage.forgetHistory(); }

    // What was asked, in order.
    const std::vector<FakeRequest>& requests() const { return m_requests; }
    int count(std::string_view verb, const client::Resource& resource, std::string_view subresource = {}) const;
    void clearRequests() { m_requests.clear(); }

    Task<api::ApiResult<api::Value>> get(client::Resource resource, std::string ns, std::string name, std::string subresource) override;
    Task<api::ApiResult<client::ObjectList>> list(client::Resource resource, std::string ns, client::ListOptions options) override;
    Task<api::ApiResult<std::unique_ptr<client::WatchStream>>> watch(client::Resource resource, std::string ns, client::ListOptions options) override;
    Task<api::ApiResult<api::Value>> create(
        client::Resource resource, std::string ns, api::Value object, client::WriteOptions options, std::string name) override;
    Task<api::ApiResult<api::Value>> update(
        client::Resource resource, std::string ns, std::string name, api::Value object, client::WriteOptions options) override;
    Task<api::ApiResult<api::Value>> patch(client::Resource resource, std::string ns, std::string name, client::PatchType type, api::Value patch,
        client::WriteOptions options) override;
    Task<api::ApiResult<api::Value>> remove(client::Resource resource, std::string ns, std::string name, client::DeleteOptions options) override;
    Task<api::ApiResult<void>> removeCollection(
        client::Resource resource, std::string ns, client::ListOptions selector, client::DeleteOptions options) override;

private:
    using Answer = api::ApiResult<api::Value>;
    Task<api::ApiResult<void>> arrive(FakeRequest request);
    void fillIn(const client::Resource& resource, api::Value& object);
    Answer createNow(const client::Resource& resource, const std::string& ns, api::Value object);
    Answer createSubresource(const client::Resource& resource, const std::string& ns, const std::string& name, const std::string& subresource,
        const api::Value& object);
    Answer updateNow(
        const client::Resource& resource, const std::string& ns, const std::string& name, api::Value object, const std::string& subresource);
    Answer removeNow(const client::Resource& resource, const std::string& ns, const std::string& name, const client::DeleteOptions& options);
    Answer commitOrRemove(const client::Resource& resource, const std::string& ns, const std::string& name, api::Value object);

    Loop& m_loop;
    FakeStorage m_storage;
    std::unique_ptr<Random> m_random = makeSeededRandom(1);
    std::vector<FakeRequest> m_requests;
};

// "Pod" for "pods": what the kind of a built-in resource is called.
std::string_view kindOf(const client::Resource& resource);

} // namespace kates::test
