#include <QtTest>

#include "engine/api/meta.h"
#include "engine/base/simulated_loop.h"
#include "engine/kubelet/node_registration.h"
#include "tests/support/fake_client.h"

using namespace kates;
using namespace kates::test;
using namespace std::chrono_literals;
namespace resources = kates::client::resources;

namespace {

struct Fixture {
    SimulatedLoop loop;
    std::shared_ptr<FakeClient> client = std::make_shared<FakeClient>(loop);
    std::unique_ptr<kubelet::NodeRegistration> registration;
    bool masterGone = false;

    Fixture()
    {
        client->refuse = [this](const FakeRequest&) {
            return masterGone ? std::optional(api::serviceUnavailable("no master")) : std::nullopt;
        };
        kubelet::NodeDescription description;
        description.name = "n1";
        description.internalIp = "10.0.0.1";
        registration = std::make_unique<kubelet::NodeRegistration>(loop, client, description);
        registration->start();
        loop.advance(1s);
    }
    ~Fixture() { (void)runToCompletion(loop, registration->stop()); }

    std::string ready() const
    {
        for (const api::Value& condition : client->at(resources::nodes, "", "n1").get("status", "conditions"))
            if (condition.str("type") == "Ready")
                return std::string(condition.str("status"));
        return {};
    }
    void judgeDead()
    {
        client->change(resources::nodes, "", "n1",
            [](api::Value& node) { api::setCondition(node, "Ready", std::string_view("Unknown"), "NodeStatusUnknown", "", "2026-01-01T00:00:00Z"); });
    }
};

} // namespace

class NodeRegistrationTest : public QObject {
    Q_OBJECT
private slots:
    void aNodeRegistersAndRenewsItsLease()
    {
        Fixture f;
        QCOMPARE(f.ready(), std::string("True"));
        const int renewed = f.client->count("update", resources::leases);
        f.loop.advance(30s);
        QCOMPARE(f.client->count("update", resources::leases), renewed + 3);
    }

    void aQuietNodeReportsItsStatusOnlyEveryFiveMinutes()
    {
        Fixture f;
        f.client->clearRequests();
        f.loop.advance(4min);
        QCOMPARE(f.client->count("patch", resources::nodes, "status"), 0);
        f.loop.advance(2min);
        QCOMPARE(f.client->count("patch", resources::nodes, "status"), 1);
    }

    void aNodeThatWasCutOffSaysThatItIsReadyAgain()
    {
        Fixture f;
        f.masterGone = true;
        f.loop.advance(60s);
        f.judgeDead();
        QCOMPARE(f.ready(), std::string("Unknown"));
        f.masterGone = false;
        f.loop.advance(11s);
        QCOMPARE(f.ready(), std::string("True"));
    }
};

QTEST_GUILESS_MAIN(NodeRegistrationTest)
#include "tst_node_registration.moc"
