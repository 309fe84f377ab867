#include "app/clusters/remote_actions.h"

#include <QDateTime>
#include <QRegularExpression>

#include "app/base/text.h"
#include "app/clusters/remote_roles.h"
#include "engine/base/base64.h"

namespace kates::app {

namespace {

using api::Value;

const QString kNamespace = QStringLiteral("kates-system");
constexpr int kNameMax = 40; // the engine's

ResourceRef secrets() { return { {}, {}, QStringLiteral("v1"), QStringLiteral("secrets"), true }; }

ResourceRef namespaces() { return { {}, {}, QStringLiteral("v1"), QStringLiteral("namespaces"), false }; }

QString secretName(const QString& cluster) { return cluster + QStringLiteral("-kubeconfig"); }

Value secretOf(const QString& cluster, const std::string& kubeconfig)
{
    Value secret = Value::object({ { "apiVersion", "v1" }, { "kind", "Secret" }, { "type", "cluster.x-k8s.io/secret" } });
    secret.edit("metadata").set("name", toStd(secretName(cluster)));
    secret.edit("metadata").set("namespace", toStd(kNamespace));
    secret.edit("data").set("value", encodeBase64(kubeconfig));
    return secret;
}

// What makes the engine connect: a new value of this annotation.
void askForProbe(Value& object)
{
    object.edit("metadata", "annotations").set("engine.kates.dev/probe", toStd(QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)));
}

Value remoteOf(const QString& name, bool readOnly, const QString& color)
{
    Value remote = Value::object({ { "apiVersion", "engine.kates.dev/v1alpha1" }, { "kind", "RemoteCluster" } });
    remote.edit("metadata").set("name", toStd(name));
    askForProbe(remote);
    remote.edit("spec").set("access", readOnly ? "ReadOnly" : "ReadWrite");
    remote.edit("spec").set("displayColor", toStd(hexOfColor(color)));
    remote.edit("spec", "kubeconfigSecretRef").set("name", toStd(secretName(name)));
    return remote;
}

} // namespace

RemoteActions::RemoteActions(
    DataThread& thread, ApiClient& client, Notices& notices, Preferences& preferences, ObjectListModel& remotes, QObject* parent)
    : QObject(parent)
    , m_thread(thread)
    , m_client(client)
    , m_notices(notices)
    , m_preferences(preferences)
    , m_remotes(remotes)
{
}

QVariantList RemoteActions::contexts() const
{
    QVariantList list;
    for (const KubeContext& context : m_config.contexts) {
        list.append(QVariantMap {
            { QStringLiteral("name"), context.name },
            { QStringLiteral("user"), context.user },
            { QStringLiteral("server"), context.server },
            { QStringLiteral("authentication"), context.authentication },
            { QStringLiteral("command"), context.command },
            { QStringLiteral("insecure"), context.insecure },
            { QStringLiteral("problem"), context.problem },
            { QStringLiteral("current"), context.name == m_config.current },
        });
    }
    return list;
}

void RemoteActions::openDefault() { read(defaultKubeconfig()); }

void RemoteActions::openFile(const QUrl& file) { read(file.toLocalFile()); }

void RemoteActions::forgetFile()
{
    ++m_round;
    m_config = {};
    m_problem.clear();
    m_reading = false;
    emit fileChanged();
}

void RemoteActions::read(const QString& file)
{
    forgetFile();
    m_config.file = file;
    m_reading = true;
    emit fileChanged();
    m_thread.compute(
        this, [file] { return readKubeconfig(file); },
        [this, round = m_round](Result<Kubeconfig> config) {
            if (round != m_round)
                return;
            m_reading = false;
            if (config)
                m_config = std::move(*config);
            else
                m_problem = toQString(config.error().message);
            emit fileChanged();
        });
}

QString RemoteActions::nameFor(const QString& context) const
{
    static const QRegularExpression others(QStringLiteral("[^a-z0-9]+"));
    static const QRegularExpression edges(QStringLiteral("^-+|-+$"));
    // The last part of an ARN or a path says most.
    const QString tail = context.section(u'/', -1, -1, QString::SectionSkipEmpty);
    QString name = tail.toLower().replace(others, QStringLiteral("-")).remove(edges).left(kNameMax).remove(edges);
    return name.isEmpty() ? QStringLiteral("remote") : name;
}

