// Tars byte by byte, so that a test can write what no honest tool writes.
#pragma once

#include <cstdio>
#include <map>
#include <string>
#include <string_view>

namespace kates::test {

struct TarOptions {
    unsigned mode = 0644;
    unsigned owner = 0, group = 0;
    std::string link;                         // target of '1' (hard link) and '2' (symbolic link)
    std::map<std::string, std::string> extra; // pax records: "SCHILY.xattr.user.x", "path" …
    long long claimedSize = -1;               // in the header; -1: the truth
};

class TarBuilder {
public:
    TarBuilder& file(const std::string& name, std::string_view content, const TarOptions& options = {}) { return add('0', name, content, options); }
    TarBuilder& directory(const std::string& name, unsigned mode = 0755) { return add('5', name, {}, {.mode = mode}); }
    TarBuilder& symlink(const std::string& name, const std::string& target) { return add('2', name, {}, {.mode = 0777, .link = target}); }
    TarBuilder& hardlink(const std::string& name, const std::string& target) { return add('1', name, {}, {.link = target}); }
    TarBuilder& device(const std::string& name) { return add('3', name, {}, {.mode = 0600}); }

    TarBuilder& add(char type, const std::string& name, std::string_view content, const TarOptions& options)
    {
        if (!options.extra.empty()) {
            std::string records;
            for (const auto& [key, value] : options.extra)
                records += paxRecord(key, value);
            member('x', "pax", records, {});
        }
        return member(type, name, content, options);
    }
    std::string finish() const { return m_bytes + std::string(1024, '\0'); }

private:
    static std::string paxRecord(const std::string& key, const std::string& value)
    {
        const std::size_t rest = key.size() + value.size() + 3;
        std::size_t length = rest + 1;
        while (std::to_string(length).size() + rest != length)
            ++length;
        return std::to_string(length) + " " + key + "=" + value + "\n";
    }
    static void put(std::string& header, std::size_t at, std::string_view text) { header.replace(at, text.size(), text); }
    static std::string octal(unsigned long long value, int digits)
    {
        char text[32];
        std::snprintf(text, sizeof text, "%0*llo", digits, value);
        return text;
    }
    TarBuilder& member(char type, const std::string& name, std::string_view content, const TarOptions& options)
    {
        std::string header(512, '\0');
        put(header, 0, std::string_view(name).substr(0, 100));
        put(header, 100, octal(options.mode, 7));
        put(header, 108, octal(options.owner, 7));
        put(header, 116, octal(options.group, 7));
        put(header, 124, octal(options.claimedSize >= 0 ? static_cast<unsigned long long>(options.claimedSize) : content.size(), 11));
        put(header, 136, octal(1'000'000'000, 11));
        header[156] = type;
        put(header, 157, std::string_view(options.link).substr(0, 100));
        put(header, 257, std::string_view("ustar\00000", 8));
        put(header, 329, octal(1, 7)); // device numbers, for '3'
        put(header, 337, octal(3, 7));
        put(header, 148, "        ");
        unsigned sum = 0;
        for (const unsigned char byte : header)
            sum += byte;
        put(header, 148, octal(sum, 6) + std::string("\0 ", 2));
        m_bytes += header;
        m_bytes += content;
        m_bytes += std::string((512 - content.size() % 512) % 512, '\0');
        return *this;
    }
    std::string m_bytes;
};

} // namespace kates::test
