#include <set>

#include <fmt/format.h>

#include "engine/apiserver/registry/pod/pod_checks.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Value;

namespace {

using Names = std::set<std::string_view, std::less<>>;

class ContainerChecks {
public:
    ContainerChecks(const Value& spec, FieldErrors& errors)
        : m_errors(errors)
        , m_hostNetwork(spec.get("hostNetwork").asBool())
    {
        for (const Value& volume : spec.get("volumes"))
            m_volumes.insert(volume.str("name"));
    }

    void checkRegular(const FieldPath& path, const Value& container)
    {
        checkCommon(path, container);
        validateProbes(path, container, true, m_errors);
        m_regularNames.insert(container.str("name"));
    }

    void checkInit(const FieldPath& path, const Value& container)
    {
        checkCommon(path, container);
        // Within one list the description finds duplicates.
        if (m_regularNames.contains(container.str("name")))
            m_errors.duplicate(path.child("name"), container.get("name"));
        const bool keepsRunning = container.str("restartPolicy") == "Always";
        validateProbes(path, container, keepsRunning, m_errors);
    }

private:
    void checkCommon(const FieldPath& path, const Value& container)
    {
        const std::string_view name = container.str("name");
        if (!name.empty())
            requireName(path.child("name"), name, api::dns1123LabelProblem, m_errors);
        checkImage(path.child("image"), container.str("image"));
        checkPorts(path, container);
        validateEnvironment(path, container, m_errors);
        checkMounts(path, container);
        const FieldPath resources = path.child("resources");
        validateContainerResources(resources, container.get("resources"), m_errors);
    }

    void checkImage(const FieldPath& path, std::string_view image)
    {
        if (image.empty())
            m_errors.required(path);
        else if (image.front() == ' ' || image.back() == ' ')
            m_errors.invalid(path, image, "must not have leading or trailing whitespace");
    }

    void checkPorts(const FieldPath& path, const Value& container)
    {
        Names names;
        eachItem(path, container, "ports", [&](const FieldPath& item, const Value& port) {
            if (const std::string_view name = port.str("name"); !name.empty()) {
                requireName(item.child("name"), name, portNameProblem, m_errors);
                if (!names.insert(name).second)
                    m_errors.duplicate(item.child("name"), name);
            }
            const Value& containerPort = port.get("containerPort");
            const Value& hostPort = port.get("hostPort");
            if (containerPort.asInt() == 0)
                m_errors.required(item.child("containerPort"));
            else
                requirePort(item.child("containerPort"), containerPort, m_errors);
            if (hostPort.asInt() != 0)
                requirePort(item.child("hostPort"), hostPort, m_errors);
            if (m_hostNetwork && hostPort.asInt() != 0 && hostPort.asInt() != containerPort.asInt())
                m_errors.invalid(item.child("hostPort"), hostPort, "must match `containerPort` when `hostNetwork` is true");
        });
    }

    void checkMounts(const FieldPath& path, const Value& container)
    {
        eachItem(path, container, "volumeMounts", [&](const FieldPath& item, const Value& mount) {
            const std::string_view name = mount.str("name");
            if (!name.empty() && !m_volumes.contains(name))
                m_errors.notFound(item.child("name"), name);
            if (!mount.str("subPath").empty() && !mount.str("subPathExpr").empty())
                m_errors.invalid(item.child("subPathExpr"), mount.get("subPathExpr"), "subPathExpr and subPath are mutually exclusive");
            checkRelativePath(item.child("subPath"), mount.str("subPath"));
            checkRelativePath(item.child("subPathExpr"), mount.str("subPathExpr"));
        });
    }

    void checkRelativePath(const FieldPath& path, std::string_view text)
    {
        if (text.starts_with('/'))
            m_errors.invalid(path, text, "must be a relative path");
        if (hasParentStep(text))
            m_errors.invalid(path, text, "must not contain '..'");
    }

    static bool hasParentStep(std::string_view text)
    {
        while (!text.empty()) {
            const std::size_t end = std::min(text.find('/'), text.size());
            if (text.substr(0, end) == "..")
                return true;
            text.remove_prefix(std::min(end + 1, text.size()));
        }
        return false;
    }

    FieldErrors& m_errors;
    bool m_hostNetwork;
    Names m_volumes;
    Names m_regularNames;
};

} // namespace

void validateContainers(const FieldPath& path, const Value& spec, FieldErrors& errors)
{
    ContainerChecks checks(spec, errors);
    eachItem(path, spec, "containers", [&](const FieldPath& item, const Value& container) { checks.checkRegular(item, container); });
    eachItem(path, spec, "initContainers", [&](const FieldPath& item, const Value& container) { checks.checkInit(item, container); });
}

} // namespace kates::apiserver