void RemoteActions::attach(const QString& context, const QString& name, bool readOnly, const QString& color)
{
    m_thread.compute(
        this, [config = m_config, context] { return singleContext(config, context); },
        [this, name, readOnly, color](const Result<std::string>& kubeconfig) {
            if (!kubeconfig)
                emit attachFailed(toQString(kubeconfig.error().message), kubeconfigFix());
            else
                create(name, *kubeconfig, readOnly, color);
        });
}

void RemoteActions::create(const QString& name, const std::string& kubeconfig, bool readOnly, const QString& color)
{
    createSecret(name, kubeconfig, true, [this, name, readOnly, color] {
        m_client.send(postRequest(remoteClustersResource().path(), remoteOf(name, readOnly, color)), this, [this, name](const ApiReply& reply) {
            if (reply) {
                forgetFile();
                emit attached(name);
                return;
            }
            // The credentials of a cluster that is not there stay nowhere.
            m_client.send(deleteRequest(secrets().objectPath(kNamespace, secretName(name))), this, [](const ApiReply&) {});
            emit attachFailed(errorSentence(reply.error()), {});
        });
    });
}

void RemoteActions::createSecret(const QString& name, const std::string& kubeconfig, bool again, std::function<void()> then)
{
    m_client.send(postRequest(secrets().path(kNamespace), secretOf(name, kubeconfig)), this,
        [this, name, kubeconfig, again, then = std::move(then)](const ApiReply& reply) {
            const auto retry = [this, name, kubeconfig, then](const ApiReply&) { createSecret(name, kubeconfig, false, then); };
            const bool attachedAlready = m_remotes.indexOfKey(name) >= 0;
            if (reply) {
                then();
            } else if (again && reply.error().code == 404) {
                Value ns = Value::object({ { "apiVersion", "v1" }, { "kind", "Namespace" } });
                ns.edit("metadata").set("name", toStd(kNamespace));
                m_client.send(postRequest(namespaces().path(), ns), this, retry);
            } else if (again && reply.error().isAlreadyExists() && !attachedAlready) {
                // What an attempt that was cut short left behind.
                m_client.send(deleteRequest(secrets().objectPath(kNamespace, secretName(name))), this, retry);
            } else {
                emit attachFailed(errorSentence(reply.error()), {});
            }
        });
}

void RemoteActions::consent(const QString& name, const QString& shownCommand)
{
    const int row = m_remotes.indexOfKey(name);
    const std::string command(row < 0 ? std::string_view() : m_remotes.object(row).str("status", "execCommand"));
    if (command.empty() || displayText(command) != shownCommand)
        return;
    Value patch = Value::object();
    patch.edit("spec", "execPlugin").set("approvedCommand", command);
    askForProbe(patch);
    m_client.send(patchRequest(remoteClustersResource().objectPath({}, name), kMergePatch, patch), this, [this, name](const ApiReply& reply) {
        if (!reply)
            m_notices.add(Notices::Problem, tr("Your consent for “%1” was not stored").arg(name), errorSentence(reply.error()));
    });
}

void RemoteActions::probe(const QString& name)
{
    Value patch = Value::object();
    askForProbe(patch);
    m_client.send(patchRequest(remoteClustersResource().objectPath({}, name), kMergePatch, patch), this, [this, name](const ApiReply& reply) {
        if (!reply)
            m_notices.add(Notices::Problem, tr("“%1” was not asked").arg(name), errorSentence(reply.error()));
    });
}

void RemoteActions::detach(const QString& name)
{
    const int row = m_remotes.indexOfKey(name);
    const QString secret = row < 0 ? secretName(name) : m_remotes.value(row, QStringLiteral("secret")).toString();
    m_client.send(deleteRequest(remoteClustersResource().objectPath({}, name)), this, [this, name, secret](const ApiReply& reply) {
        if (!reply && reply.error().code != 404) {
            m_notices.add(Notices::Problem, tr("“%1” was not detached").arg(name), errorSentence(reply.error()));
            return;
        }
        m_preferences.forgetCluster(name);
        m_client.send(deleteRequest(secrets().objectPath(kNamespace, secret)), this, [this, name](const ApiReply& answer) {
            if (!answer && answer.error().code != 404)
                m_notices.add(Notices::Problem, tr("The credentials of “%1” are still in the engine").arg(name), errorSentence(answer.error()));
        });
    });
}

} // namespace kates::app
