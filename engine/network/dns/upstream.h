// Asks other DNS servers. Each question has a socket of its own (so an own random port) and an own random id; an answer is taken only from the server
// that was asked, to that id and question.
#pragma once

#include "engine/base/random.h"
#include "engine/base/result.h"
#include "engine/base/task.h"
#include "engine/network/dns/message.h"

namespace kates::network::dns {

constexpr int kUpstreamQueriesMax = 500; // at the same time; more are refused
constexpr Duration kUpstreamTimeout = std::chrono::seconds(2); // per server; two rounds
constexpr int kUpstreamRounds = 2;

struct UpstreamResponse {
    std::string message; // with the asker's id
    ResponseInfo info;
};

class Upstream {
public:
    Upstream(Loop& loop, Random& random, int port = 53) : m_loop(loop), m_random(random), m_port(port) {}
    // Sends the asker's message as it is, but for its id. Over UDP, or over TCP when the asker used TCP.
    Task<Result<UpstreamResponse>> ask(std::string message, Query query, std::vector<Ipv4> servers, bool tcp, std::stop_token stop);

private:
    Task<std::optional<UpstreamResponse>> askUdp(std::string message, std::string question, Ipv4 server, std::stop_token stop);
    Task<std::optional<UpstreamResponse>> askTcp(std::string message, std::string question, Ipv4 server);
    Loop& m_loop;
    Random& m_random;
    int m_port;
    int m_running = 0;
};

} // namespace kates::network::dns
