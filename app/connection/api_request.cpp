#include "app/connection/api_request.h"

#include "app/base/text.h"
#include "engine/api/json.h"

namespace kates::app {

namespace {

QString encoded(const QString& segment) { return QString::fromLatin1(QUrl::toPercentEncoding(segment)); }

ApiRequest withBody(const QByteArray& method, const QString& path, const QByteArray& contentType, const api::Value& object)
{
    ApiRequest request;
    request.method = method;
    request.path = path;
    request.contentType = contentType;
    if (!object.isNull())
        request.body = QByteArray::fromStdString(api::toJson(object));
    return request;
}

} // namespace

QString ResourceRef::groupVersionPath() const
{
    return root + (group.isEmpty() ? QStringLiteral("/api/") : QStringLiteral("/apis/") + group + u'/') + version;
}

QString ResourceRef::path(const QString& ns) const
{
    const QString scope = namespaced && !ns.isEmpty() ? QStringLiteral("/namespaces/") + encoded(ns) : QString();
    return groupVersionPath() + scope + u'/' + resource;
}

QString ResourceRef::objectPath(const QString& ns, const QString& name, const QString& subresource) const
{
    return path(ns) + u'/' + encoded(name) + (subresource.isEmpty() ? QString() : u'/' + subresource);
}

ApiRequest getRequest(const QString& path)
{
    ApiRequest request;
    request.path = path;
    return request;
}

ApiRequest postRequest(const QString& path, const api::Value& object) { return withBody("POST", path, "application/json", object); }

ApiRequest patchRequest(const QString& path, const char* patchType, const api::Value& patch) { return withBody("PATCH", path, patchType, patch); }

ApiRequest deleteRequest(const QString& path, const api::Value& options)
{
    return withBody("DELETE", path, options.isNull() ? QByteArray() : QByteArray("application/json"), options);
}

QString errorSentence(const api::StatusError& error)
{
    if (error.causes.empty() || error.reason != "Invalid")
        return displayText(error.message);
    QString text;
    for (const api::StatusCause& cause : error.causes) {
        text += text.isEmpty() ? QString() : QStringLiteral("\n");
        text += cause.field.empty() ? displayText(cause.message) : displayText(cause.field) + QStringLiteral(": ") + displayText(cause.message);
    }
    return text;
}

} // namespace kates::app
