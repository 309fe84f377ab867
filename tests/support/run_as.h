// Runs a test program as nodes are run: with KATES_TEST_USER set, inside that user's namespaces (root, too, has some).
#pragma once

#include <cstdlib>
#include <cstring>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "tests/support/in_holder.h"

namespace kates::test {

constexpr int kTestSkipped = 77; // as CTest is told

inline int runAs(int count, char** arguments, int (*body)(int, char**))
{
    const char* name = std::getenv("KATES_TEST_USER");
    if (!name || !*name)
        return body(count, arguments);
    if (std::strcmp(name, "root") == 0 && ::geteuid() != 0) {
        std::fprintf(stderr, "this test wants to be started by root\n");
        return kTestSkipped;
    }
    if (::geteuid() == 0 && std::strcmp(name, "root") != 0) {
        const auto* user = ::getpwnam(name);
        if (!user && std::system((std::string("useradd --create-home --shell /bin/sh ") + name).c_str()) == 0)
            user = ::getpwnam(name);
        if (!user) {
            std::fprintf(stderr, "there is no user %s, and it cannot be made\n", name);
            return kTestSkipped;
        }
        ::setenv("HOME", user->pw_dir, 1);
        if (::initgroups(name, user->pw_gid) != 0 || ::setgid(user->pw_gid) != 0 || ::setuid(user->pw_uid) != 0)
            return 1;
        ::prctl(PR_SET_DUMPABLE, 1); // lost by setuid; without it /proc/<our pid> belongs to root
        if (::chdir("/") != 0)
            return 1;
    }
    return runInHolder([&](const std::filesystem::path&) { return body(count, arguments); });
}

} // namespace kates::test

// main() of a test class that runs either way.
#define KATES_RUNTIME_TEST_MAIN(TestClass)                                          \
    int main(int count, char** arguments)                                           \
    {                                                                               \
        return kates::test::runAs(count, arguments, [](int testCount, char** testArguments) { \
            QCoreApplication application(testCount, testArguments);                 \
            TestClass test;                                                         \
            return QTest::qExec(&test, testCount, testArguments);                   \
        });                                                                         \
    }
