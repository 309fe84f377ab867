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

// `where` names the text in errors.
Result<api::Value> parseDocument(std::string_view text, const std::string& where)
{
    auto documents = api::parseYaml(text);
    if (!documents)
        return failure(where + " is not a readable kubeconfig: " + documents.error().message);
    if (documents->empty())
        return emptyKubeconfig();
    if (documents->size() > 1 || !documents->front().value.isObject())
        return failure(where + " is not a kubeconfig: one YAML mapping is expected");
    return documents->front().value;
}

Result<api::Value> readDocument(const fs::path& path)
{
    auto text = readFile(path, kKubeconfigMaxBytes);
    if (!text)
        return unexpected(text.error());
    return parseDocument(*text, path.string());
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

// Where files are looked up that a kubeconfig names; none: they are not followed.
using Directory = std::optional<fs::path>;

Result<std::string> fileOf(const api::Value& section, const std::string& key, const Directory& directory)
{
    const std::string_view file = section.str(key);
    if (file.empty())
        return std::string();
    if (!directory)
        return failure("it names the file " + std::string(file) + " (" + key + "), which must be embedded instead");
    return (*directory / fs::path(file)).string();
}

// "<key>-data" in base64, or the file that "<key>" names.
Result<std::string> pemOf(const api::Value& section, const std::string& key, const Directory& directory)
{
    if (std::string_view data = section.str(key + "-data"); !data.empty()) {
        auto decoded = decodeBase64(data);
        if (!decoded)
            return failure(key + "-data is not base64");
        return std::move(*decoded);
    }
    auto file = fileOf(section, key, directory);
    return file && !file->empty() ? readFile(*file, kPemMaxBytes) : file;
}

Result<void> readUser(const api::Value& user, const api::Value& cluster, const Directory& directory, KubeContext& context)
{
    if (user.has("auth-provider"))
        return failure("the user of context \"" + context.name + "\" needs an \"auth-provider\", which Kubernetes has replaced by credential plug-ins (exec)");
    auto certificate = pemOf(user, "client-certificate", directory);
    auto key = pemOf(user, "client-key", directory);
    auto tokenFile = fileOf(user, "tokenFile", directory);
    for (const auto* read : {&certificate, &key, &tokenFile})
        if (!*read)
            return unexpected(read->error());
    context.clientCertificatePem = std::move(*certificate);
    context.clientKeyPem = std::move(*key);
    context.tokenFile = std::move(*tokenFile);
    context.token = user.str("token");
    context.username = user.str("username");
    context.password = user.str("password");
    context.impersonate = user.str("as");
    if (user.has("exec")) {
        auto exec = readExecCommand(user.get("exec"), cluster);
        if (!exec)
            return unexpected(exec.error());
        context.exec = std::move(*exec);
    }
    return {};
}

Result<KubeContext> readContext(const api::Value& config, const std::string& where, const std::string& name, const Directory& directory)
{
    KubeContext context;
    context.name = name.empty() ? std::string(config.str("current-context")) : name;
    const api::Value& link = findNamed(config, kContexts, context.name);
    if (!link.isObject())
        return failure(where + (context.name.empty() ? " has no current context" : " has no context \"" + context.name + "\""));
    const api::Value& cluster = findNamed(config, kClusters, link.str("cluster"));
    context.server = cluster.str("server");
    if (context.server.empty())
        return failure("context \"" + context.name + "\" in " + where + " names no cluster with a server");
    context.ns = link.str("namespace");
    context.tlsServerName = cluster.str("tls-server-name");
    context.insecureSkipTlsVerify = cluster.get("insecure-skip-tls-verify").asBool();
    context.proxyUrl = cluster.str("proxy-url");
    auto ca = pemOf(cluster, "certificate-authority", directory);
    if (!ca)
        return unexpected(ca.error());
    context.caPem = std::move(*ca);
    if (auto user = readUser(findNamed(config, kUsers, link.str("user")), cluster, directory, context); !user)
        return unexpected(user.error());
    return context;
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
    if (!context.username.empty()) {
        user.set("username", context.username);
        user.set("password", context.password);
    }
    if (context.exec) {
        user.set("exec", toValue(*context.exec));
        if (!context.exec->clusterConfig.isNull())
            cluster.set("extensions", api::Value::array({api::Value::object({{"name", kExecClusterExtension}, {"extension", context.exec->clusterConfig}})}));
    }
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
    return readContext(*config, path.string(), name, path.parent_path());
}

Result<KubeContext> parseKubeconfig(std::string_view text, const std::string& name)
{
    auto config = parseDocument(text, "the text");
    if (!config)
        return unexpected(config.error());
    return readContext(*config, "the kubeconfig", name, std::nullopt);
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
