// Every kind that a cluster serves and that can be listed, in the sections that people look for them in. GUI thread.
#pragma once

#include <QAbstractListModel>
#include <qqmlregistration.h>

#include "app/discovery/discovery.h"

namespace kates::app {

class Catalog : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the session")
    Q_PROPERTY(bool loaded READ loaded NOTIFY changed)
    Q_PROPERTY(QString problem READ problem NOTIFY changed)
public:
    enum Roles { IdRole = Qt::UserRole, SectionRole, KindRole, LabelRole, GroupRole, ShortNameRole, NamespacedRole };
    enum Section { Workloads, Network, Config, Storage, Access, Cluster, Custom, Other };
    Q_ENUM(Section)

    Catalog(ApiClient& client, QString root, QObject* parent = nullptr);

    // Asks the server anew; a load that is under way is not repeated.
    Q_INVOKABLE void load();
    bool loaded() const { return m_loaded; }
    QString problem() const { return m_problem; }

    const std::vector<ResourceInfo>& resources() const { return m_resources; }
    const ResourceInfo* byId(const QString& id) const; // "deployments.apps", "pods"
    const ResourceInfo* byKind(const QString& apiVersion, const QString& kind) const;
    // What a user types: a plural, a singular, a kind or a short name, in any case; with the group after a dot when it must be told apart.
    Q_INVOKABLE QString idOf(const QString& typed) const; // "" when there is none
    Q_INVOKABLE QString kindOf(const QString& id) const;
    Q_INVOKABLE QString idOfKind(const QString& apiVersion, const QString& kind) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

signals:
    void changed();

private:
    void loadGroups(const api::Value& groupList);
    void loadVersion(const QString& path, int rank);
    void finish();
    void take(std::vector<ResourceInfo> resources);

    ApiClient& m_client;
    const QString m_root;
    std::vector<ResourceInfo> m_resources;
    struct Incoming {
        ResourceInfo info;
        int rank; // 0: of its group's preferred version
    };
    std::vector<Incoming> m_incoming;
    int m_pending = 0;
    bool m_loaded = false;
    QString m_problem;
};

[[nodiscard]] QString resourceId(const ResourceRef& ref);
[[nodiscard]] Catalog::Section sectionOf(const ResourceInfo& info);
[[nodiscard]] int rankInSection(const QString& kind);
[[nodiscard]] QString sectionText(Catalog::Section section);
[[nodiscard]] QString pluralOf(const QString& kind); // for a heading: Pods, Ingresses, NetworkPolicies

} // namespace kates::app
