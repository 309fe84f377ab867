// CPU time of everything that the descriptions drive: start-up, the steps of a write, tables, discovery and OpenAPI.
//   build/bench/bench_descriptions
#include <cstdio>
#include <ctime>
#include <functional>

#include "engine/api/discovery.h"
#include "engine/api/fields.h"
#include "engine/api/json.h"
#include "engine/api/openapi.h"
#include "engine/api/schema_parser.h"
#include "engine/api/table.h"
#include "engine/apiserver/registry/strategy.h"

using namespace kates;
using namespace kates::api;

namespace {

constexpr const char* kPod = R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"p","namespace":"n","uid":"u","labels":{"app":"x"},
    "creationTimestamp":"2026-01-02T11:00:00Z"},"spec":{"containers":[{"name":"a","image":"i:1","ports":[{"containerPort":80}],
    "resources":{"limits":{"cpu":"1","memory":"1Gi"}},"env":[{"name":"A","value":"1"}],"readinessProbe":{"httpGet":{"port":80}}}]}})";

double cpuMicroseconds()
{
    timespec now {};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

void measure(const char* what, int rounds, const std::function<void()>& work)
{
    work(); // warm
    const double before = cpuMicroseconds();
    for (int i = 0; i < rounds; ++i)
        work();
    std::printf("%-44s %10.2f us\n", what, (cpuMicroseconds() - before) / rounds);
}

void measureWrites(const KindDescription& kind, const Value& sent)
{
    constexpr int kRounds = 20'000;
    const apiserver::StrategyContext context {kind, "bench", "", {}};
    Value made = sent;
    if (!apiserver::prepareAndValidateCreate(context, made))
        std::printf("the pod is refused\n");
    std::vector<std::string> unknown;
    std::vector<StatusCause> causes;
    measure("checkTypes of a pod", kRounds, [&] { (void)checkTypes(*kind.type, made); });
    measure("pruneUnknownFields", kRounds, [&, object = made]() mutable { pruneUnknownFields(*kind.type, object, unknown); });
    measure("canonicalize", kRounds, [&, object = made]() mutable { canonicalize(*kind.type, object); });
    measure("applyDefaults", kRounds, [&] {
        Value object = sent;
        applyDefaults(*kind.type, object);
    });
    measure("validateFields", kRounds, [&] { validateFields(*kind.type, made, "", causes); });
    measure("prepareAndValidateCreate, all of it", kRounds, [&] {
        Value object = sent;
        (void)apiserver::prepareAndValidateCreate(context, object);
    });
    measure("prepareAndValidateUpdate, nothing changed", kRounds, [&] {
        Value object = made;
        (void)apiserver::prepareAndValidateUpdate(context, object, made);
    });
    measure("a table's row", kRounds, [&] { (void)tableRow(kind, made, IncludeObject::Metadata, {}); });
}

} // namespace

int main()
{
    const auto scheme = Scheme::kubernetes();
    measure("reading the embedded schemas", 50, [] { (void)parseSchemas(embeddedKubernetesSchemas()); });
    measure("a copy of the Scheme", 200, [] { (void)Scheme::kubernetes(); });
    measureWrites(*scheme->findKind("v1", "Pod"), *parseJson(kPod));
    measure("aggregated discovery of /apis, as JSON", 100, [&] { (void)toJson(aggregatedDiscovery(*scheme, DiscoveryRoot::Apis)); });
    measure("OpenAPI v3 index", 20, [&] { (void)OpenApi(scheme, "v1.35.0").index(); });
    measure("OpenAPI v3 of api/v1", 20, [&] { (void)OpenApi(scheme, "v1.35.0").document("api/v1"); });
    measure("OpenAPI v3 of apis/apps/v1", 20, [&] { (void)OpenApi(scheme, "v1.35.0").document("apis/apps/v1"); });
    return 0;
}
