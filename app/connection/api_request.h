// One request to an API server, as a value.
#pragma once

#include <QByteArray>
#include <QString>
#include <QUrlQuery>

#include "engine/api/status.h"

namespace kates::app {

inline constexpr int kRequestTimeoutMs = 30'000;

// A resource of one API server: where its collection stands. `root` is "" for the engine itself and "/clusters/NAME" for a cluster behind it.
struct ResourceRef {
    QString root;
    QString group; // "" for the core group
    QString version = QStringLiteral("v1");
    QString resource; // plural
    bool namespaced = true;

    QString apiVersion() const { return group.isEmpty() ? version : group + u'/' + version; }
    QString groupVersionPath() const;
    // The collection; of every namespace when `ns` is empty.
    QString path(const QString& ns = {}) const;
    QString objectPath(const QString& ns, const QString& name, const QString& subresource = {}) const;
    bool operator==(const ResourceRef&) const = default;
};

struct ApiRequest {
    QByteArray method = "GET";
    QString path;
    QUrlQuery query;
    QByteArray accept = "application/json";
    QByteArray contentType;
    QByteArray body;
    int timeoutMs = kRequestTimeoutMs; // 0: none
};

inline constexpr const char* kApplyPatch = "application/apply-patch+yaml";
inline constexpr const char* kMergePatch = "application/merge-patch+json";
inline constexpr const char* kJsonPatch = "application/json-patch+json";
inline constexpr const char* kStrategicPatch = "application/strategic-merge-patch+json";
inline constexpr const char* kTableAccept = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

[[nodiscard]] ApiRequest getRequest(const QString& path);
[[nodiscard]] ApiRequest postRequest(const QString& path, const api::Value& object);
[[nodiscard]] ApiRequest patchRequest(const QString& path, const char* patchType, const api::Value& patch);
[[nodiscard]] ApiRequest deleteRequest(const QString& path, const api::Value& options = {});

struct ApiResponse {
    int code = 0;
    QByteArray contentType;
    QByteArray body;
    api::Value document; // when the body is JSON
};

using ApiReply = api::ApiResult<ApiResponse>;

// Reasons of errors that did not come from the server but from the way to it.
inline constexpr const char* kUnreachable = "Unreachable";
inline constexpr const char* kTimedOut = "ClientTimeout";
inline constexpr const char* kMalformed = "MalformedAnswer";
inline constexpr const char* kReadOnlyHere = "ReadOnlyHere"; // refused by the window: see ApiClient::setGuardedRoots()

// An error in one sentence for a person; the causes of an Invalid one as "field: message" on lines of their own.
[[nodiscard]] QString errorSentence(const api::StatusError& error);

} // namespace kates::app
