#include "engine/client/kubeconfig.h"

#include <cerrno>
#include <fcntl.h>
#include <optional>
#include <unistd.h>

#include "engine/api/yaml.h"
#include "engine/base/base64.h"
#include "engine/base/files.h"

namespace kates::client {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kKubeconfigMaxBytes = 8u << 20;
constexpr std::size_t kPemMaxBytes = 1u << 20;

struct Section {
    std::string_view list, item;
};
constexpr Section kClusters{"clusters", "cluster"}, kUsers{"users", "user"}, kContexts{"contexts", "context"};

api::Value emptyKubeconfig()
{
    return api::Value::object({{"apiVersion", "v1"}, {"kind", "Config"}, {"clusters", api::Value::array()}, {"contexts", api::Value::array()},
        {"current-context", ""}, {"preferences", api::Value::object()}, {"users", api::Value::array()}});
}

Result<api::Value> readDocument(const fs::path& path)
{
    auto text = readFile(path, kKubeconfigMaxBytes);
    if (!text)
        return unexpected(text.error());
    auto documents = api::parseYaml(*text);
    if (!documents)
        return failure(path.string() + " is not a readable kubeconfig: " + documents.error().message);
    if (documents->empty())
        return emptyKubeconfig();
    if (documents->size() > 1 || !documents->front().value.isObject())
        return failure(path.string() + " is not a kubeconfig: one YAML mapping is expected");
    return documents->front().value;
}

const api::Value& findNamed(const api::Value& config, const Section& section, std::string_view name)
{
    static const api::Value kNone;
    for (const auto& item : config.get(section.list)) {
        if (item.str("name") == name)
            return item.get(section.item);
    }
    return kNone;
}

void removeNamed(api::Value& config, const Section& section, std::string_view name)
{
    if (!config.get(section.list).isArray())
        return;
    api::Value& list = config.edit(section.list);
    for (std::size_t i = list.size(); i-- > 0;) {
        if (list.at(i).str("name") == name)
            list.eraseAt(i);
    }
}

void setNamed(api::Value& config, const Section& section, std::string_view name, api::Value content)
{
    removeNamed(config, section, name);
    if (!config.get(section.list).isArray())
        config.set(section.list, api::Value::array());
    config.edit(section.list).push(api::Value::object({{"name", name}, {section.item, std::move(content)}}));
}

// "<key>-data" in base64, or the file that "<key>" names.
Result<std::string> pemOf(const api::Value& section, const std::string& key, const fs::path& directory)
{
    if (std::string_view data = section.str(key + "-data"); !data.empty()) {
        auto decoded = decodeBase64(data);
        if (!decoded)
            return failure(key + "-data is not base64");
        return std::move(*decoded);
    }
    if (std::string_view file = section.str(key); !file.empty())
        return readFile(directory / fs::path(file), kPemMaxBytes);
    return std::string();
}

Result<void> readUser(const api::Value& user, const fs::path& directory, KubeContext& context)
{
    for (std::string_view unsupported : {"exec", "auth-provider", "username"}) {
        if (user.has(unsupported))
            return failure("the user of context \"" + context.name + "\" needs \"" + std::string(unsupported)
                + "\", which Kates does not support: use a token or a client certificate");
    }
    auto certificate = pemOf(user, "client-certificate", directory);
    if (!certificate)
        return unexpected(certificate.error());
    auto key = pemOf(user, "client-key", directory);
    if (!key)
        return unexpected(key.error());
    context.clientCertificatePem = std::move(*certificate);
    context.clientKeyPem = std::move(*key);
    context.token = user.str("token");
    if (std::string_view file = user.str("tokenFile"); !file.empty())
        context.tokenFile = (directory / fs::path(file)).string();
    return {};
}

// Holds <file>.lock as kubectl does while it changes the file.
class KubeconfigLock {
public:
    static Result<KubeconfigLock> take(const fs::path& path)
    {
        KubeconfigLock lock;
        lock.m_path = path.string() + ".lock";
        const int fd = ::open(lock.m_path.c_str(), O_CREAT | O_EXCL | O_CLOEXEC | O_WRONLY, 0600);
        if (fd < 0 && errno == EEXIST)
            return failure(path.string() + " is being changed by another program (remove " + lock.m_path + " if that is not so)");
        if (fd < 0)
            return systemFailure("cannot lock " + path.string());
        ::close(fd);
        lock.m_held = true;
        return lock;
    }
    KubeconfigLock(KubeconfigLock&& other) noexcept : m_path(std::move(other.m_path)), m_held(std::exchange(other.m_held, false)) {}
    ~KubeconfigLock()
    {
        if (m_held)
            ::unlink(m_path.c_str());
    }

private:
    KubeconfigLock() = default;
    std::string m_path;
    bool m_held = false;
};

// A link stays a link: what it points to is replaced.
Result<void> writeKubeconfig(const fs::path& path, const api::Value& config)
{
    std::error_code absent, error;
    const fs::path target = fs::is_symlink(path, absent) ? fs::weakly_canonical(path, error) : path;
    if (error)
        return systemFailure("cannot follow the link " + path.string(), error.value());
    return writeFileAtomically(target, api::toYaml(config), 0600);
}

void setContext(api::Value& config, const KubeContext& context)
{
    api::Value cluster = api::Value::object({{"server", context.server}});
    if (!context.caPem.empty())
        cluster.set("certificate-authority-data", encodeBase64(context.caPem));
    if (context.insecureSkipTlsVerify)
        cluster.set("insecure-skip-tls-verify", true);
    if (!context.tlsServerName.empty())
        cluster.set("tls-server-name", context.tlsServerName);
    api::Value user = api::Value::object();
    if (!context.clientCertificatePem.empty()) {
        user.set("client-certificate-data", encodeBase64(context.clientCertificatePem));
        user.set("client-key-data", encodeBase64(context.clientKeyPem));
    }
    if (!context.token.empty())
        user.set("token", context.token);
    if (!context.tokenFile.empty())
        user.set("tokenFile", context.tokenFile);
    api::Value link = api::Value::object({{"cluster", context.name}, {"user", context.name}});
    if (!context.ns.empty())
        link.set("namespace", context.ns);
    setNamed(config, kClusters, context.name, std::move(cluster));
    setNamed(config, kUsers, context.name, std::move(user));
    setNamed(config, kContexts, context.name, std::move(link));
}

} // namespace

