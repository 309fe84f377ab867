#include <QtTest>

#include "engine/base/base64.h"
#include "engine/base/files.h"
#include "engine/base/process.h"
#include "engine/http/jwt.h"
#include "engine/http/pki.h"
#include "engine/http/tls.h"

using namespace kates;
using namespace kates::http;

class PkiTest : public QObject {
    Q_OBJECT
    WallTime m_now = std::chrono::system_clock::now();

    // What the openssl program says: an opinion that is not ours.
    static std::string openssl(std::vector<std::string> arguments, std::string input = {})
    {
        auto loop = makeLoop();
        auto launcher = makeProcessLauncher(*loop);
        auto output = runToCompletion(*loop, launcher->run({.program = "openssl", .arguments = std::move(arguments)}, std::move(input)));
        return output ? output->standardOutput + output->standardError : output.error().message;
    }

private slots:
    void opensslAcceptsWhatTheAuthorityIssues()
    {
        auto authority = makeCertificateAuthority("kates", 10, m_now);
        QVERIFY(authority);
        auto issued = issueCertificate(*authority, {.commonName = "kube-apiserver", .organizations = {"system:masters"},
            .dnsNames = {"kubernetes.default.svc", "localhost"}, .ipAddresses = {"127.0.0.1", "10.96.0.1", "::1"}, .server = true, .client = true},
            m_now);
        QVERIFY(issued);
        auto directory = TemporaryDirectory::create();
        QVERIFY(writeFileAtomically(directory->path() / "ca.pem", authority->certificatePem));
        QVERIFY(writeFileAtomically(directory->path() / "leaf.pem", issued->certificatePem));
        auto ca = (directory->path() / "ca.pem").string(), leaf = (directory->path() / "leaf.pem").string();
        for (std::string purpose : {"sslserver", "sslclient"}) {
            auto verdict = openssl({"verify", "-x509_strict", "-purpose", purpose, "-CAfile", ca, leaf});
            QVERIFY2(verdict.find("leaf.pem: OK") != std::string::npos, verdict.c_str());
        }
        auto text = openssl({"x509", "-noout", "-text", "-in", leaf});
        for (std::string part : {"Subject: O = system:masters, CN = kube-apiserver", "Issuer: CN = kates",
                 "DNS:kubernetes.default.svc, DNS:localhost",
                 "IP Address:127.0.0.1, IP Address:10.96.0.1, IP Address:0:0:0:0:0:0:0:1", "NIST CURVE: P-256", "ecdsa-with-SHA256", "CA:FALSE"})
            QVERIFY2(text.find(part) != std::string::npos, (part + " is not in " + text).c_str());
    }
    void aClientCertificateIsNoServerCertificate()
    {
        auto authority = *makeCertificateAuthority("kates", 10, m_now);
        auto issued = *issueCertificate(authority, {.commonName = "alice", .client = true}, m_now);
        auto directory = TemporaryDirectory::create();
        QVERIFY(writeFileAtomically(directory->path() / "ca.pem", authority.certificatePem));
        QVERIFY(writeFileAtomically(directory->path() / "leaf.pem", issued.certificatePem));
        auto ca = (directory->path() / "ca.pem").string(), leaf = (directory->path() / "leaf.pem").string();
        auto verdict = openssl({"verify", "-purpose", "sslserver", "-CAfile", ca, leaf});
        QVERIFY2(verdict.find("error") != std::string::npos, verdict.c_str());
    }
    void nothingOutlivesItsAuthority()
    {
        auto authority = *makeCertificateAuthority("kates", 10, m_now);
        auto issued = *issueCertificate(authority, {.commonName = "alice", .client = true, .days = 1000}, m_now);
        auto end = [](const std::string& pem) { return openssl({"x509", "-noout", "-enddate"}, pem); };
        QCOMPARE(end(issued.certificatePem), end(authority.certificatePem));
    }
    void wrongInputsAreErrors()
    {
        auto authority = *makeCertificateAuthority("kates", 10, m_now);
        auto issued = issueCertificate(authority, {.commonName = "a", .ipAddresses = {"1.2.3"}}, m_now);
        QVERIFY(!issued);
        QVERIFY(issued.error().message.find("\"1.2.3\"") != std::string::npos);
        QVERIFY(!issueCertificate({"nonsense", "nonsense"}, {.commonName = "a"}, m_now));
        auto other = *makeCertificateAuthority("other", 10, m_now);
        auto mismatched = makeServerTls({.certificatePem = authority.certificatePem, .keyPem = other.keyPem});
        QVERIFY(!mismatched);
        QVERIFY(!makeServerTls({}));
        QVERIFY(!makeClientTls({.caPem = "nonsense"}));
    }

