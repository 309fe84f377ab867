#include "app/clusters/kubeconfig.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QUrl>

#include "app/base/text.h"
#include "engine/api/yaml.h"
#include "engine/base/shell_word.h"

namespace kates::app {

namespace {

using api::Value;

constexpr api::ParseLimits kLimits { std::size_t(kKubeconfigBytesMax), 40, 100'000 };

QString words(const char* text) { return QCoreApplication::translate("Kubeconfig", text); }

auto refusal(const QString& sentence) { return failure(toStd(sentence)); }

Result<QByteArray> readBounded(const QString& path, qint64 most)
{
    const QFileInfo info(path);
    if (!info.exists())
        return refusal(words(QT_TRANSLATE_NOOP("Kubeconfig", "%1 does not exist.")).arg(path));
    if (!info.isFile()) // never a device or a pipe, which might have no end
        return refusal(words(QT_TRANSLATE_NOOP("Kubeconfig", "%1 is not a file.")).arg(path));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return refusal(words(QT_TRANSLATE_NOOP("Kubeconfig", "%1 cannot be read: %2.")).arg(path, file.errorString()));
    QByteArray text = file.read(most + 1);
    if (text.size() > most)
        return refusal(words(QT_TRANSLATE_NOOP("Kubeconfig", "%1 is larger than %2 KiB.")).arg(path).arg(most / 1024));
    return text;
}

const Value& named(const Value& config, const char* list, const char* item, std::string_view name)
{
    static const Value none;
    for (const Value& entry : config.get(list)) {
        if (entry.str("name") == name)
            return entry.get(item);
    }
    return none;
}

// As ExecCommand::line() of the engine has it, but safe to show.
QString quoted(std::string_view word) { return displayText(shellWord(word), kDisplayCharactersMax + 2); }

QString commandLine(const Value& exec)
{
    QStringList parts;
    for (const Value& variable : exec.get("env"))
        parts.append(displayText(variable.str("name")) + u'=' + quoted(variable.str("value")));
    parts.append(quoted(exec.str("command")));
    for (const Value& argument : exec.get("args"))
        parts.append(quoted(argument.asString()));
    return parts.join(u' ');
}

QString authenticationOf(const Value& user)
{
    if (user.has("exec"))
        return QStringLiteral("ExecPlugin");
    if (user.has("client-certificate") || user.has("client-certificate-data"))
        return QStringLiteral("ClientCertificate");
    if (user.has("token") || user.has("tokenFile"))
        return QStringLiteral("Token");
    return user.has("username") ? QStringLiteral("Basic") : QStringLiteral("None");
}

KubeContext contextOf(const Value& config, const Value& entry)
{
    const Value& link = entry.get("context");
    const Value& cluster = named(config, "clusters", "cluster", link.str("cluster"));
    const Value& user = named(config, "users", "user", link.str("user"));
    KubeContext context;
    context.name = toQString(entry.str("name"));
    context.user = displayText(link.str("user"), 253);
    context.server = displayText(cluster.str("server"), 300);
    context.authentication = authenticationOf(user);
    context.command = user.has("exec") ? commandLine(user.get("exec")) : QString();
    context.insecure = cluster.get("insecure-skip-tls-verify").asBool();
    const QUrl server(toQString(cluster.str("server")), QUrl::StrictMode);
    if (cluster.isNull())
        context.problem = words(QT_TRANSLATE_NOOP("Kubeconfig", "It names the cluster “%1”, which the file does not hold."))
                              .arg(displayText(link.str("cluster"), 253));
    else if (!server.isValid() || server.host().isEmpty())
        context.problem = words(QT_TRANSLATE_NOOP("Kubeconfig", "Its cluster names no usable server."));
    else if (user.has("auth-provider"))
        context.problem
            = words(QT_TRANSLATE_NOOP("Kubeconfig", "It needs an “auth-provider”, which Kubernetes has replaced by credential plug-ins (exec)."));
    else if (cluster.has("proxy-url") || user.has("as"))
        context.problem = words(QT_TRANSLATE_NOOP("Kubeconfig", "It needs a proxy (proxy-url) or another user's name (as), which Kates does not do."));
    return context;
}

// What `key` names is read, and stands in `as` from then on, in base64 when that is what the field holds.
Result<void> embed(Value& section, const char* key, const char* as, const QDir& folder, bool base64)
{
    const QString name = toQString(section.str(key));
    if (name.isEmpty())
        return {};
    auto text = readBounded(folder.absoluteFilePath(name), kEmbeddedFileBytesMax);
    if (!text)
        return unexpected(text.error());
    section.erase(key);
    if (section.str(as).empty())
        section.set(as, (base64 ? text->toBase64() : text->trimmed()).toStdString());
    return {};
}

Result<void> embedAll(Value& cluster, Value& user, const QDir& folder)
{
    if (auto done = embed(cluster, "certificate-authority", "certificate-authority-data", folder, true); !done)
        return done;
    if (auto done = embed(user, "client-certificate", "client-certificate-data", folder, true); !done)
        return done;
    if (auto done = embed(user, "client-key", "client-key-data", folder, true); !done)
        return done;
    if (auto done = embed(user, "tokenFile", "token", folder, false); !done)
        return done;
    const QString command = toQString(user.get("exec").str("command"));
    if (command.contains(u'/'))
        user.edit("exec").set("command", toStd(folder.absoluteFilePath(command)));
    return {};
}

Value list(std::string_view name, const char* item, const Value& content)
{
    Value entry = Value::object({ { "name", name } });
    entry.set(item, content);
    Value list = Value::array();
    list.push(entry);
    return list;
}

} // namespace

QString kubeconfigFix()
{
    return words(QT_TRANSLATE_NOOP("Kubeconfig", "Choose another file, or write one that is complete: kubectl config view --minify --flatten > cluster.yaml"));
}

Result<Kubeconfig> readKubeconfig(const QString& file)
{
    auto text = readBounded(file, kKubeconfigBytesMax);
    if (!text)
        return unexpected(text.error());
    return parseKubeconfig(file, { text->constData(), std::size_t(text->size()) });
}

Result<Kubeconfig> parseKubeconfig(const QString& file, std::string_view text)
{
    const auto documents = api::parseYaml(text, kLimits);
    if (!documents)
        return refusal(words(QT_TRANSLATE_NOOP("Kubeconfig", "%1 is not a readable kubeconfig: %2.")).arg(file, displayText(documents.error().message)));
    if (documents->size() != 1 || !documents->front().value.isObject() || !documents->front().value.get("contexts").isArray())
        return refusal(words(QT_TRANSLATE_NOOP("Kubeconfig", "%1 is not a kubeconfig: it has no list of contexts.")).arg(file));
    Kubeconfig config { file, {}, {}, documents->front().value };
    config.current = toQString(config.document.str("current-context"));
    for (const Value& entry : config.document.get("contexts")) {
        if (config.contexts.size() < kKubeContextsMax && !entry.str("name").empty())
            config.contexts.push_back(contextOf(config.document, entry));
    }
    if (config.contexts.empty())
        return refusal(words(QT_TRANSLATE_NOOP("Kubeconfig", "%1 holds no context.")).arg(file));
    return config;
}

Result<std::string> singleContext(const Kubeconfig& config, const QString& context)
{
    const std::string name = toStd(context);
    const Value& link = named(config.document, "contexts", "context", name);
    Value cluster = named(config.document, "clusters", "cluster", link.str("cluster"));
    Value user = named(config.document, "users", "user", link.str("user"));
    if (!cluster.isObject())
        return refusal(words(QT_TRANSLATE_NOOP("Kubeconfig", "%1 holds no context “%2” with a cluster.")).arg(config.file, displayText(name, 253)));
    if (!user.isObject())
        user = Value::object();
    if (auto done = embedAll(cluster, user, QFileInfo(config.file).absoluteDir()); !done)
        return unexpected(done.error());
    Value whole = Value::object({ { "apiVersion", "v1" }, { "kind", "Config" }, { "current-context", name } });
    whole.set("contexts", list(name, "context", link));
    whole.set("clusters", list(link.str("cluster"), "cluster", cluster));
    whole.set("users", list(link.str("user"), "user", user));
    return api::toYaml(whole);
}

QString defaultKubeconfig()
{
    const QStringList files = qEnvironmentVariable("KUBECONFIG").split(QDir::listSeparator(), Qt::SkipEmptyParts);
    for (const QString& file : files) {
        if (QFileInfo(file).isFile())
            return file;
    }
    return QDir::homePath() + QStringLiteral("/.kube/config");
}

} // namespace kates::app