Result<KubeContext> readKubeconfig(const fs::path& path, const std::string& name)
{
    auto config = readDocument(path);
    if (!config)
        return unexpected(config.error());
    KubeContext context;
    context.name = name.empty() ? std::string(config->str("current-context")) : name;
    const api::Value& link = findNamed(*config, kContexts, context.name);
    if (!link.isObject())
        return failure(context.name.empty() ? path.string() + " has no current context" : path.string() + " has no context \"" + context.name + "\"");
    const api::Value& cluster = findNamed(*config, kClusters, link.str("cluster"));
    context.server = cluster.str("server");
    if (context.server.empty())
        return failure("context \"" + context.name + "\" in " + path.string() + " names no cluster with a server");
    context.ns = link.str("namespace");
    context.tlsServerName = cluster.str("tls-server-name");
    context.insecureSkipTlsVerify = cluster.get("insecure-skip-tls-verify").asBool();
    auto ca = pemOf(cluster, "certificate-authority", path.parent_path());
    if (!ca)
        return unexpected(ca.error());
    context.caPem = std::move(*ca);
    if (auto user = readUser(findNamed(*config, kUsers, link.str("user")), path.parent_path(), context); !user)
        return unexpected(user.error());
    return context;
}

Result<void> mergeIntoKubeconfig(const fs::path& path, const KubeContext& context, bool makeCurrent)
{
    if (auto made = makeDirectories(path.parent_path(), 0700); !made)
        return made;
    auto lock = KubeconfigLock::take(path);
    if (!lock)
        return unexpected(lock.error());
    api::Value config = emptyKubeconfig();
    if (fs::exists(path)) {
        auto existing = readDocument(path);
        if (!existing)
            return unexpected(existing.error());
        config = std::move(*existing);
    }
    setContext(config, context);
    if (makeCurrent)
        config.set("current-context", context.name);
    return writeKubeconfig(path, config);
}

Result<void> removeFromKubeconfig(const fs::path& path, const std::string& name)
{
    if (!fs::exists(path))
        return {};
    auto lock = KubeconfigLock::take(path);
    if (!lock)
        return unexpected(lock.error());
    auto config = readDocument(path);
    if (!config)
        return unexpected(config.error());
    const api::Value before = *config;
    for (const Section& section : {kClusters, kUsers, kContexts})
        removeNamed(*config, section, name);
    if (config->str("current-context") == name)
        config->set("current-context", "");
    if (*config == before)
        return {};
    return writeKubeconfig(path, *config);
}

std::string toKubeconfig(const KubeContext& context)
{
    api::Value config = emptyKubeconfig();
    setContext(config, context);
    config.set("current-context", context.name);
    return api::toYaml(config);
}

} // namespace kates::client
