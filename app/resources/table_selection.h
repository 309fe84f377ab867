// Which rows are marked, by their keys, so that it survives every change of order. What leaves the list is no longer marked: nobody should act on
// what cannot be seen. GUI thread.
#pragma once

#include <QObject>
#include <QSet>
#include <qqmlregistration.h>

namespace kates::app {

class TableSelection : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by its table")
    Q_PROPERTY(int count READ count NOTIFY changed)
    Q_PROPERTY(int revision READ revision NOTIFY changed) // for bindings that call contains()
public:
    using QObject::QObject;

    int count() const { return int(m_keys.size()); }
    int revision() const { return m_revision; }
    const QSet<QString>& keys() const { return m_keys; }
    Q_INVOKABLE bool contains(const QString& key) const { return m_keys.contains(key); }
    Q_INVOKABLE void toggle(const QString& key)
    {
        if (!m_keys.remove(key))
            m_keys.insert(key);
        note();
    }
    Q_INVOKABLE void clear()
    {
        if (m_keys.isEmpty())
            return;
        m_keys.clear();
        note();
    }
    void mark(const QStringList& keys)
    {
        for (const QString& key : keys)
            m_keys.insert(key);
        note();
    }
    void drop(const QStringList& keys)
    {
        qsizetype dropped = 0;
        for (const QString& key : keys)
            dropped += m_keys.remove(key);
        if (dropped > 0)
            note();
    }

signals:
    void changed();

private:
    void note()
    {
        ++m_revision;
        emit changed();
    }

    QSet<QString> m_keys;
    int m_revision = 0;
};

} // namespace kates::app
