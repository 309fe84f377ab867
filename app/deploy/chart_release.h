// A Helm chart that was dropped, rendered and installed by the user's helm program, which speaks to the cluster through the engine. GUI thread.
#pragma once

#include <QTemporaryDir>
#include <qqmlregistration.h>

#include "app/connection/endpoint.h"
#include "app/deploy/manifest_files.h"
#include "app/deploy/outside_tool.h"

namespace kates::app {

class ChartRelease : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by its deployment")
    Q_PROPERTY(QString name READ name NOTIFY chartChanged) // of the chart, with its version; "" for none
    Q_PROPERTY(QString defaults READ defaults NOTIFY chartChanged) // its values.yaml
    Q_PROPERTY(QString release MEMBER m_release NOTIFY edited)
    Q_PROPERTY(QString ns MEMBER m_ns NOTIFY edited)
    Q_PROPERTY(QString values MEMBER m_values NOTIFY edited) // YAML over the defaults
    Q_PROPERTY(bool busy READ busy NOTIFY busyChanged)
public:
    using Then = std::function<void(QByteArray output, QString problem)>;

    explicit ChartRelease(std::function<Endpoint()> endpoint, QObject* parent = nullptr);

    void take(const ManifestBuild& chart);
    void clear();
    bool active() const { return !m_chart.path.isEmpty(); }
    QString name() const { return active() ? (m_chart.name + u' ' + m_chart.version).trimmed() : QString(); }
    QString shown() const { return m_chart.shown; }
    QString defaults() const { return m_chart.defaults; }
    QString ns() const { return m_ns.isEmpty() ? QStringLiteral("default") : m_ns; }
    QString release() const { return m_release; }
    bool busy() const { return m_tool.isRunning(); }

    void render(Then then); // helm template, without hooks
    void install(const QString& clusterRoot, Then then); // helm upgrade --install; remembers the revision that was there
    void undo(const QString& clusterRoot, Then then); // helm rollback, or uninstall when there was none
    QString command() const;

signals:
    void chartChanged();
    void edited();
    void busyChanged();

private:
    void run(const QStringList& arguments, Then then);
    QString valuesFile();
    QString problemOfNames() const;
    // A kubeconfig for one cluster behind the engine, readable by nobody else; "" with `problem` when it cannot be written.
    QString writeKubeconfig(const QString& clusterRoot, QString& problem);

    std::function<Endpoint()> m_endpoint;
    OutsideTool m_tool;
    ManifestBuild m_chart {};
    QString m_release, m_ns, m_values;
    QTemporaryDir m_folder;
    int m_previous = 0; // the revision before; 0: not installed
};

} // namespace kates::app
