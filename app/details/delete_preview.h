// What else goes when an object is deleted: everything that it owns, directly or through others, of every kind the server has; for a namespace,
// everything in it. Asked of the server when the question is put, as metadata only. GUI thread.
#pragma once

#include <QVariantList>
#include <qqmlregistration.h>

#include "app/details/action_table.h"
#include "app/discovery/discovery.h"

namespace kates::app {

inline constexpr int kPreviewPage = 500; // objects of one kind that are looked at; what lies beyond makes the answer "at least"
inline constexpr int kPreviewNames = 8; // named per kind

class DeletePreview : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the session")
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(int total READ total NOTIFY changed)
    Q_PROPERTY(bool atLeast READ atLeast NOTIFY changed) // there may be more
    Q_PROPERTY(QStringList unread READ unread NOTIFY changed) // kinds that the server did not let us look at
    Q_PROPERTY(QVariantList counts READ counts NOTIFY changed) // maps {kind, count, names}, by kind
public:
    DeletePreview(DataThread& thread, ApiClient& client, QObject* parent = nullptr);

    void load(const ActionTarget& target, const std::vector<ResourceInfo>& kinds);
    void clear();

    bool busy() const { return m_pending > 0; }
    int total() const { return m_total; }
    bool atLeast() const { return m_atLeast; }
    QStringList unread() const { return m_unread; }
    QVariantList counts() const { return m_counts; }

signals:
    void changed();

private:
    void read(const ResourceInfo& info, const QString& ns);
    void finish();

    DataThread& m_thread;
    ApiClient& m_client;
    ActionTarget m_target;
    std::vector<std::pair<QString, api::Value>> m_lists; // kind, items
    QVariantList m_counts;
    QStringList m_unread;
    int m_pending = 0, m_total = 0;
    bool m_atLeast = false;
    int m_round = 0;
};

struct Dependents {
    QVariantList counts;
    int total = 0;
};
// Among `lists`, what is owned by `uid` directly or through others; everything but the object itself when `uid` is empty. Pure.
[[nodiscard]] Dependents dependentsOf(const std::string& uid, const std::vector<std::pair<QString, api::Value>>& lists);

} // namespace kates::app
