#include "store_fixture.h"

using namespace kates;
using namespace kates::store;

namespace {

Task<void> record(Store& store, std::vector<Operation> operations, std::vector<std::string>& log, std::string name)
{
    auto result = co_await store.commit(std::move(operations));
    log.push_back(name + (result ? " ok" : result.error().code == StoreErrorCode::Conflict ? " conflict" : " failed"));
}

Task<void> increment(Store& store, int& conflicts, int& left, int times)
{
    for (int done = 0; done < times;) {
        auto now = co_await store.get("counter");
        int value = std::stoi(std::string((*now)->value.view()));
        std::vector<Operation> operations;
        operations.push_back({"counter", Bytes(std::to_string(value + 1)), (*now)->revision});
        auto written = co_await store.commit(std::move(operations));
        written ? ++done : ++conflicts;
    }
    --left;
}

} // namespace

class StoreTransactionsTest : public QObject {
    Q_OBJECT

private slots:
    KATES_FOR_EACH_STORE(aKeyHasTheRevisionsOfItsWrites)
    {
        KATES_STORE(fixture);
        auto created = fixture.put("/a", "1", 0);
        auto updated = fixture.put("/a", "2", *created);
        QVERIFY(created && updated);
        QVERIFY(*updated > *created);
        auto found = *fixture.run(fixture.store().get("/a"));
        QCOMPARE(found->createRevision, *created);
        QCOMPARE(found->revision, *updated);
        QCOMPARE(std::string(found->value.view()), std::string("2"));
        QCOMPARE(fixture.store().currentRevision(), *updated);
        QVERIFY(!*fixture.run(fixture.store().get("/b")));
    }

    KATES_FOR_EACH_STORE(aPreconditionThatDoesNotHoldChangesNothing)
    {
        KATES_STORE(fixture);
        auto first = *fixture.put("/a", "1");
        auto second = fixture.put("/a", "2", first + 1000);
        QVERIFY(!second);
        QCOMPARE(second.error().code, StoreErrorCode::Conflict);
        QCOMPARE(second.error().actual->revision, first);
        QCOMPARE(fixture.put("/a", "2", 0).error().code, StoreErrorCode::Conflict);
        auto missing = fixture.put("/b", "2", 5);
        QCOMPARE(missing.error().code, StoreErrorCode::Conflict);
        QVERIFY(!missing.error().actual);
        QCOMPARE(fixture.erase("/b", 5).error().code, StoreErrorCode::Conflict);
        QCOMPARE(fixture.value("/a"), std::string("1"));
        QCOMPARE(fixture.value("/b"), std::string("(absent)"));
    }

    KATES_FOR_EACH_STORE(aTransactionIsAllOrNothing)
    {
        KATES_STORE(fixture);
        auto revision = *fixture.put("/a", "1");
        auto failed = fixture.commit({{"/b", Bytes("2"), 0}, {"/a", std::nullopt, revision + 7}});
        QCOMPARE(failed.error().code, StoreErrorCode::Conflict);
        QCOMPARE(describe(fixture.list("/")->items), std::string("/a=1"));
        auto done = fixture.commit({{"/b", Bytes("2"), 0}, {"/a", std::nullopt, revision}, {"/c", Bytes("3"), {}}});
        QVERIFY(done);
        auto page = *fixture.list("/");
        QCOMPARE(describe(page.items), std::string("/b=2,/c=3"));
        QCOMPARE(page.items[0].revision, *done);
        QCOMPARE(page.items[1].revision, *done);
    }

    KATES_FOR_EACH_STORE(aKeyCreatedAgainHasANewCreateRevision)
    {
        KATES_STORE(fixture);
        auto first = *fixture.put("/a", "1");
        QVERIFY(fixture.erase("/a", first));
        auto again = *fixture.put("/a", "2", 0);
        QCOMPARE((*fixture.run(fixture.store().get("/a")))->createRevision, again);
    }

    KATES_FOR_EACH_STORE(deletingWhatIsNotThereIsNoError)
    {
        KATES_STORE(fixture);
        fixture.put("/a", "1");
        QVERIFY(fixture.erase("/none"));
        QVERIFY(fixture.erase("/none", 0));
        QCOMPARE(describe(fixture.list("/")->items), std::string("/a=1"));
    }

