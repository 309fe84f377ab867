// One object in the drawer: what it is, how it stands, what belongs to it, what happened to it, and what can be done. GUI thread.
#pragma once

#include <QTimer>

#include "app/details/access.h"
#include "app/details/delete_preview.h"
#include "app/details/drain.h"
#include "app/details/object_actions.h"
#include "app/details/object_metrics.h"
#include "app/details/revisions.h"
#include "app/details/yaml_edit.h"
#include "app/discovery/catalog.h"
#include "app/models/live_resource.h"
#include "app/models/object_list_model.h"
#include "app/objects/object_state.h"

namespace kates::app {

inline constexpr int kChangesMax = 50;

// What the drawer is told of the cluster around the object.
struct ClusterView {
    QString root;
    std::function<std::vector<std::pair<ResourceInfo, Informer*>>()> informers; // that related objects are looked for in
    std::function<const std::vector<ResourceInfo>&()> kinds; // all that the server has
};

class ObjectDetails : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the session")
    Q_PROPERTY(bool open READ isOpen NOTIFY targetChanged)
    Q_PROPERTY(QString kind READ kind NOTIFY targetChanged)
    Q_PROPERTY(QString ns READ ns NOTIFY targetChanged)
    Q_PROPERTY(QString name READ name NOTIFY targetChanged)
    Q_PROPERTY(QString key READ key NOTIFY targetChanged)
    Q_PROPERTY(QString title READ title NOTIFY targetChanged) // the name, safe to show
    Q_PROPERTY(bool found READ found NOTIFY changed)
    Q_PROPERTY(bool absent READ absent NOTIFY changed) // the server has no such object, and had none since the drawer opened
    Q_PROPERTY(bool gone READ gone NOTIFY changed) // it was there while the drawer was open
    Q_PROPERTY(QString problem READ problem NOTIFY changed)
    Q_PROPERTY(int state READ state NOTIFY changed)
    Q_PROPERTY(QString statusText READ statusText NOTIFY changed)
    Q_PROPERTY(QString reason READ reason NOTIFY changed)
    Q_PROPERTY(QString lag READ lag NOTIFY changed) // when the controller is behind the spec
    Q_PROPERTY(QDateTime created READ created NOTIFY changed)
    Q_PROPERTY(int replicas READ replicas NOTIFY changed)
    Q_PROPERTY(QVariantList facts READ facts NOTIFY changed)
    Q_PROPERTY(QVariantList gauges READ gauges NOTIFY changed)
    Q_PROPERTY(QVariantList conditions READ conditions NOTIFY changed)
    Q_PROPERTY(QVariantList containers READ containers NOTIFY changed)
    Q_PROPERTY(QVariantList labels READ labels NOTIFY changed)
    Q_PROPERTY(QVariantList annotations READ annotations NOTIFY changed)
    Q_PROPERTY(QVariantList related READ related NOTIFY relatedChanged)
    Q_PROPERTY(bool relatedKnown READ relatedKnown NOTIFY relatedChanged)
    Q_PROPERTY(QString relatedProblem READ relatedProblem NOTIFY relatedChanged) // which kinds could not be looked through
    Q_PROPERTY(QVariantList changes READ changes NOTIFY changed)
    Q_PROPERTY(kates::app::ObjectListModel* events READ events NOTIFY targetChanged)
    Q_PROPERTY(QString eventsProblem READ eventsProblem NOTIFY eventsChanged)
    Q_PROPERTY(kates::app::ObjectActions* actions READ actions CONSTANT)
    // By action: why the user cannot do it. What is absent can be tried.
    Q_PROPERTY(QVariantMap refusals READ refusals NOTIFY accessChanged)
    Q_PROPERTY(kates::app::Revisions* revisions READ revisions CONSTANT)
    Q_PROPERTY(kates::app::DeletePreview* preview READ preview CONSTANT)
    Q_PROPERTY(kates::app::Drain* drain READ drain CONSTANT)
    Q_PROPERTY(kates::app::ObjectMetrics* metrics READ metrics CONSTANT)
    Q_PROPERTY(kates::app::YamlEdit* yaml READ yaml CONSTANT)
public:
    ObjectDetails(DataThread& thread, ApiClient& client, Notices& notices, ClusterView cluster, QObject* parent = nullptr);
    ~ObjectDetails() override;

