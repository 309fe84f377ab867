// What a request is about, read from its method, path and query alone, by the rules of Kubernetes' API paths.
//
//   /api/v1/namespaces/NS/pods/NAME/log/REST          /apis/apps/v1/deployments          /version
#pragma once

#include <string>
#include <string_view>

#include "engine/http/headers.h"

namespace kates::apiserver {

struct RequestInfo {
    bool isResource = false;
    std::string verb; // get list watch create update patch delete deletecollection; of other paths the method in lower case
    std::string path;
    std::string group, version, ns, resource, subresource, name;
    std::string rest; // behind the subresource, without its first '/': for proxies
    bool longRunning() const;
};

[[nodiscard]] RequestInfo parseRequestInfo(std::string_view method, std::string_view path, const http::Query& query);

} // namespace kates::apiserver
