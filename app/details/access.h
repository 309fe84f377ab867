// Which actions the user may do, asked of the server once per object: SelfSubjectAccessReview. GUI thread.
#pragma once

#include <QObject>
#include <QVariantMap>

#include "app/connection/api_client.h"

namespace kates::app {

struct AccessQuestion {
    QString action; // the key in the answer
    QString verb;
    ResourceRef resource;
    QString subresource;
    QString ns, name;
};

class Access : public QObject {
    Q_OBJECT
public:
    Access(ApiClient& client, QString root, QObject* parent = nullptr);

    // Forgets earlier answers. Until an answer comes, and where the server has no access reviews, an action counts as allowed: the server decides
    // anyhow.
    void ask(const std::vector<AccessQuestion>& questions);
    QVariantMap allowed() const { return m_allowed; } // by action
    QString reason(const QString& action) const { return m_reasons.value(action); }

signals:
    void changed();

private:
    ApiClient& m_client;
    const QString m_root;
    QVariantMap m_allowed;
    QHash<QString, QString> m_reasons;
    int m_round = 0;
};

} // namespace kates::app
