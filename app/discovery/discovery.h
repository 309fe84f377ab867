// Which resources a server has, asked once per group version and remembered. Lives on the GUI thread; answers there.
#pragma once

#include <QHash>
#include <QObject>

#include <functional>

#include "app/connection/api_client.h"

namespace kates::app {

struct ResourceInfo {
    ResourceRef ref;
    QString kind;
    QString shortName; // the first of its short names, or ""
    QStringList verbs;
    QStringList categories;
    bool scales = false; // has a scale subresource

    bool operator==(const ResourceInfo&) const = default;
};

class Discovery : public QObject {
    Q_OBJECT
public:
    using Answer = std::function<void(tl::expected<ResourceInfo, QString>)>;

    Discovery(ApiClient& client, QString root, QObject* parent = nullptr);

    const QString& root() const { return m_root; } // the path of the API: /clusters/NAME

    // The resource of a kind. A group version that lacks the kind is asked again the next time: a definition may have been added.
    void resolve(const QString& apiVersion, const QString& kind, QObject* context, Answer answer);

private:
    struct GroupVersion {
        bool loaded = false;
        bool loading = false;
        QHash<QString, ResourceInfo> kinds;
        QString problem;
        std::vector<std::function<void()>> waiting;
    };

    void load(const QString& apiVersion);
    void onLoaded(const QString& apiVersion, const ApiReply& reply);

    ApiClient& m_client;
    const QString m_root;
    QHash<QString, std::shared_ptr<GroupVersion>> m_versions;
};

// The resources of one APIResourceList, without subresources.
[[nodiscard]] std::vector<ResourceInfo> resourcesOf(const QString& root, const api::Value& resourceList);

} // namespace kates::app
