#include "engine/client/exec_command.h"

#include <algorithm>

#include "engine/api/json.h"
#include "engine/base/base64.h"
#include "engine/base/shell_word.h"
#include "engine/base/time.h"

namespace kates::client {

namespace {

constexpr std::string_view kGroup = "client.authentication.k8s.io/";

bool fitsHeader(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c > ' ' && c < 127; });
}

bool holdsNul(std::string_view text)
{
    return text.find('\0') != std::string_view::npos;
}

} // namespace

std::string ExecCommand::line() const
{
    std::string text;
    for (const auto& [name, value] : environment)
        text += name + "=" + shellWord(value) + " ";
    text += shellWord(command);
    for (const std::string& argument : arguments)
        text += " " + shellWord(argument);
    return text;
}

Result<ExecCommand> readExecCommand(const api::Value& exec, const api::Value& cluster)
{
    ExecCommand command;
    command.apiVersion = exec.str("apiVersion");
    if (command.apiVersion != std::string(kGroup) + "v1" && command.apiVersion != std::string(kGroup) + "v1beta1")
        return failure("the credential plug-in's apiVersion is \"" + command.apiVersion + "\": " + std::string(kGroup) + "v1 or v1beta1 is expected");
    command.command = exec.str("command");
    if (command.command.empty())
        return failure("the credential plug-in names no command");
    for (const api::Value& argument : exec.get("args"))
        command.arguments.emplace_back(argument.asString());
    for (const api::Value& variable : exec.get("env")) {
        const std::string name(variable.str("name"));
        const bool good = !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) || c == '_'; });
        if (!good)
            return failure("the credential plug-in's environment holds the name \"" + name + "\", which is none");
        command.environment.emplace_back(name, variable.str("value"));
    }
    if (holdsNul(command.line()))
        return failure("the credential plug-in's command holds a NUL character");
    if (const std::string_view mode = exec.str("interactiveMode"); !mode.empty())
        command.interactiveMode = mode;
    else if (command.apiVersion.ends_with("/v1"))
        return failure("the credential plug-in's interactiveMode is missing");
    command.installHint = exec.str("installHint");
    command.provideClusterInfo = exec.get("provideClusterInfo").asBool();
    for (const api::Value& extension : cluster.get("extensions"))
        if (extension.str("name") == kExecClusterExtension)
            command.clusterConfig = extension.get("extension");
    return command;
}

api::Value toValue(const ExecCommand& command)
{
    api::Value arguments = api::Value::array(), environment = api::Value::array();
    for (const std::string& argument : command.arguments)
        arguments.push(argument);
    for (const auto& [name, value] : command.environment)
        environment.push(api::Value::object({{"name", name}, {"value", value}}));
    api::Value exec = api::Value::object({{"apiVersion", command.apiVersion}, {"command", command.command}, {"args", arguments}, {"env", environment},
        {"interactiveMode", command.interactiveMode}, {"provideClusterInfo", command.provideClusterInfo}});
    if (!command.installHint.empty())
        exec.set("installHint", command.installHint);
    return exec;
}

std::string execInfo(const ExecCommand& command, const ExecCluster& cluster)
{
    api::Value spec = api::Value::object({{"interactive", false}});
    if (command.provideClusterInfo) {
        api::Value told = api::Value::object({{"server", cluster.server}});
        if (!cluster.tlsServerName.empty())
            told.set("tls-server-name", cluster.tlsServerName);
        if (cluster.insecureSkipTlsVerify)
            told.set("insecure-skip-tls-verify", true);
        if (!cluster.caPem.empty())
            told.set("certificate-authority-data", encodeBase64(cluster.caPem));
        told.set("config", command.clusterConfig);
        spec.set("cluster", told);
    }
    return api::toJson(api::Value::object({{"kind", "ExecCredential"}, {"apiVersion", command.apiVersion}, {"spec", spec}}));
}

Result<ExecCredential> parseExecCredential(std::string_view text, const std::string& apiVersion)
{
    auto document = api::parseJson(text);
    if (!document)
        return failure("what it printed is not JSON: " + document.error().message);
    if (document->str("kind") != "ExecCredential" || document->str("apiVersion") != apiVersion)
        return failure("it printed " + std::string(document->str("apiVersion")) + " " + std::string(document->str("kind")) + ", not " + apiVersion
            + " ExecCredential");
    const api::Value& status = document->get("status");
    ExecCredential credential{std::string(status.str("token")), std::string(status.str("clientCertificateData")), std::string(status.str("clientKeyData")), {}};
    if (!fitsHeader(credential.token))
        return failure("the token that it printed holds characters that no token has");
    if (credential.certificatePem.empty() != credential.keyPem.empty())
        return failure("it printed a client certificate without its key, or a key without its certificate");
    if (credential.token.empty() && credential.certificatePem.empty())
        return failure("it printed neither a token nor a client certificate");
    if (const std::string_view expires = status.str("expirationTimestamp"); !expires.empty()) {
        credential.expires = parseTime(expires);
        if (!credential.expires)
            return failure("the expirationTimestamp that it printed is no time");
    }
    return credential;
}

} // namespace kates::client
