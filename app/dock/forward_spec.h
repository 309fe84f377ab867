// What is forwarded: a port of a pod, a Service or a workload to a port of this computer. Values and pure functions.
#pragma once

#include <QVariantList>

#include <optional>

#include "app/details/object_actions.h"

namespace kates::app {

struct ForwardSpec {
    ResourceRef resource; // its root is the cluster's
    QString kind, ns, name;
    int port = 0; // the Service's, otherwise the container's
    int localPort = 0; // 0: any that is free

    QString label() const { return kind + u' ' + ns + u'/' + name; }
    QString command() const; // kubectl's
    // For the settings; nothing when the text is not one of ours.
    QString toText() const;
    static std::optional<ForwardSpec> fromText(const QString& text, const QString& root);
    bool sameTarget(const ForwardSpec& other) const;
};

// The TCP ports that the object names: maps {port, name}. Empty when it names none.
[[nodiscard]] QVariantList forwardChoices(const ActionTarget& target);

// Where in the pod a port of the target ends: a Service's targetPort, by number or by the name that the pod's containers give it. 0: nowhere.
[[nodiscard]] int podPort(const api::Value& target, const QString& kind, int port, const api::Value& pod);

// A pod that connections can go to: running, for a forward of the pod itself; ready, for one of many.
[[nodiscard]] bool takesForwards(const api::Value& pod, bool itself);

} // namespace kates::app
