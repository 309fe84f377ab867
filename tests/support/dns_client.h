// Builds DNS questions and reads answers as text, independently of the engine's own code.
#pragma once

#include <resolv.h>
#include <arpa/nameser.h>
#include <arpa/inet.h>
#include <string>
#include <vector>

namespace kates::test {

// With an OPT record when `udpSize` is not 0.
inline std::string dnsQuestion(const std::string& name, int type, unsigned short id = 7, unsigned short udpSize = 0)
{
    unsigned char buffer[512];
    const int size = ::res_mkquery(ns_o_query, name.c_str(), ns_c_in, type, nullptr, 0, nullptr, buffer, sizeof buffer);
    if (size < 0)
        return {};
    std::string message(reinterpret_cast<char*>(buffer), static_cast<std::size_t>(size));
    message[0] = static_cast<char>(id >> 8);
    message[1] = static_cast<char>(id & 255);
    if (udpSize != 0) {
        message[11] = 1;
        message += std::string({0, 0, 41, static_cast<char>(udpSize >> 8), static_cast<char>(udpSize & 255), 0, 0, 0, 0, 0, 0});
    }
    return message;
}

inline std::string recordText(const ns_msg& message, const ns_rr& record)
{
    char name[NS_MAXDNAME];
    const auto* data = ns_rr_rdata(record);
    auto nameAt = [&](const unsigned char* at) {
        return ::ns_name_uncompress(ns_msg_base(message), ns_msg_end(message), at, name, sizeof name) < 0 ? std::string("?") : std::string(name);
    };
    switch (ns_rr_type(record)) {
    case ns_t_a: {
        char text[INET_ADDRSTRLEN];
        return std::string("A ") + ::inet_ntop(AF_INET, data, text, sizeof text);
    }
    case ns_t_cname:
        return "CNAME " + nameAt(data);
    case ns_t_ptr:
        return "PTR " + nameAt(data);
    case ns_t_srv:
        return "SRV " + std::to_string(ns_get16(data + 4)) + " " + nameAt(data + 6);
    case ns_t_soa:
        return "SOA " + nameAt(data);
    case ns_t_txt:
        return "TXT " + std::string(reinterpret_cast<const char*>(data) + 1, data[0]);
    case ns_t_opt:
        return "OPT";
    default:
        return "type " + std::to_string(ns_rr_type(record));
    }
}

// "NOERROR aa | A 10.0.0.1 | SOA … | A …": code and flags, then the sections; by the C library's parser. "unreadable" when it refuses.
inline std::string dnsText(const std::string& response)
{
    ns_msg message;
    if (::ns_initparse(reinterpret_cast<const unsigned char*>(response.data()), static_cast<int>(response.size()), &message) != 0)
        return "unreadable";
    static const char* const codes[] = {"NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED"};
    std::string text = codes[std::min<int>(ns_msg_getflag(message, ns_f_rcode), 5)];
    text += ns_msg_getflag(message, ns_f_aa) ? " aa" : "";
    text += ns_msg_getflag(message, ns_f_tc) ? " tc" : "";
    for (auto section : {ns_s_an, ns_s_ns, ns_s_ar}) {
        std::string part;
        for (int index = 0; index < ns_msg_count(message, section); ++index) {
            ns_rr record;
            if (::ns_parserr(&message, section, index, &record) != 0)
                return "unreadable";
            part += (part.empty() ? "" : ", ") + recordText(message, record);
        }
        if (!part.empty())
            text += " | " + part;
    }
    return text;
}

} // namespace kates::test
