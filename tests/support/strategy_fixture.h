// Running an object through prepareAndValidateCreate/Update in a test, and the problems as lines of text.
#pragma once

#include <QStringList>

#include "engine/api/json.h"
#include "engine/apiserver/registry/strategy.h"
#include "engine/base/time.h"

namespace kates::test {

inline api::Value json(const QString& text)
{
    auto value = api::parseJson(text.toStdString());
    if (!value)
        qFatal("bad JSON in a test: %s\n%s", value.error().message.c_str(), qPrintable(text));
    return *value;
}

inline api::Scheme::KindPointer kindOf(const api::Value& object)
{
    static const auto kubernetes = api::Scheme::kubernetes();
    static const auto engine = api::Scheme::engine();
    const auto kind = kubernetes->findKind(object.str("apiVersion"), object.str("kind"));
    return kind ? kind : engine->findKind(object.str("apiVersion"), object.str("kind"));
}

struct Outcome {
    api::Value object;
    QString problems; // "field: message" per line; a refusal that is not Invalid as its message
};

inline QString problemsOf(const api::ApiResult<void>& result)
{
    if (result)
        return {};
    QStringList lines;
    for (const api::StatusCause& cause : result.error().causes)
        lines << QString::fromStdString(cause.field + ": " + cause.message);
    return lines.isEmpty() ? QString::fromStdString(result.error().message) : lines.join('\n');
}

inline Outcome create(api::Value object)
{
    const auto kind = kindOf(object);
    const auto result = apiserver::prepareAndValidateCreate({*kind, "tester", "", *parseTime("2026-01-02T12:00:00Z")}, object);
    return {object, problemsOf(result)};
}

inline Outcome create(const QString& text)
{
    return create(json(text));
}

inline Outcome update(const api::Value& old, api::Value object, const std::string& subresource = "")
{
    const auto kind = kindOf(old);
    const auto result = apiserver::prepareAndValidateUpdate({*kind, "tester", subresource, *parseTime("2026-01-02T12:00:00Z")}, object, old);
    return {object, problemsOf(result)};
}

} // namespace kates::test
