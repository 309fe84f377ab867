// Editing one object as YAML: the text, what is wrong with it, what the server would make of it, who else holds its fields, and saving it.
//
// What the user typed is never lost: it lives here and not in a view, a change on the server does not touch it (and can be merged into it), it is put
// by when the drawer shows something else, and what was discarded can be brought back. GUI thread; texts are worked on on the data thread.
#pragma once

#include <QObject>
#include <QTimer>
#include <QVariantList>
#include <qqmlregistration.h>

#include <optional>

#include "app/connection/api_client.h"
#include "app/details/field_conflicts.h"
#include "app/details/schema_store.h"

namespace kates::app {

inline constexpr int kDraftsMax = 50; // objects whose unsaved text is kept
inline constexpr int kCheckPauseMs = 300; // after the last key

class YamlEdit : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the session")
    Q_PROPERTY(QString liveText READ liveText NOTIFY liveTextChanged)
    Q_PROPERTY(bool managedShown READ managedShown WRITE setManagedShown NOTIFY liveTextChanged)
    Q_PROPERTY(bool exact READ exact NOTIFY liveTextChanged) // the text says all of the object: it may be edited
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged)
    Q_PROPERTY(bool editing READ editing NOTIFY changed)
    Q_PROPERTY(bool dirty READ dirty NOTIFY textChanged)
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(bool reviewed READ reviewed NOTIFY changed)
    Q_PROPERTY(bool maySave READ maySave NOTIFY changed)
    Q_PROPERTY(bool outdated READ outdated NOTIFY changed)
    Q_PROPERTY(bool canRestore READ canRestore NOTIFY changed)
    Q_PROPERTY(QString problem READ problem NOTIFY changed)
    Q_PROPERTY(QString note READ note NOTIFY changed)
    Q_PROPERTY(QVariantList problems READ problems NOTIFY problemsChanged) // maps {line (from 1; 0: none), text}
    Q_PROPERTY(bool schemaKnown READ schemaKnown NOTIFY problemsChanged)
    Q_PROPERTY(QVariantList conflicts READ conflicts NOTIFY changed) // see describedConflict()
    Q_PROPERTY(QVariantList difference READ difference NOTIFY changed)
    Q_PROPERTY(bool differenceIsTheirs READ differenceIsTheirs NOTIFY changed) // what changed on the server, not what saving would change
    Q_PROPERTY(QVariantList completions READ completions NOTIFY completionsChanged) // maps {text, type, about, required, insert}
    Q_PROPERTY(int completionFrom READ completionFrom NOTIFY completionsChanged)
public:
    YamlEdit(DataThread& thread, ApiClient& client, QString root, QObject* parent = nullptr);

    void setTarget(const ResourceRef& resource, const QString& kind, const QString& ns, const QString& name);
    void setLive(const api::Value& object);
    void clear();

    QString liveText() const { return m_liveText; } // the object as it is, without managedFields unless they are asked for
    bool managedShown() const { return m_managedShown; }
    void setManagedShown(bool shown);
    bool exact() const { return m_exact; }
    QString text() const { return m_editing ? m_draft.text : m_liveText; }
    void setText(const QString& text); // while editing
    bool editing() const { return m_editing; }
    bool dirty() const { return m_editing && m_draft.text != m_draft.baseText; }
    bool busy() const { return m_busy; }
    bool reviewed() const { return m_reviewed; } // the difference belongs to what would be saved
    bool maySave() const { return m_reviewed && !m_busy && (m_conflicts.empty() || m_keepMine); }
    bool outdated() const { return m_outdated; } // the object changed on the server, not only in its status, since editing began
    bool canRestore() const { return !m_editing && m_discarded.has_value(); }
    QString problem() const { return m_problem; }
    QString note() const { return m_note; }
    QVariantList problems() const { return m_problems; }
    bool schemaKnown() const { return !m_schema.isNull(); }
    QVariantList conflicts() const;
    QVariantList difference() const { return m_difference; }
    bool differenceIsTheirs() const { return m_differenceIsTheirs; }
    QVariantList completions() const { return m_completions; }
    int completionFrom() const { return m_completionFrom; }

    Q_INVOKABLE void begin();
    Q_INVOKABLE void cancel(); // what was typed can be brought back by restore()
    Q_INVOKABLE void restore();
    Q_INVOKABLE void review(); // dry runs: changes nothing
    Q_INVOKABLE void backToText();
    Q_INVOKABLE void save(); // what was reviewed
    Q_INVOKABLE void keepMine(); // the fields of others become ours by saving
    Q_INVOKABLE void takeTheirs(); // puts the others' values into the text, and reviews again
    Q_INVOKABLE void merge(); // the server's changes into the text
    Q_INVOKABLE void showTheirs(); // as a difference
    Q_INVOKABLE void complete(int cursor);
    Q_INVOKABLE void endCompletion();

signals:
    void liveTextChanged();
    void textChanged();
    void changed();
    void problemsChanged();
    void completionsChanged();
    void saved();

private:
    struct Draft {
        api::Value base; // the object that editing began with, or that was merged since
        QString baseText, text;
    };

    QString draftKey() const { return m_resource.objectPath(m_ns, m_name); }
    void refreshText();
    void takeText(const api::Value& object, const QString& text, bool exact, bool specChanged);
    void forgetReview();
    void check();
    void onParsed(const api::Value& edited);
    void onDryRun(const ApiReply& reply);
    void askForHolders(const api::Value& next);
    void showDifference(const api::Value& from, const api::Value& to, bool theirs);
    void fail(const api::StatusError& error);
    void failWith(const QString& problem);
    ApiRequest putRequest(bool dryRun) const;
    ApiRequest applyRequest() const;

    DataThread& m_thread;
    ApiClient& m_client;
    SchemaStore m_schemas;
    ResourceRef m_resource;
    QString m_kind, m_ns, m_name;
    api::Value m_live, m_shown, m_edited; // as it is; what liveText says; what is reviewed
    QString m_liveText, m_problem, m_note;
    Draft m_draft;
    std::optional<Draft> m_discarded;
    QHash<QString, Draft> m_drafts; // by draftKey()
    ObjectSchema m_schema;
    QVariantList m_problems, m_difference, m_completions;
    std::vector<FieldConflict> m_conflicts;
    QTimer m_checkSoon;
    int m_completionFrom = 0;
    bool m_managedShown = false, m_exact = true, m_editing = false, m_busy = false, m_reviewed = false, m_outdated = false;
    bool m_keepMine = false, m_beginSoon = false, m_reviewSoon = false, m_differenceIsTheirs = false;
    int m_round = 0, m_textRound = 0;
};

} // namespace kates::app
