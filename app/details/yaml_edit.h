// Editing one object as YAML: text, what the server would make of it, and saving it. What the user typed is never lost to a change on the server. GUI
// thread.
#pragma once

#include <QObject>
#include <QVariantList>
#include <qqmlregistration.h>

#include "app/connection/api_client.h"

namespace kates::app {

class YamlEdit : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the session")
    Q_PROPERTY(QString liveText READ liveText NOTIFY liveTextChanged)
    Q_PROPERTY(bool managedShown READ managedShown WRITE setManagedShown NOTIFY liveTextChanged)
    Q_PROPERTY(bool editing READ editing NOTIFY changed)
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(bool reviewed READ reviewed NOTIFY changed)
    Q_PROPERTY(bool outdated READ outdated NOTIFY changed)
    Q_PROPERTY(QString problem READ problem NOTIFY changed)
    Q_PROPERTY(QVariantList difference READ difference NOTIFY changed)
public:
    YamlEdit(DataThread& thread, ApiClient& client, QObject* parent = nullptr);

    void setTarget(const ResourceRef& resource, const QString& kind, const QString& ns, const QString& name);
    void setLive(const api::Value& object);
    void clear();

    QString liveText() const { return m_liveText; } // the object as it is, without managedFields unless they are asked for
    bool managedShown() const { return m_managedShown; }
    void setManagedShown(bool shown);
    bool editing() const { return m_editing; }
    bool busy() const { return m_busy; }
    bool reviewed() const { return m_reviewed; } // the difference belongs to what would be saved
    bool outdated() const { return m_outdated; } // the object changed on the server since editing began
    QString problem() const { return m_problem; }
    QVariantList difference() const { return m_difference; }

    Q_INVOKABLE void begin();
    Q_INVOKABLE void cancel();
    Q_INVOKABLE void review(const QString& text); // a dry run
    Q_INVOKABLE void save(); // what was reviewed

signals:
    void liveTextChanged();
    void changed();
    void saved();

private:
    void refreshText();
    void onDryRun(const ApiReply& reply);
    void fail(const QString& problem);
    ApiRequest putRequest(bool dryRun) const;

    DataThread& m_thread;
    ApiClient& m_client;
    ResourceRef m_resource;
    QString m_kind, m_ns, m_name;
    api::Value m_live, m_base, m_edited;
    QString m_liveText, m_problem;
    QVariantList m_difference;
    bool m_managedShown = false, m_editing = false, m_busy = false, m_reviewed = false, m_outdated = false;
    int m_round = 0;
};

} // namespace kates::app
