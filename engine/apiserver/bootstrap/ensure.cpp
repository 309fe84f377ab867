#include "engine/apiserver/bootstrap/ensure.h"

namespace kates::apiserver {

Task<Result<void>> Ensure::all(std::vector<api::Value> objects, Existing existing)
{
    for (auto& object : objects)
        m_group.spawn(one(std::move(object), existing));
    co_await m_group.finished();
    if (!m_failed.empty())
        co_return failure("the cluster's first objects could not be made: " + m_failed);
    co_return Result<void>();
}

Task<void> Ensure::one(api::Value object, Existing existing)
{
    ResourceRequest request;
    request.user = UserInfo{"system:apiserver", "", {"system:masters"}};
    request.verb = "create";
    request.kind = m_registry.scheme().findKind(object.str("apiVersion"), object.str("kind"));
    if (!request.kind)
        co_return;
    request.ns = request.kind->namespaced ? object.str("metadata", "namespace") : std::string_view();
    request.name = object.str("metadata", "name");
    request.fieldManager = "kube-apiserver";
    bool exists = m_registry.find(*request.kind, request.ns, request.name) != nullptr;
    if (exists && existing == Existing::Keep)
        co_return;
    auto writing = exists ? m_registry.update(request, object) : m_registry.create(request, object);
    auto answer = co_await std::move(writing);
    if (!answer && !answer.error().isAlreadyExists())
        m_failed = std::string(object.str("kind")) + " " + std::string(object.str("metadata", "name")) + ": " + answer.error().message;
}

} // namespace kates::apiserver