    void show(const ResourceInfo& info, const QString& ns, const QString& name);
    Q_INVOKABLE void close();
    void restart();
    // Nothing may be changed through the drawer; `reason` says why. "": it may.
    void setReadOnly(const QString& reason);
    Q_INVOKABLE void loadRevisions() { m_revisions.load(m_actions.target()); }
    Q_INVOKABLE void loadPreview() { m_preview.load(m_actions.target(), m_cluster.kinds()); }
    void refreshRelated(); // something among the cluster's objects changed; soon is enough

    bool isOpen() const { return m_target.has_value(); }
    QString kind() const { return m_target ? m_target->kind : QString(); }
    QString ns() const { return m_target ? m_target->ns : QString(); }
    QString name() const { return m_target ? m_target->name : QString(); }
    QString key() const { return ns().isEmpty() ? name() : ns() + u'/' + name(); }
    QString title() const;
    bool found() const { return !m_object.isNull(); }
    bool absent() const { return !found() && m_live && m_live->synced() && m_live->live(); }
    bool gone() const { return m_gone; }
    QString problem() const { return m_live ? m_live->problem() : QString(); }
    int state() const { return m_status.state; }
    QString statusText() const { return m_status.text; }
    QString reason() const { return m_status.reason; }
    QString lag() const;
    QDateTime created() const;
    int replicas() const { return int(m_object.get("spec", "replicas").asInt(1)); }
    QVariantList facts() const;
    QVariantList gauges() const;
    QVariantList conditions() const;
    QVariantList containers() const;
    QVariantList labels() const;
    QVariantList annotations() const;
    QVariantList related() const { return m_related; } // maps {relation, apiVersion, kind, ns, name, state, text}
    bool relatedKnown() const { return m_relatedKnown; } // every kind that is looked through has been read
    QString relatedProblem() const { return m_relatedProblem; }
    QVariantList changes() const { return m_changes; } // maps {when, added, removed, lines}, the newest first
    ObjectListModel* events() const { return m_events.get(); }
    ObjectActions* actions() { return &m_actions; }
    QString eventsProblem() const { return m_eventsLive ? m_eventsLive->problem() : QString(); }
    QVariantMap refusals() const;
    Revisions* revisions() { return &m_revisions; }
    DeletePreview* preview() { return &m_preview; }
    Drain* drain() { return &m_drain; }
    ObjectMetrics* metrics() { return &m_metrics; }
    YamlEdit* yaml() { return &m_yaml; }

    // Roles of the events: state, reason, message, count, source, last.
    static std::vector<ObjectListModel::Role> eventRoles();

signals:
    void targetChanged();
    void changed();
    void relatedChanged();
    void accessChanged();
    void eventsChanged();

private:
    void takeObject(const api::Value& object);
    void noteChange(const api::Value& before, const api::Value& after);
    void findRelated();
    void openEvents();

    DataThread& m_thread;
    ApiClient& m_client;
    const ClusterView m_cluster;
    ObjectActions m_actions;
    Access m_access;
    Revisions m_revisions;
    DeletePreview m_preview;
    Drain m_drain;
    ObjectMetrics m_metrics;
    YamlEdit m_yaml;
    std::optional<ActionTarget> m_target;
    std::unique_ptr<LiveResource> m_live, m_eventsLive;
    std::unique_ptr<ObjectListModel> m_events;
    api::Value m_object;
    StateAndText m_status;
    bool m_gone = false;
    bool m_relatedKnown = false;
    QVariantList m_related, m_changes;
    QString m_relatedProblem, m_readOnly;
    QTimer m_relatedSoon;
};

} // namespace kates::app
