#include "store_fixture.h"

using namespace kates;
using namespace kates::store;

class StoreListsTest : public QObject {
    Q_OBJECT

private slots:
    KATES_FOR_EACH_STORE(aListIsInKeyOrderAndWithinThePrefix)
    {
        KATES_STORE(fixture);
        for (auto key : {"/pods/b", "/pods/a", "/podsx", "/pod", "/pods/a/x", "/services/a"})
            fixture.put(key, "1");
        QCOMPARE(describe(fixture.list("/pods/")->items), std::string("/pods/a=1,/pods/a/x=1,/pods/b=1"));
        QCOMPARE(describe(fixture.list("/none/")->items), std::string());
        QCOMPARE(fixture.list("")->items.size(), std::size_t(6));
    }

    KATES_FOR_EACH_STORE(pagesTogetherAreTheList)
    {
        KATES_STORE(fixture);
        std::vector<Operation> operations;
        for (char c = 'a'; c <= 'j'; ++c)
            operations.push_back({std::string("/p/") + c, Bytes("1"), {}});
        fixture.commit(operations);
        auto whole = *fixture.list("/p/", "", 10);
        QVERIFY(!whole.more);
        std::string seen;
        auto page = *fixture.list("/p/", "", 3);
        for (;; page = *fixture.list("/p/", page.items.back().key + '\0', 3, page.revision)) {
            for (const auto& item : page.items)
                seen += item.key.back();
            if (!page.more)
                break;
        }
        QCOMPARE(seen, std::string("abcdefghij"));
    }

    KATES_FOR_EACH_STORE(pagesShowOneRevisionAlthoughTheStoreMovesOn)
    {
        KATES_STORE(fixture);
        for (char c = 'a'; c <= 'f'; ++c)
            fixture.put(std::string("/p/") + c, "1");
        auto first = *fixture.list("/p/", "", 2);
        fixture.erase("/p/d");
        fixture.put("/p/cc", "new");
        fixture.put("/p/e", "changed");
        fixture.put("/p/e", "changed again");
        fixture.put("/p/z", "new");
        fixture.erase("/p/z");
        auto rest = *fixture.list("/p/", first.items.back().key + '\0', 0, first.revision);
        QCOMPARE(describe(rest.items), std::string("/p/c=1,/p/d=1,/p/e=1,/p/f=1"));
        QCOMPARE(rest.revision, first.revision);
        auto limited = *fixture.list("/p/", "/p/c", 2, first.revision);
        QCOMPARE(describe(limited.items), std::string("/p/c=1,/p/d=1"));
        QVERIFY(limited.more);
        QCOMPARE(describe(fixture.list("/p/")->items), std::string("/p/a=1,/p/b=1,/p/c=1,/p/cc=new,/p/e=changed again,/p/f=1"));
    }

    KATES_FOR_EACH_STORE(everyRevisionCanBeListedUntilItIsCompacted)
    {
        KATES_STORE(fixture);
        std::vector<Revision> revisions;
        for (int i = 0; i < 6; ++i)
            revisions.push_back(*fixture.put("/k", std::to_string(i)));
        revisions.push_back(*fixture.erase("/k"));
        for (int i = 0; i < 6; ++i)
            QCOMPARE(describe(fixture.list("/", "", 0, revisions[i])->items), "/k=" + std::to_string(i));
        QVERIFY(fixture.run(fixture.store().compact(revisions[3])));
        QCOMPARE(fixture.list("/", "", 0, revisions[2]).error().code, StoreErrorCode::Compacted);
        QCOMPARE(describe(fixture.list("/", "", 0, revisions[3])->items), std::string("/k=3"));
        QCOMPARE(describe(fixture.list("/", "", 0, revisions[5])->items), std::string("/k=5"));
        QCOMPARE(describe(fixture.list("/")->items), std::string());
        QCOMPARE(fixture.run(fixture.store().compact(revisions[1])).error().code, StoreErrorCode::Compacted);
    }

    KATES_FOR_EACH_STORE(aRevisionOfTheFutureIsRefused)
    {
        KATES_STORE(fixture);
        auto revision = *fixture.put("/k", "1");
        QCOMPARE(fixture.list("/", "", 0, revision + 1).error().code, StoreErrorCode::Unavailable);
        QCOMPARE(fixture.run(fixture.store().compact(revision + 1)).error().code, StoreErrorCode::Unavailable);
    }

    KATES_FOR_EACH_STORE(compactionAndHistorySurviveARestart)
    {
        KATES_STORE(fixture);
        if (!fixture.durable())
            return;
        std::vector<Revision> revisions;
        for (int i = 0; i < 6; ++i)
            revisions.push_back(*fixture.put("/k", std::to_string(i)));
        fixture.put("/gone", "1");
        auto last = *fixture.erase("/gone");
        QVERIFY(fixture.run(fixture.store().compact(revisions[3])));
        fixture.reopen();
        QCOMPARE(fixture.list("/", "", 0, revisions[2]).error().code, StoreErrorCode::Compacted);
        QCOMPARE(describe(fixture.list("/", "", 0, revisions[3])->items), std::string("/k=3"));
        QCOMPARE(describe(fixture.list("/", "", 0, revisions[4])->items), std::string("/k=4"));
        QVERIFY(fixture.run(fixture.store().compact(last)));
        fixture.reopen();
        QCOMPARE(fixture.store().currentRevision(), last);
        QCOMPARE(describe(fixture.list("/")->items), std::string("/k=5"));
        QVERIFY(*fixture.put("/k", "6") > last);
    }
};

QTEST_GUILESS_MAIN(StoreListsTest)
#include "tst_store_lists.moc"
