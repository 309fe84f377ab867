#include "app/deploy/chart_release.h"

#include <QFile>
#include <QRegularExpression>

#include "app/base/text.h"
#include "engine/api/json.h"

namespace kates::app {

ChartRelease::ChartRelease(std::function<Endpoint()> endpoint, QObject* parent)
    : QObject(parent)
    , m_endpoint(std::move(endpoint))
    , m_tool(this)
{
}

void ChartRelease::take(const ManifestBuild& chart)
{
    m_chart = chart;
    m_release = chart.name;
    m_ns = QStringLiteral("default");
    m_values.clear();
    m_previous = 0;
    emit chartChanged();
    emit edited();
}

void ChartRelease::clear()
{
    m_tool.cancel();
    m_chart = {};
    emit chartChanged();
    emit busyChanged();
}

QString ChartRelease::problemOfNames() const
{
    static const QRegularExpression name(QStringLiteral("^[a-z0-9]([-a-z0-9]{0,51}[a-z0-9])?$"));
    if (!name.match(m_release).hasMatch())
        return tr("“%1” cannot be the name of a release: small letters, digits and dashes, at most 53.").arg(m_release);
    return name.match(ns()).hasMatch() ? QString() : tr("“%1” cannot be the name of a namespace.").arg(ns());
}

void ChartRelease::run(const QStringList& arguments, Then then)
{
    m_tool.run(OutsideTool::find(QStringLiteral("helm")), arguments, [this, then = std::move(then)](const ToolAnswer& answer) {
        emit busyChanged();
        then(answer.output, answer.problem);
    });
    emit busyChanged();
}

QString ChartRelease::valuesFile()
{
    QFile file(m_folder.filePath(QStringLiteral("values.yaml")));
    if (!file.open(QIODevice::WriteOnly) || file.write(m_values.toUtf8()) < 0)
        return {};
    return file.fileName();
}

void ChartRelease::render(Then then)
{
    if (const QString problem = problemOfNames(); !problem.isEmpty())
        return then({}, problem);
    run({ QStringLiteral("template"), m_release, m_chart.path, QStringLiteral("--namespace"), ns(), QStringLiteral("--values"), valuesFile(),
            QStringLiteral("--include-crds"), QStringLiteral("--no-hooks") },
        std::move(then));
}

QString ChartRelease::writeKubeconfig(const QString& clusterRoot, QString& problem)
{
    const Endpoint endpoint = m_endpoint ? m_endpoint() : Endpoint();
    QUrl server = endpoint.server;
    server.setPath(clusterRoot, QUrl::TolerantMode);
    QString user;
    if (!endpoint.token.isEmpty())
        user = QStringLiteral("token: ") + QString::fromStdString(api::toJson(api::Value(endpoint.token.toStdString())));
    else
        user = QStringLiteral("client-certificate-data: %1, client-key-data: %2")
                   .arg(QString::fromLatin1(endpoint.clientCertificate.toBase64()), QString::fromLatin1(endpoint.clientKey.toBase64()));
    const QString text = QStringLiteral("apiVersion: v1\nkind: Config\ncurrent-context: kates\ncontexts:\n- {name: kates, context: {cluster: kates, user: kates}}\n"
                                        "clusters:\n- {name: kates, cluster: {server: \"%1\", certificate-authority-data: %2}}\n"
                                        "users:\n- {name: kates, user: {%3}}\n")
                             .arg(server.toString(QUrl::FullyEncoded), QString::fromLatin1(endpoint.authorities.toBase64()), user);
    QFile file(m_folder.filePath(QStringLiteral("kubeconfig")));
    file.remove();
    const bool written = file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) && file.write(text.toUtf8()) > 0;
    problem = written ? QString() : file.errorString();
    return file.fileName();
}

void ChartRelease::install(const QString& clusterRoot, Then then)
{
    QString problem;
    const QString kubeconfig = writeKubeconfig(clusterRoot, problem);
    if (!problem.isEmpty())
        return then({}, problem);
    const QStringList where { QStringLiteral("--namespace"), ns(), QStringLiteral("--kubeconfig"), kubeconfig };
    // A release that is not there fails here, and that is an answer.
    run(QStringList { QStringLiteral("status"), m_release, QStringLiteral("--output"), QStringLiteral("json") } + where,
        [this, where, then = std::move(then)](const QByteArray& output, const QString& absent) {
            const auto status = api::parseJson({ output.constData(), std::size_t(output.size()) });
            m_previous = absent.isEmpty() && status ? int(status->get("version").asInt()) : 0;
            run(QStringList { QStringLiteral("upgrade"), QStringLiteral("--install"), m_release, m_chart.path, QStringLiteral("--create-namespace"),
                    QStringLiteral("--values"), valuesFile() }
                    + where,
                then);
        });
}

void ChartRelease::undo(const QString& clusterRoot, Then then)
{
    QString problem;
    const QString kubeconfig = writeKubeconfig(clusterRoot, problem);
    if (!problem.isEmpty())
        return then({}, problem);
    QStringList arguments { QStringLiteral("uninstall"), m_release };
    if (m_previous > 0)
        arguments = { QStringLiteral("rollback"), m_release, QString::number(m_previous) };
    run(arguments + QStringList { QStringLiteral("--namespace"), ns(), QStringLiteral("--kubeconfig"), kubeconfig }, std::move(then));
}

QString ChartRelease::command() const
{
    return QStringLiteral("helm upgrade --install %1 %2 --namespace %3 --create-namespace%4")
        .arg(m_release, m_chart.shown, ns(), m_values.trimmed().isEmpty() ? QString() : QStringLiteral(" --values values.yaml"));
}

} // namespace kates::app
