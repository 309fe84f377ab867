#pragma once

#include <QtTest>
#include <string>

// So that QCOMPARE shows texts that differ.
template <>
inline char* QTest::toString(const std::string& text)
{
    return qstrdup(text.c_str());
}
