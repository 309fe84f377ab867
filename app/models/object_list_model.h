// The one item model of the window: an ordered list of documents, fed from the data thread, read by roles.
//
// A role is a function from a document to a value, asked only for what is on the screen. Lives on the GUI thread.
#pragma once

#include <QAbstractListModel>
#include <qqmlregistration.h>

#include <functional>

#include "app/models/list_feed.h"

namespace kates::app {

class ObjectListModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the session")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(int total READ total NOTIFY countChanged)
    Q_PROPERTY(bool synced READ synced NOTIFY countChanged)
public:
    struct Role {
        QByteArray name;
        std::function<QVariant(const api::Value&)> read;
    };
    enum { KeyRole = Qt::UserRole };

    ObjectListModel(DataThread& thread, std::vector<Role> roles, QObject* parent = nullptr);
    ~ObjectListModel() override;

    // Data thread, through DataThread::post().
    ListFeed* feed() const { return m_feed.get(); }
    DataThread& thread() const { return m_thread; }

    int count() const { return int(m_entries.size()); }
    int total() const { return m_total; }
    bool synced() const { return m_synced; }
    const std::vector<ListEntry>& entries() const { return m_entries; }
    const api::Value& object(int row) const { return m_entries[std::size_t(row)].object; }

    Q_INVOKABLE int indexOfKey(const QString& key) const; // -1 when it is not in the list
    Q_INVOKABLE QString keyAt(int row) const; // "" outside
    // The sum of a number role over the rows whose `role` is `wanted`.
    Q_INVOKABLE double sum(const QString& number, const QString& role, const QString& wanted) const;
    Q_INVOKABLE QVariant value(int row, const QString& role) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    // For roles whose answer depends on more than the document (a column was added).
    void refreshAll();

    void apply(const ListUpdate& update);

signals:
    void countChanged();
    void keysGone(const QStringList& keys); // they left the list: deleted, or filtered out
    void objectChanged(const QString& key); // its document was replaced, or it came or went (all keys: "")

private:
    void applyStep(const ListStep& step);
    void rearrange(std::vector<ListEntry>& entries);

    DataThread& m_thread;
    std::vector<Role> m_roles;
    DataPtr<ListFeed> m_feed;
    std::vector<ListEntry> m_entries;
    int m_total = 0;
    bool m_synced = false;
};

} // namespace kates::app
