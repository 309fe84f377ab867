#include "engine/client/exec_plugin.h"

#include <algorithm>
#include <map>
#include <unistd.h>

namespace kates::client {

namespace {

// Ours, with what the kubeconfig adds to it.
std::vector<std::string> environmentFor(const ExecCommand& command, const std::string& path, const std::string& info)
{
    std::map<std::string, std::string> variables;
    for (char** variable = environ; *variable; ++variable) {
        const std::string text(*variable);
        variables[text.substr(0, text.find('='))] = text.substr(std::min(text.find('='), text.size() - 1) + 1);
    }
    variables["PATH"] = path;
    for (const auto& [name, value] : command.environment)
        variables[name] = value;
    variables["KUBERNETES_EXEC_INFO"] = info;
    std::vector<std::string> all;
    for (const auto& [name, value] : variables)
        all.push_back(name + "=" + value);
    return all;
}

constexpr std::size_t kLineShownMax = 300;

std::string lastLine(std::string text)
{
    text.erase(text.find_last_not_of(" \t\r\n") + 1);
    const auto start = text.rfind('\n');
    text = text.substr(start == std::string::npos ? 0 : start + 1).substr(0, kLineShownMax);
    std::erase_if(text, [](unsigned char c) { return c < ' ' || c == 127; });
    return text;
}

} // namespace

struct ExecPlugin::State {
    Loop& loop;
    ProcessLauncher& processes;
    LoginPath& path;
    ExecCommand command;
    std::string info;
    Duration timeout;
    std::stop_source stop;
    std::optional<Future<Result<ExecCredential>>> answer; // of the run that goes on, or of the last one
    MonotonicTime finished;
};

ExecPlugin::ExecPlugin(Loop& loop, ProcessLauncher& processes, LoginPath& path, ExecCommand command, std::string info, Duration timeout)
    : m_state(new State{loop, processes, path, std::move(command), std::move(info), timeout, {}, {}, {}})
{
}

ExecPlugin::~ExecPlugin()
{
    m_state->stop.request_stop();
}

Task<Result<ExecCredential>> ExecPlugin::credential()
{
    std::shared_ptr<State> state = m_state;
    bool usable = state->answer.has_value();
    if (usable && state->answer->ready()) {
        const Result<ExecCredential>& last = state->answer->value();
        usable = last ? !last->expires || state->loop.wallTime() + kExecExpiryMargin < *last->expires : state->loop.now() - state->finished < kExecFailureRemembered;
    }
    if (!usable) {
        state->answer.emplace();
        spawn(run(state));
    }
    Future<Result<ExecCredential>> answer = *state->answer;
    co_return co_await answer;
}

void ExecPlugin::refused(const ExecCredential& credential)
{
    auto& answer = m_state->answer;
    const bool current = answer && answer->ready() && answer->value() && answer->value()->token == credential.token
        && answer->value()->certificatePem == credential.certificatePem;
    if (current)
        answer.reset();
}

Task<void> ExecPlugin::run(std::shared_ptr<State> state)
{
    Future<Result<ExecCredential>> answer = *state->answer;
    auto credential = co_await ask(state);
    if (!credential)
        credential = failure("the credential plug-in failed: " + state->command.line() + ": " + credential.error().message);
    state->finished = state->loop.now();
    answer.set(std::move(credential));
}

Task<Result<ExecCredential>> ExecPlugin::ask(std::shared_ptr<State> state)
{
    const ExecCommand& command = state->command;
    if (command.interactiveMode == "Always")
        co_return failure("it wants to talk to a person (interactiveMode Always), and the engine has no terminal");
    const std::string path = co_await state->path.get(state->stop.get_token());
    const auto program = findProgram(command.command, path);
    if (!program)
        co_return failure("no such program in the PATH of your login shell" + (command.installHint.empty() ? std::string() : ". " + command.installHint));
    ProcessSpec spec;
    spec.program = *program;
    spec.arguments = command.arguments;
    spec.environment = environmentFor(command, path, state->info);
    spec.newSession = true;
    spec.killWithParent = true;
    RunLimits limits;
    limits.timeout = state->timeout;
    limits.outputMax = kExecPluginOutputMax;
    limits.stop = state->stop.get_token();
    auto output = co_await state->processes.run(spec, {}, limits);
    if (!output)
        co_return tl::unexpected(output.error());
    if (!output->status.success()) {
        const std::string said = lastLine(output->standardError);
        co_return failure("exit code " + std::to_string(output->status.code) + (said.empty() ? std::string() : ": " + said));
    }
    co_return parseExecCredential(output->standardOutput, command.apiVersion);
}

} // namespace kates::client
