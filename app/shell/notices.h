// Short messages to the user: what was done, what failed and why. The newest last; bounded.
#pragma once

#include <QAbstractListModel>
#include <qqmlregistration.h>

namespace kates::app {

inline constexpr int kNoticesMax = 50;

class Notices : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the session")
public:
    enum Level { Info, Success, Problem };
    Q_ENUM(Level)
    enum Roles { LevelRole = Qt::UserRole, TitleRole, DetailRole, SerialRole };

    using QAbstractListModel::QAbstractListModel;

    Q_INVOKABLE void add(kates::app::Notices::Level level, const QString& title, const QString& detail = {});
    Q_INVOKABLE void dismiss(int serial);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    struct Notice {
        Level level;
        QString title, detail;
        int serial;
    };
    QList<Notice> m_notices;
    int m_lastSerial = 0;
};

} // namespace kates::app