    // Several writes of one key, none waited for: each is checked against what the earlier ones will leave.
    KATES_FOR_EACH_STORE(conflictingWritesPipeline)
    {
        KATES_STORE(fixture);
        std::vector<std::string> log;
        fixture.loop().post([&] {
            spawn(record(fixture.store(), {{"/a", Bytes("1"), 0}}, log, "create"));
            spawn(record(fixture.store(), {{"/a", Bytes("2"), 0}}, log, "create again"));
            spawn(record(fixture.store(), {{"/a", Bytes("3"), {}}}, log, "put"));
            spawn(record(fixture.store(), {{"/b", Bytes("4"), 0}}, log, "other"));
        });
        QVERIFY(fixture.runUntil([&] { return log.size() == 4; }));
        std::sort(log.begin(), log.end());
        QCOMPARE(log, (std::vector<std::string>{"create again conflict", "create ok", "other ok", "put ok"}));
        QCOMPARE(describe(fixture.list("/")->items), std::string("/a=3,/b=4"));
    }

    KATES_FOR_EACH_STORE(concurrentIncrementsAreNeverLost)
    {
        KATES_STORE(fixture);
        fixture.put("counter", "0");
        int conflicts = 0, left = 8;
        fixture.loop().post([&] {
            for (int worker = 0; worker < 8; ++worker)
                spawn(increment(fixture.store(), conflicts, left, 25));
        });
        QVERIFY(fixture.runUntil([&] { return left == 0; }));
        QCOMPARE(fixture.value("counter"), std::string("200"));
    }

    KATES_FOR_EACH_STORE(limitsAreEnforced)
    {
        KATES_STORE(fixture);
        QVERIFY(fixture.put("/fits", std::string(kValueMaxBytes, 'x')));
        QCOMPARE(fixture.put("/large", std::string(kValueMaxBytes + 1, 'x')).error().code, StoreErrorCode::TooLarge);
        QVERIFY(fixture.put(std::string(kKeyMaxBytes, 'k'), "1"));
        QCOMPARE(fixture.put(std::string(kKeyMaxBytes + 1, 'k'), "1").error().code, StoreErrorCode::TooLarge);
        QCOMPARE(fixture.put("", "1").error().code, StoreErrorCode::TooLarge);
        std::vector<Operation> many;
        for (std::size_t i = 0; i < kOperationsMax; ++i)
            many.push_back({"/many/" + std::to_string(i), Bytes("1"), {}});
        QVERIFY(fixture.commit(many));
        many.push_back({"/many/more", Bytes("1"), {}});
        QCOMPARE(fixture.commit(many).error().code, StoreErrorCode::TooLarge);
        QCOMPARE(fixture.commit({{"/twice", Bytes("1"), {}}, {"/twice", Bytes("2"), {}}}).error().code, StoreErrorCode::TooLarge);
    }

    KATES_FOR_EACH_STORE(keysAndValuesAreAnyBytes)
    {
        KATES_STORE(fixture);
        std::string key("/\0\xff\n'\"", 6), value("\0\x80\xff", 3);
        QVERIFY(fixture.put(key, value));
        QVERIFY(fixture.put("/empty", ""));
        if (fixture.durable())
            fixture.reopen();
        QCOMPARE(fixture.value(key), value);
        QCOMPARE(fixture.value("/empty"), std::string());
    }

    KATES_FOR_EACH_STORE(closeFinishesWhatIsQueuedAndRefusesTheRest)
    {
        KATES_STORE(fixture);
        std::vector<std::string> log;
        fixture.loop().post([&] {
            for (int i = 0; i < 10; ++i)
                spawn(record(fixture.store(), {{"/" + std::to_string(i), Bytes("1"), 0}}, log, "put"));
        });
        fixture.run(fixture.store().close());
        QCOMPARE(log, std::vector<std::string>(10, "put ok"));
        QCOMPARE(fixture.put("/late", "1").error().code, StoreErrorCode::Unavailable);
        QCOMPARE(fixture.run(fixture.store().get("/1")).error().code, StoreErrorCode::Unavailable);
        QCOMPARE(fixture.list("/").error().code, StoreErrorCode::Unavailable);
        QCOMPARE(fixture.store().watch("/", 0, {}).error().code, StoreErrorCode::Unavailable);
    }

    KATES_FOR_EACH_STORE(everythingIsThereAfterARestart)
    {
        KATES_STORE(fixture);
        if (!fixture.durable())
            return;
        auto first = *fixture.put("/a", "1");
        fixture.put("/b", "2");
        fixture.erase("/b");
        fixture.erase("/none");
        auto revision = fixture.store().currentRevision();
        fixture.reopen();
        QCOMPARE(fixture.store().currentRevision(), revision);
        QCOMPARE(describe(fixture.list("/")->items), std::string("/a=1"));
        QVERIFY(*fixture.put("/a", "3", first) > revision);
    }
};

QTEST_GUILESS_MAIN(StoreTransactionsTest)
#include "tst_store_transactions.moc"
