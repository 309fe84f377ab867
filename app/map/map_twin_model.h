// The map in words, as a list that reads like a tree: one line per card, its cells below it. For screen readers, for search, for people who read
// faster than they look. The lines are made on a pool thread, at most twice a second, and only while somebody reads them; the reader's place is
// kept.
#pragma once

#include <QAbstractListModel>
#include <QPointer>
#include <QSet>
#include <QTimer>
#include <qqmlregistration.h>

#include "app/map/map_model.h"

namespace kates::app {

inline constexpr int kTwinLinesMax = 5000;
inline constexpr int kTwinPauseMs = 500;
inline constexpr int kTwinCellsOpen = 400; // with more cells than this the cards begin closed

struct TwinLine {
    QString key, text, kind; // kind: of the object, "" for what is none
    int depth = 0;
    State state = ObjectState::Neutral;
    bool open = false, parent = false;
    bool operator==(const TwinLine&) const = default;
};

// The lines of a scene: all that hold `filter` (with their cards), or those of the cards that are open. Any thread.
[[nodiscard]] std::vector<TwinLine> twinLines(const MapScene& scene, const QString& filter, const QSet<QString>& turned);

class MapTwinModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(kates::app::MapModel* map READ map WRITE setMap NOTIFY mapChanged)
    Q_PROPERTY(QString filter READ filter WRITE setFilter NOTIFY filterChanged)
    Q_PROPERTY(bool active READ active WRITE setActive NOTIFY activeChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)
public:
    enum Roles { KeyRole = Qt::UserRole, TextRole, KindRole, DepthRole, StateRole, OpenRole, ParentRole };

    explicit MapTwinModel(QObject* parent = nullptr);

    MapModel* map() const { return m_map; }
    void setMap(MapModel* map);
    QString filter() const { return m_filter; }
    void setFilter(const QString& filter);
    bool active() const { return m_active; }
    void setActive(bool active);
    int count() const { return int(m_lines.size()); }

    // Opens or closes the card of a row, or the one that the row's cell stands in.
    Q_INVOKABLE void turn(int row);
    Q_INVOKABLE int rowOf(const QString& key) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

signals:
    void mapChanged();
    void filterChanged();
    void activeChanged();
    void countChanged();

private:
    void refresh();
    void apply(std::vector<TwinLine> lines);

    QPointer<MapModel> m_map;
    QString m_filter;
    bool m_active = false;
    bool m_working = false, m_due = false;
    QTimer m_pause;
    QSet<QString> m_turned; // cards that are not as they begin
    std::vector<TwinLine> m_lines;
};

} // namespace kates::app
