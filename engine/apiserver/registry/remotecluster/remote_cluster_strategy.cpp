#include "engine/apiserver/registry/common/checks.h"
#include "engine/apiserver/registry/strategies.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Value;

namespace {

constexpr std::size_t kCommandMax = 16u << 10;

class RemoteClusterStrategy : public Strategy {
public:
    void validate(const StrategyContext& context, const Value& remote, FieldErrors& errors) const override
    {
        if (context.subresource == "status")
            return;
        const FieldPath path("spec");
        const FieldPath secret = path.child("kubeconfigSecretRef.name");
        requireName(secret, remote.str("spec", "kubeconfigSecretRef", "name"), api::dns1123SubdomainProblem, errors);
        const FieldPath command = path.child("execPlugin.approvedCommand");
        if (remote.str("spec", "execPlugin", "approvedCommand").size() > kCommandMax)
            errors.tooLong(command, kCommandMax);
    }

    // As a Cluster's: both are a segment of /clusters/<name>.
    api::NameProblem nameProblem(std::string_view name) const override { return clusterStrategy().nameProblem(name); }
};

} // namespace

const Strategy& remoteClusterStrategy()
{
    static const RemoteClusterStrategy strategy;
    return strategy;
}

} // namespace kates::apiserver
