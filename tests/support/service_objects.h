// Services and EndpointSlices for tests, from a few words.
#pragma once

#include "engine/api/json.h"

namespace kates::test {

inline api::Value json(const std::string& text)
{
    auto value = api::parseJson(text);
    if (!value)
        std::fprintf(stderr, "%s in %s\n", value.error().message.c_str(), text.c_str());
    return value ? *value : api::Value();
}

// `spec` is the inside of the spec: R"("clusterIP": "10.96.0.20", "ports": [{"port": 80}])"
inline api::Value service(const std::string& name, const std::string& spec, const std::string& ns = "default")
{
    return json(
        R"({"apiVersion": "v1", "kind": "Service", "metadata": {"namespace": ")" + ns + R"(", "name": ")" + name + R"("}, "spec": {)" + spec + "}}");
}

struct TestEndpoint {
    std::string address;
    std::string node = "node-0";
    std::string more; // "conditions": {…}, "hostname": …
};

inline api::Value endpointSlice(const std::string& serviceName, const std::string& ports, const std::vector<TestEndpoint>& endpoints,
    const std::string& suffix = "1", const std::string& ns = "default")
{
    std::string list;
    for (const auto& endpoint : endpoints)
        list += std::string(list.empty() ? "" : ", ") + R"({"addresses": [")" + endpoint.address + R"("], "nodeName": ")" + endpoint.node + "\""
            + (endpoint.more.empty() ? "" : ", " + endpoint.more) + "}";
    return json(R"({"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "addressType": "IPv4", "metadata": {"namespace": ")" + ns
        + R"(", "name": ")" + serviceName + "-" + suffix + R"(", "labels": {"kubernetes.io/service-name": ")" + serviceName + R"("}}, "ports": [)"
        + ports + R"(], "endpoints": [)" + list + "]}");
}

} // namespace kates::test
