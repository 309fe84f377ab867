// What working with one Pod of about 3.5 KB costs: parse, serialise, copy, patch, select, apply.
#include <benchmark/benchmark.h>

#include "engine/api/apply.h"
#include "engine/api/json.h"
#include "engine/api/patch.h"
#include "engine/api/selector.h"
#include "engine/api/yaml.h"

using namespace kates::api;

namespace {

Value makeContainer(const std::string& name)
{
    Value container = Value::object({ { "name", name }, { "image", "registry.example.com/team/" + name + ":v1.27.3" } });
    container.set("ports", Value::array({ Value::object({ { "containerPort", 8080 }, { "protocol", "TCP" }, { "name", "http" } }) }));
    for (const char* variable : { "POD_NAME", "POD_NAMESPACE", "NODE_NAME" }) {
        Value from = Value::object({ { "fieldRef", Value::object({ { "apiVersion", "v1" }, { "fieldPath", "metadata.name" } }) } });
        container.edit("env").push(Value::object({ { "name", variable }, { "valueFrom", std::move(from) } }));
    }
    container.set("resources",
        Value::object({ { "limits", Value::object({ { "cpu", "500m" }, { "memory", "256Mi" } }) },
            { "requests", Value::object({ { "cpu", "100m" }, { "memory", "128Mi" } }) } }));
    const Value probe = Value::object({ { "httpGet", Value::object({ { "path", "/healthz" }, { "port", 8080 }, { "scheme", "HTTP" } }) },
        { "timeoutSeconds", 1 }, { "periodSeconds", 10 }, { "successThreshold", 1 }, { "failureThreshold", 3 } });
    container.set("livenessProbe", probe);
    container.set("readinessProbe", probe);
    container.set("volumeMounts",
        Value::array({ Value::object(
            { { "name", "kube-api-access-x7k2p" }, { "readOnly", true }, { "mountPath", "/var/run/secrets/kubernetes.io/serviceaccount" } }) }));
    for (const auto& [key, text] : { std::pair("terminationMessagePath", "/dev/termination-log"), std::pair("terminationMessagePolicy", "File"),
             std::pair("imagePullPolicy", "IfNotPresent") })
        container.set(key, text);
    return container;
}

Value makePod()
{
    Value pod = Value::object({ { "apiVersion", "v1" }, { "kind", "Pod" } });
    Value& metadata = pod.edit("metadata");
    metadata = Value::object({ { "name", "web-7d4b9c6f8d-x7k2p" }, { "generateName", "web-7d4b9c6f8d-" }, { "namespace", "production" },
        { "uid", "5b0d2f6e-6a57-4d0c-9a0c-3f1f6a1f2b3c" }, { "resourceVersion", "184467" }, { "creationTimestamp", "2026-11-24T19:42:22Z" },
        { "labels",
            Value::object(
                { { "app.kubernetes.io/name", "web" }, { "app.kubernetes.io/instance", "web-production" }, { "pod-template-hash", "7d4b9c6f8d" } }) },
        { "ownerReferences",
            Value::array({ Value::object({ { "apiVersion", "apps/v1" }, { "kind", "ReplicaSet" }, { "name", "web-7d4b9c6f8d" },
                { "uid", "0f4a1f7c-0d3e-4a27-8a9e-5a3f3b2c1d0e" }, { "controller", true }, { "blockOwnerDeletion", true } }) }) } });
    pod.set("spec",
        Value::object({ { "containers", Value::array({ makeContainer("web"), makeContainer("proxy") }) }, { "restartPolicy", "Always" },
            { "terminationGracePeriodSeconds", 30 }, { "dnsPolicy", "ClusterFirst" }, { "serviceAccountName", "default" }, { "nodeName", "node-17" },
            { "schedulerName", "default-scheduler" }, { "priority", 0 }, { "enableServiceLinks", true } }));
    Value& status = pod.edit("status");
    status = Value::object({ { "phase", "Running" }, { "hostIP", "10.0.0.17" }, { "podIP", "10.244.17.23" }, { "qosClass", "Burstable" } });
    for (const char* type : { "Initialized", "Ready", "ContainersReady", "PodScheduled" })
        status.edit("conditions").push(Value::object({ { "type", type }, { "status", "True" }, { "lastTransitionTime", "2026-11-24T19:42:24Z" } }));
    return pod;
}

const Value kPod = makePod();
const std::string kJson = toJson(kPod);
const std::string kYaml = toYaml(kPod);

const KindDescription& podKind()
{
    static const auto kind = Scheme::kubernetes()->findKind("v1", "Pod");
    return *kind;
}

void parse(benchmark::State& state)
{
    for (auto _ : state)
        benchmark::DoNotOptimize(parseJson(kJson));
    state.SetBytesProcessed(state.iterations() * kJson.size());
    state.counters["json_bytes"] = static_cast<double>(kJson.size());
    state.counters["heap_bytes"] = static_cast<double>(parseJson(kJson)->memoryBytes());
}

void serialise(benchmark::State& state)
{
    const Value pod = *parseJson(kJson);
    for (auto _ : state)
        benchmark::DoNotOptimize(toJson(pod));
    state.SetBytesProcessed(state.iterations() * kJson.size());
}

void copy(benchmark::State& state)
{
    for (auto _ : state) {
        Value pod = kPod;
        benchmark::DoNotOptimize(pod);
    }
}

void editOneField(benchmark::State& state)
{
    for (auto _ : state) {
        Value pod = kPod;
        pod.edit("status", "phase") = "Failed";
        benchmark::DoNotOptimize(pod);
    }
}

void mergePatch(benchmark::State& state)
{
    const Value patch = *parseJson(R"({"metadata":{"labels":{"pod-template-hash":null,"x":"y"}},"status":{"phase":"Failed"}})");
    for (auto _ : state)
        benchmark::DoNotOptimize(applyMergePatch(kPod, patch));
}

void strategicMergePatch(benchmark::State& state)
{
    const Value patch
        = *parseJson(R"({"spec":{"$setElementOrder/containers":[{"name":"web"},{"name":"proxy"}],"containers":[{"name":"proxy","image":"x"}]}})");
    for (auto _ : state)
        benchmark::DoNotOptimize(applyStrategicMergePatch(*podKind().type, kPod, patch));
}

void jsonPatch(benchmark::State& state)
{
    const Value patch = *parseJson(R"([{"op":"replace","path":"/status/phase","value":"Failed"},{"op":"remove","path":"/spec/containers/1"}])");
    for (auto _ : state)
        benchmark::DoNotOptimize(applyJsonPatch(kPod, patch));
}

void readFields(benchmark::State& state)
{
    for (auto _ : state) {
        benchmark::DoNotOptimize(kPod.str("spec", "nodeName"));
        benchmark::DoNotOptimize(kPod.get("metadata", "labels").str("app.kubernetes.io/instance"));
    }
}

void compareEqual(benchmark::State& state)
{
    const Value a = *parseJson(kJson), b = *parseJson(kJson);
    for (auto _ : state)
        benchmark::DoNotOptimize(a == b);
}

void matchLabels(benchmark::State& state)
{
    const LabelSelector selector = *LabelSelector::parse("app.kubernetes.io/name=web,pod-template-hash in (7d4b9c6f8d,x),!legacy");
    for (auto _ : state)
        benchmark::DoNotOptimize(selector.matches(kPod.get("metadata", "labels")));
}

void trackStatusUpdate(benchmark::State& state)
{
    const ApplyRequest request { "kubelet", false, "v1", "status", "2026-11-24T19:42:25Z" };
    Value live = kPod;
    trackUpdate(podKind(), Value(), live, { "scheduler", false, "v1", "", "2026-11-24T19:42:22Z" });
    Value changed = live;
    changed.edit("status").set("phase", "Failed");
    for (auto _ : state) {
        Value updated = changed;
        trackUpdate(podKind(), live, updated, request);
        benchmark::DoNotOptimize(updated);
    }
}

void parseYamlText(benchmark::State& state)
{
    for (auto _ : state)
        benchmark::DoNotOptimize(parseYaml(kYaml));
    state.SetBytesProcessed(state.iterations() * kYaml.size());
}

void writeYaml(benchmark::State& state)
{
    for (auto _ : state)
        benchmark::DoNotOptimize(toYaml(kPod));
}

BENCHMARK(parse);
BENCHMARK(serialise);
BENCHMARK(copy);
BENCHMARK(editOneField);
BENCHMARK(mergePatch);
BENCHMARK(strategicMergePatch);
BENCHMARK(jsonPatch);
BENCHMARK(readFields);
BENCHMARK(compareEqual);
BENCHMARK(matchLabels);
BENCHMARK(trackStatusUpdate);
BENCHMARK(parseYamlText);
BENCHMARK(writeYaml);

} // namespace

BENCHMARK_MAIN();
