// What the user may not do, asked of the server once per object: SelfSubjectAccessReview. GUI thread.
#pragma once

#include <QObject>
#include <QVariantMap>

#include "app/connection/api_client.h"

namespace kates::app {

struct AccessQuestion {
    QString action; // the key in the answer; an action that takes several rights is asked for several times
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
    // By action: a sentence that says which right is missing.
    const QVariantMap& refusals() const { return m_refusals; }

signals:
    void changed();

private:
    void refuse(const AccessQuestion& question, const QString& reason);

    ApiClient& m_client;
    const QString m_root;
    QVariantMap m_refusals;
    int m_round = 0;
};

} // namespace kates::app
