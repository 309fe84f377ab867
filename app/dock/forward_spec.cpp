#include "app/dock/forward_spec.h"

#include "app/base/text.h"
#include "engine/api/meta.h"

namespace kates::app {

using api::Value;

namespace {

constexpr int kTextFields = 8;

const Value& podSpecOf(const QString& kind, const Value& object)
{
    return kind == QLatin1String("Pod") ? object.get("spec") : object.get("spec", "template", "spec");
}

bool isTcp(const Value& port) { return port.str("protocol").empty() || port.str("protocol") == "TCP"; }

} // namespace

QString ForwardSpec::command() const
{
    const QString what = kind == QLatin1String("Pod") ? name : kind.toLower() + u'/' + name;
    const QString ports = localPort > 0 ? QStringLiteral("%1:%2").arg(localPort).arg(port) : QStringLiteral(":%1").arg(port);
    return QStringLiteral("kubectl port-forward %1 -n %2 %3").arg(what, ns, ports);
}

QString ForwardSpec::toText() const
{
    return QStringList({ resource.group, resource.version, resource.resource, kind, ns, name, QString::number(port), QString::number(localPort) })
        .join(u'|');
}

std::optional<ForwardSpec> ForwardSpec::fromText(const QString& text, const QString& root)
{
    const QStringList parts = text.split(u'|');
    if (parts.size() != kTextFields)
        return std::nullopt;
    ForwardSpec spec { { root, parts[0], parts[1], parts[2], true }, parts[3], parts[4], parts[5], parts[6].toInt(), parts[7].toInt() };
    const auto isPort = [](int port, int least) { return port >= least && port <= 65535; };
    if (spec.name.isEmpty() || spec.kind.isEmpty() || !isPort(spec.port, 1) || !isPort(spec.localPort, 0))
        return std::nullopt;
    return spec;
}

bool ForwardSpec::sameTarget(const ForwardSpec& other) const
{
    return resource == other.resource && ns == other.ns && name == other.name && port == other.port;
}

QVariantList forwardChoices(const ActionTarget& target)
{
    QVariantList choices;
    const auto add = [&](const Value& port, const char* number) {
        if (isTcp(port) && port.get(number).asInt() > 0)
            choices.append(
                QVariantMap { { QStringLiteral("port"), int(port.get(number).asInt()) }, { QStringLiteral("name"), displayText(port.str("name"), 63) } });
    };
    if (target.kind == QLatin1String("Service")) {
        for (const Value& port : target.object.get("spec", "ports"))
            add(port, "port");
        return choices;
    }
    for (const Value& container : podSpecOf(target.kind, target.object).get("containers")) {
        for (const Value& port : container.get("ports"))
            add(port, "containerPort");
    }
    return choices;
}

int podPort(const Value& target, const QString& kind, int port, const Value& pod)
{
    if (kind != QLatin1String("Service"))
        return port;
    for (const Value& one : target.get("spec", "ports")) {
        if (one.get("port").asInt() != port)
            continue;
        const Value& targetPort = one.get("targetPort");
        if (!targetPort.isString())
            return targetPort.asInt() > 0 ? int(targetPort.asInt()) : port;
        for (const Value& container : pod.get("spec", "containers")) {
            for (const Value& named : container.get("ports")) {
                if (named.str("name") == targetPort.asString())
                    return int(named.get("containerPort").asInt());
            }
        }
    }
    return 0;
}

bool takesForwards(const Value& pod, bool itself)
{
    if (pod.str("status", "phase") != "Running" || pod.get("metadata", "deletionTimestamp").isString())
        return false;
    if (itself)
        return true;
    for (const Value& condition : pod.get("status", "conditions")) {
        if (condition.str("type") == "Ready")
            return condition.str("status") == "True";
    }
    return false;
}

} // namespace kates::app