    void tokensAreVerifiedByThePublicKey()
    {
        auto pem = *makeEcKey();
        auto key = *JwtKey::fromPem(pem);
        auto publicKey = *JwtKey::fromPem(*publicKeyOf(pem));
        QCOMPARE(key.id(), publicKey.id());
        auto token = key.sign(R"({"sub":"system:serviceaccount:default:default"})");
        QVERIFY(token);
        QCOMPARE(std::count(token->begin(), token->end(), '.'), 2);
        auto header = *decodeBase64Url(token->substr(0, token->find('.')));
        QCOMPARE(header, R"({"alg":"ES256","kid":")" + key.id() + R"("})");
        QCOMPARE(*publicKey.verify(*token), std::string(R"({"sub":"system:serviceaccount:default:default"})"));
        QVERIFY(!publicKey.sign("{}"));
    }
    void anotherImplementationsTokenIsAccepted()
    {
        // RFC 7515, appendix A.3: the key, and its token.
        auto key = JwtKey::fromPem("-----BEGIN PUBLIC KEY-----\n"
                                   "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEf83OJ3D2xF1Bg8vub9tLe1gHMzV7\n"
                                   "6e8Tus9uPHvRVEXH8UTNG72bfocs3+257rn0s2ldbqkLJK2KRiMohYjlrQ==\n"
                                   "-----END PUBLIC KEY-----\n");
        QVERIFY(key);
        auto claims = key->verify("eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9p"
                                  "c19yb290Ijp0cnVlfQ."
                                  "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
        QVERIFY2(claims, claims ? "" : claims.error().message.c_str());
        QVERIFY(claims->find("\"joe\"") != std::string::npos);
    }
    void forgedTokensAreRefused()
    {
        auto key = *JwtKey::fromPem(*makeEcKey());
        auto stranger = *JwtKey::fromPem(*makeEcKey());
        auto token = *key.sign(R"({"sub":"a"})");
        QVERIFY(!stranger.verify(token));
        auto firstDot = token.find('.'), lastDot = token.rfind('.');
        auto claims = token.substr(firstDot, lastDot - firstDot), signature = token.substr(lastDot);
        QVERIFY(key.verify(token.substr(0, firstDot) + claims + signature));
        QVERIFY(!key.verify(token.substr(0, firstDot) + "." + encodeBase64Url(R"({"sub":"b"})") + signature));
        QVERIFY(!key.verify(encodeBase64Url(R"({"alg":"none"})") + claims + "."));
        QVERIFY(!key.verify(encodeBase64Url(R"({"alg":"HS256"})") + claims + signature));
        for (std::string broken : {"", ".", "..", "a.b", "a.b.c", "a.b.c.d"})
            QVERIFY(!key.verify(broken));
        QVERIFY(!key.verify(token + "A"));
        QVERIFY(!key.verify(std::string(100'000, 'a') + "." + "b.c"));
    }
    void onlyP256KeysAreTaken()
    {
        QVERIFY(!JwtKey::fromPem(openssl({"genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"})));
        QVERIFY(!JwtKey::fromPem("nonsense"));
    }
};

QTEST_GUILESS_MAIN(PkiTest)
#include "tst_pki.moc"
