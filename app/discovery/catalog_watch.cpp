#include "app/discovery/catalog_watch.h"

namespace kates::app {

namespace {

InformerOptions definitions(const QString& root)
{
    InformerOptions options;
    options.resource
        = { root, QStringLiteral("apiextensions.k8s.io"), QStringLiteral("v1"), QStringLiteral("customresourcedefinitions"), false };
    options.table = true; // their schemas are large, and only that they changed matters
    return options;
}

} // namespace

CatalogWatch::CatalogWatch(DataThread& thread, ApiClient& client, const QString& root, Catalog& catalog, QObject* parent)
    : QObject(parent)
    , m_definitions(thread, client, definitions(root))
{
    for (QTimer* timer : { &m_settle, &m_again }) {
        timer->setSingleShot(true);
        connect(timer, &QTimer::timeout, &catalog, &Catalog::load);
    }
    m_settle.setInterval(kCatalogSettleMs);
    m_again.setInterval(kDiscoveryLagMs);
    Informer* informer = m_definitions.informer();
    connect(informer, &Informer::changed, informer, [self = QPointer(this), this, informer](const Deltas& deltas) {
        postToGui(self, [this, any = !deltas.empty(), synced = informer->synced()] {
            if (!std::exchange(m_seen, m_seen || synced) || !any)
                return;
            m_settle.start();
            m_again.start();
        });
    });
    m_definitions.start();
}

void CatalogWatch::restart() { m_definitions.start(); }

} // namespace kates::app
