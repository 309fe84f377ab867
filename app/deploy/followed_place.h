// The objects of one resource in one namespace that a DeployFollower waits for, and the pods that say why they are not ready. Lives on the data
// thread.
#pragma once

#include <QTimer>

#include "app/informer/informer.h"
#include "app/objects/object_state.h"

namespace kates::app {

inline constexpr int kFollowPauseMs = 250; // between two looks at the pods

class FollowedPlace : public QObject {
    Q_OBJECT
public:
    FollowedPlace(ApiClient& client, const ResourceRef& resource, const QString& kind, const QString& ns);

    void follow(int id, const QString& name);

signals:
    void statusChanged(int id, const kates::app::StateAndText& status);

private:
    void look();
    StateAndText statusOf(const std::string& key) const;
    // The worst of the pods that an object selects, as a sentence.
    QString troubleOf(const api::Value& object) const;

    const std::string m_kind;
    const QString m_ns;
    Informer m_objects;
    std::unique_ptr<Informer> m_pods; // of workloads
    std::map<int, std::string> m_keys;
    std::map<int, QString> m_said; // so that nothing is said twice
    QTimer m_soon;
};

} // namespace kates::app
