// Keeps a catalog up to date: when a CustomResourceDefinition comes, becomes established or goes, the server is asked for its kinds anew. GUI thread.
#pragma once

#include <QTimer>

#include "app/discovery/catalog.h"
#include "app/models/live_resource.h"

namespace kates::app {

inline constexpr int kCatalogSettleMs = 200; // several definitions come together
inline constexpr int kDiscoveryLagMs = 2000; // a server may list a kind only some time after it established it: so we look twice

class CatalogWatch : public QObject {
    Q_OBJECT
public:
    CatalogWatch(DataThread& thread, ApiClient& client, const QString& root, Catalog& catalog, QObject* parent = nullptr);

    void restart();

private:
    LiveResource m_definitions;
    QTimer m_settle, m_again;
    bool m_seen = false; // the definitions that were there from the start: the catalog has them
};

} // namespace kates::app
