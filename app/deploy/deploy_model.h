// The documents of a deployment as a list.
#pragma once

#include <QAbstractListModel>
#include <qqmlregistration.h>

#include <array>

#include "app/deploy/deploy_item.h"

namespace kates::app {

class DeployModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the session")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
public:
    enum Roles {
        IdRole = Qt::UserRole,
        SourceRole,
        LineRole,
        KindRole,
        NameRole,
        NamespaceRole,
        PhaseRole,
        PhaseTextRole,
        StateRole,
        MessageRole,
        AddedRole,
        RemovedRole,
        ConflictRole
    };

    using QAbstractListModel::QAbstractListModel;

    int count() const { return int(m_items.size()); }
    int countOf(DeployPhase::Value phase) const { return m_counts[std::size_t(phase)]; }
    const std::vector<DeployItem>& items() const { return m_items; }
    DeployItem* find(int id); // nullptr when the deployment was replaced meanwhile
    void replace(std::vector<DeployItem> items); // their ids follow one another
    void setPhase(int id, DeployPhase::Value phase, const QString& message);

    Q_INVOKABLE QVariantMap item(int row) const; // its roles by name; empty outside
    // Lines {kind: "same" | "added" | "removed" | "folded", text, folded}.
    Q_INVOKABLE QVariantList diffOf(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

signals:
    void countChanged();

private:
    std::vector<DeployItem> m_items;
    std::array<int, kDeployPhases> m_counts {};
};

[[nodiscard]] QString phaseText(DeployPhase::Value phase);
[[nodiscard]] State phaseState(DeployPhase::Value phase);

} // namespace kates::app
