#include "app/clusters/remote_roles.h"

#include <QCoreApplication>

#include "app/base/text.h"
#include "engine/api/meta.h"

namespace kates::app {

namespace {

using api::Value;

const Value& reachable(const Value& remote)
{
    static const Value none;
    for (const Value& condition : remote.get("status", "conditions")) {
        if (condition.str("type") == "Reachable")
            return condition;
    }
    return none;
}

struct Color {
    const char* name;
    const char* hex;
};

constexpr Color kColors[] = { { "red", "#d13438" }, { "amber", "#c27c0e" }, { "green", "#2e8b57" }, { "blue", "#2f6fd0" }, { "violet", "#8250c8" } };

QString words(const char* text) { return QCoreApplication::translate("RemoteCluster", text); }

struct Reason {
    const char* reason;
    State state;
    const char* text;
};

constexpr Reason kReasons[] = {
    { "Connected", ObjectState::Ok, QT_TRANSLATE_NOOP("RemoteCluster", "Connected") },
    { "ExecPluginNeedsConsent", ObjectState::Waiting, QT_TRANSLATE_NOOP("RemoteCluster", "Needs your consent") },
    { "Unauthorized", ObjectState::Failing, QT_TRANSLATE_NOOP("RemoteCluster", "Refuses the credentials") },
    { "CertificateInvalid", ObjectState::Failing, QT_TRANSLATE_NOOP("RemoteCluster", "Certificate not trusted") },
    { "Unreachable", ObjectState::Failing, QT_TRANSLATE_NOOP("RemoteCluster", "Unreachable") },
};

} // namespace

ResourceRef remoteClustersResource()
{
    return { {}, QStringLiteral("engine.kates.dev"), QStringLiteral("v1alpha1"), QStringLiteral("remoteclusters"), false };
}

StateAndText remoteStatus(const Value& remote)
{
    if (api::ObjectMeta(remote).beingDeleted())
        return { ObjectState::Terminating, words(QT_TRANSLATE_NOOP("RemoteCluster", "Detaching")), {} };
    const Value& condition = reachable(remote);
    const QString message = displayText(condition.str("message"), 2000);
    for (const Reason& known : kReasons) {
        if (condition.str("reason") == known.reason)
            return { known.state, words(known.text), message };
    }
    if (condition.str("status") == "True")
        return { ObjectState::Ok, words("Connected"), message };
    if (condition.str("status") == "False")
        return { ObjectState::Failing, displayText(condition.str("reason"), 60), message };
    return { ObjectState::Neutral, words(QT_TRANSLATE_NOOP("RemoteCluster", "Not asked yet")), message };
}

bool remoteReadOnly(const Value& remote) { return remote.str("spec", "access") != "ReadWrite"; }

bool needsConsent(const Value& remote) { return reachable(remote).str("reason") == "ExecPluginNeedsConsent"; }

QString hexOfColor(const QString& name)
{
    const auto* found = std::find_if(std::begin(kColors), std::end(kColors), [&](const Color& color) { return name == QLatin1String(color.name); });
    return found == std::end(kColors) ? name : QLatin1String(found->hex);
}

QString nameOfColor(const QString& hex)
{
    const auto* found = std::find_if(
        std::begin(kColors), std::end(kColors), [&](const Color& color) { return hex.compare(QLatin1String(color.hex), Qt::CaseInsensitive) == 0; });
    return found == std::end(kColors) ? hex : QLatin1String(found->name);
}

std::vector<ObjectListModel::Role> remoteRoles()
{
    return {
        { "name", [](const Value& r) { return displayText(r.str("metadata", "name")); } },
        { "state", [](const Value& r) { return int(remoteStatus(r).state); } },
        { "statusText", [](const Value& r) { return remoteStatus(r).text; } },
        { "problem", [](const Value& r) { return remoteStatus(r).state == ObjectState::Ok ? QString() : remoteStatus(r).reason; } },
        { "server", [](const Value& r) { return displayText(r.str("status", "server"), 300); } },
        { "authentication", [](const Value& r) { return displayText(r.str("status", "authentication"), 60); } },
        { "execCommand", [](const Value& r) { return displayText(r.str("status", "execCommand"), 4096); } },
        { "version", [](const Value& r) { return displayText(r.str("status", "version"), 60); } },
        { "readOnly", remoteReadOnly },
        { "displayColor", [](const Value& r) { return nameOfColor(displayText(r.str("spec", "displayColor"), 20)); } },
        { "needsConsent", needsConsent },
        { "deleting", [](const Value& r) { return api::ObjectMeta(r).beingDeleted(); } },
        { "secret", [](const Value& r) { return toQString(r.get("spec", "kubeconfigSecretRef").str("name")); } },
    };
}

} // namespace kates::app
