// One object in the drawer: what it is, how it stands, what belongs to it, what happened to it, and what can be done. GUI thread.
#pragma once

#include <QTimer>

#include "app/details/access.h"
#include "app/details/object_actions.h"
#include "app/details/yaml_edit.h"
#include "app/discovery/catalog.h"
#include "app/models/live_resource.h"
#include "app/models/object_list_model.h"
#include "app/objects/object_state.h"

namespace kates::app {

inline constexpr int kChangesMax = 50;

// Gives the informers of a cluster that related objects are looked for in.
using InformersOf = std::function<std::vector<std::pair<ResourceInfo, Informer*>>()>;

class ObjectDetails : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the session")
    Q_PROPERTY(bool open READ isOpen NOTIFY targetChanged)
    Q_PROPERTY(QString kind READ kind NOTIFY targetChanged)
    Q_PROPERTY(QString ns READ ns NOTIFY targetChanged)
    Q_PROPERTY(QString name READ name NOTIFY targetChanged)
    Q_PROPERTY(QString key READ key NOTIFY targetChanged)
    Q_PROPERTY(bool found READ found NOTIFY changed)
    Q_PROPERTY(bool gone READ gone NOTIFY changed) // it was there while the drawer was open
    Q_PROPERTY(QString problem READ problem NOTIFY changed)
    Q_PROPERTY(int state READ state NOTIFY changed)
    Q_PROPERTY(QString statusText READ statusText NOTIFY changed)
    Q_PROPERTY(QString reason READ reason NOTIFY changed)
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
    Q_PROPERTY(QVariantList changes READ changes NOTIFY changed)
    Q_PROPERTY(kates::app::ObjectListModel* events READ events NOTIFY targetChanged)
    Q_PROPERTY(kates::app::ObjectActions* actions READ actions CONSTANT)
    Q_PROPERTY(QVariantMap allowed READ allowed NOTIFY accessChanged)
    Q_PROPERTY(kates::app::YamlEdit* yaml READ yaml CONSTANT)
public:
    ObjectDetails(DataThread& thread, ApiClient& client, Notices& notices, QString root, InformersOf informers, QObject* parent = nullptr);
    ~ObjectDetails() override;

    void show(const ResourceInfo& info, const QString& ns, const QString& name);
    Q_INVOKABLE void close();
    void restart();
    void refreshRelated(); // something among the cluster's objects changed; soon is enough

    bool isOpen() const { return m_target.has_value(); }
    QString kind() const { return m_target ? m_target->kind : QString(); }
    QString ns() const { return m_target ? m_target->ns : QString(); }
    QString name() const { return m_target ? m_target->name : QString(); }
    QString key() const { return ns().isEmpty() ? name() : ns() + u'/' + name(); }
    bool found() const { return !m_object.isNull(); }
    bool gone() const { return m_gone; }
    QString problem() const { return m_live ? m_live->problem() : QString(); }
    int state() const { return m_status.state; }
    QString statusText() const { return m_status.text; }
    QString reason() const { return m_status.reason; }
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
    QVariantList changes() const { return m_changes; } // maps {when, added, removed, lines}, the newest first
    ObjectListModel* events() const { return m_events.get(); }
    ObjectActions* actions() { return &m_actions; }
    QVariantMap allowed() const { return m_access.allowed(); }
    YamlEdit* yaml() { return &m_yaml; }

    // Roles of the events: state, reason, message, count, source, last.
    static std::vector<ObjectListModel::Role> eventRoles();

signals:
    void targetChanged();
    void changed();
    void relatedChanged();
    void accessChanged();

private:
    void takeObject(const api::Value& object);
    void noteChange(const api::Value& before, const api::Value& after);
    void findRelated();
    void askAccess(const ResourceInfo& info);
    void openEvents();

    DataThread& m_thread;
    ApiClient& m_client;
    const QString m_root;
    InformersOf m_informers;
    ObjectActions m_actions;
    Access m_access;
    YamlEdit m_yaml;
    std::optional<ActionTarget> m_target;
    std::unique_ptr<LiveResource> m_live, m_eventsLive;
    std::unique_ptr<ObjectListModel> m_events;
    api::Value m_object;
    StateAndText m_status;
    bool m_gone = false;
    bool m_relatedKnown = false;
    QVariantList m_related, m_changes;
    QTimer m_relatedSoon;
};

} // namespace kates::app
