// Watches what was applied until it is ready. GUI thread.
#pragma once

#include <QObject>

#include <map>

#include "app/informer/informer.h"
#include "app/objects/object_state.h"

namespace kates::app {

inline constexpr std::size_t kFollowedMax = 200; // more are taken as done once applied

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
    std::map<int, DataPtr<Informer>> m_informers;
};

} // namespace kates::app
