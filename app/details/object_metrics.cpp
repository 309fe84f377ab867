#include "app/details/object_metrics.h"

#include "app/base/age.h"
#include "app/base/text.h"
#include "app/map/facts.h"
#include "engine/api/quantity.h"

namespace kates::app {

using api::Value;

namespace {

constexpr int kRowsMax = 200;

QVariantMap row(const QString& name, const Value& usage)
{
    return { { QStringLiteral("name"), name }, { QStringLiteral("cpu"), cpuText(api::Quantity::fromValue(usage.get("cpu")).milli()) },
        { QStringLiteral("memory"), bytesText(api::Quantity::fromValue(usage.get("memory")).units()) } };
}

} // namespace

ObjectMetrics::ObjectMetrics(ApiClient& client, QString root, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_root(std::move(root))
{
}

void ObjectMetrics::setTarget(const ActionTarget& target)
{
    ++m_round;
    m_target = target;
    m_rows.clear();
    m_problem.clear();
    m_measured = {};
    m_busy = false;
    emit changed();
    if (applies())
        load();
}

void ObjectMetrics::load()
{
    const bool pod = m_target.kind == QLatin1String("Pod");
    const ResourceRef metrics { m_root, QStringLiteral("metrics.k8s.io"), QStringLiteral("v1beta1"),
        pod ? QStringLiteral("pods") : QStringLiteral("nodes"), pod };
    m_busy = true;
    emit changed();
    m_client.send(getRequest(metrics.objectPath(m_target.ns, m_target.name)), this, [this, round = ++m_round](const ApiReply& reply) {
        if (round == m_round)
            take(reply);
    });
}

void ObjectMetrics::take(const ApiReply& reply)
{
    m_busy = false;
    m_rows.clear();
    m_problem.clear();
    if (!reply) {
        // A metrics server that has not measured the object yet names it; a server without metrics knows nothing of the path.
        const bool noMetrics = reply.error().isNotFound() && reply.error().name.empty();
        m_problem = noMetrics ? tr("This cluster has no metrics: nothing serves metrics.k8s.io.")
            : reply.error().isNotFound() ? tr("It has not been measured yet.") : errorSentence(reply.error());
        emit changed();
        return;
    }
    const Value& document = reply->document;
    m_measured = parseTimestamp(document.str("timestamp"));
    if (document.get("usage").isObject())
        m_rows.append(row(m_target.name, document.get("usage")));
    for (const Value& container : document.get("containers")) {
        if (m_rows.size() < kRowsMax)
            m_rows.append(row(displayText(container.str("name"), 63), container.get("usage")));
    }
    emit changed();
}

} // namespace kates::app
