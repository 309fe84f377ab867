#include <QtTest>

#include <fcntl.h>
#include <unistd.h>

#include "engine/base/files.h"
#include "engine/base/time.h"
#include "engine/kubelet/server/log_reader.h"

using namespace kates;
using namespace kates::kubelet;

class LogReaderTest : public QObject {
    Q_OBJECT
    static constexpr const char* kLog = "2026-01-01T00:00:01.0Z stdout F one\n2026-01-01T00:00:02.0Z stderr F two\n2026-01-01T00:00:03.0Z stdout P th\n"
                                        "2026-01-01T00:00:03.1Z stdout F ree\n";
private slots:
    void linesComeOutAsTheyWereWritten()
    {
        QCOMPARE(LogFormatter({}).feed(kLog), std::string("one\ntwo\nthree\n"));
        LogOptions options;
        options.timestamps = true;
        QCOMPARE(LogFormatter(options).feed("2026-01-01T00:00:01.0Z stdout F one\n"), std::string("2026-01-01T00:00:01.0Z one\n"));
    }
    void anyCutOfTheBytesGivesTheSame()
    {
        LogFormatter formatter({});
        std::string out;
        for (const char* at = kLog; *at; ++at)
            out += formatter.feed({at, 1});
        QCOMPARE(out, std::string("one\ntwo\nthree\n"));
    }
    void sinceStreamAndLimitAreKept()
    {
        LogOptions since;
        since.since = parseTime("2026-01-01T00:00:02Z");
        QCOMPARE(LogFormatter(since).feed(kLog), std::string("two\nthree\n"));
        LogOptions limit;
        limit.limitBytes = 5;
        QCOMPARE(LogFormatter(limit).feed(kLog), std::string("one\nt"));
        LogOptions stream;
        stream.stream = "Stderr";
        QCOMPARE(LogFormatter(stream).feed(kLog), std::string("two\n"));
    }
    void tornLinesAreSkipped()
    {
        QCOMPARE(LogFormatter({}).feed("garbage\n\n2026 stdout\n2026-01-01T00:00:01Z stdout F ok\n"), std::string("ok\n"));
    }
    void theTailBeginsAtALine()
    {
        auto directory = TemporaryDirectory::create();
        auto path = directory->path() / "log";
        std::string text;
        for (int i = 0; i < 20000; ++i)
            text += "line " + std::to_string(i) + "\n";
        QVERIFY(writeFileAtomically(path, text).has_value());
        OwnedFd fd(::open(path.c_str(), O_RDONLY));
        for (int lines : {1, 3, 19999, 20000, 30000}) {
            auto offset = tailOffset(fd.get(), lines);
            QCOMPARE(std::count(text.begin() + *offset, text.end(), '\n'), std::ptrdiff_t(std::min(lines, 20000)));
        }
        QCOMPARE(*tailOffset(fd.get(), 0), std::int64_t(text.size()));
    }
};

QTEST_GUILESS_MAIN(LogReaderTest)
#include "tst_log_reader.moc"
