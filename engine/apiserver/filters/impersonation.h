// Impersonate-User and its companions (kubectl --as): who may impersonate acts as somebody else from here on.
#pragma once

#include "engine/apiserver/authz/authorizer.h"

namespace kates::apiserver {

// The user to act as: `user` itself without such headers; 403 when impersonation is not allowed, 400 when the headers make no sense.
[[nodiscard]] api::ApiResult<UserInfo> impersonated(const http::Headers& headers, const UserInfo& user, const Authorizer& authorizer);

} // namespace kates::apiserver
