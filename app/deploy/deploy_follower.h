// Watches what was applied until it is ready, and says why it is not. One watch per resource and namespace, however many objects. GUI thread.
#pragma once

#include <QObject>

#include <map>

#include "app/informer/informer.h"
#include "app/objects/object_state.h"

namespace kates::app {

inline constexpr std::size_t kFollowedMax = 500; // more are taken as done once applied

class FollowedPlace;

class DeployFollower : public QObject {
    Q_OBJECT
public:
    DeployFollower(DataThread& thread, ApiClient& client, QObject* parent = nullptr);
    ~DeployFollower() override;

    // Whether becoming ready is something that this kind does.
    static bool follows(const QString& kind);
    void follow(int id, const ResourceRef& resource, const QString& kind, const QString& ns, const QString& name);
    void clear();

signals:
    void statusChanged(int id, const kates::app::StateAndText& status);

private:
    DataThread& m_thread;
    ApiClient& m_client;
    std::map<QString, DataPtr<FollowedPlace>> m_places; // by the path of the collection
    std::size_t m_followed = 0;
    int m_round = 0; // what is said about an earlier deployment is not passed on
};

} // namespace kates::app
