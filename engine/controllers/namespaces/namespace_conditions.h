// What is left in a namespace that is being deleted, and how its conditions say it: pure.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/client/client.h"

namespace kates::controllers {

struct NamespaceContent {
    std::map<std::string, std::size_t> remaining;  // by resource: "deployments.apps"
    std::map<std::string, std::size_t> finalizers; // how many objects wait for each
    std::vector<std::string> errors;
    bool empty() const { return remaining.empty() && errors.empty(); }

    void count(const client::Resource& resource, const std::vector<api::Value>& objects);
};

void setNamespaceConditions(api::Value& object, const NamespaceContent& content, const std::string& now);

} // namespace kates::controllers
