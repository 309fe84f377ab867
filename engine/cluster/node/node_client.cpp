#include "engine/cluster/node/node_client.h"

#include "engine/cluster/pki.h"

namespace kates::cluster {

Result<NodeClient> NodeClient::make(Loop& loop, const MachineConfig& config, const std::string& nodeName)
{
    auto pki = Pki::open(config.pki, "kates-" + config.cluster + "-ca", loop.wallTime());
    if (!pki)
        return tl::unexpected(pki.error());
    http::CertificateRequest request;
    request.commonName = "system:node:" + nodeName;
    request.organizations = {"system:nodes"};
    request.client = true;
    auto client = pki->issue(config.certificate, request, loop.wallTime());
    http::CertificateRequest serving;
    serving.commonName = "system:node:" + nodeName;
    serving.organizations = {"system:nodes"};
    serving.dnsNames = {nodeName, "localhost"};
    serving.ipAddresses = {"127.0.0.1"};
    serving.server = true;
    auto server = pki->issue(config.certificate + "-serving", serving, loop.wallTime());
    if (!client || !server)
        return tl::unexpected(!client ? client.error() : server.error());

    http::TlsClientOptions toServer;
    toServer.caPem = pki->authorityPem();
    toServer.certificatePem = client->certificatePem;
    toServer.keyPem = client->keyPem;
    http::TlsServerOptions own;
    own.certificatePem = server->certificatePem;
    own.keyPem = server->keyPem;
    own.clientCaPem = pki->authorityPem();
    auto clientTls = http::makeClientTls(toServer);
    auto servingTls = http::makeServerTls(own);
    if (!clientTls || !servingTls)
        return tl::unexpected(!clientTls ? clientTls.error() : servingTls.error());

    client::ApiEndpoint endpoint;
    endpoint.host = config.serverAddress;
    endpoint.port = config.serverPort;
    endpoint.tls = *clientTls;
    return NodeClient{client::makeHttpClient(loop, endpoint), *servingTls};
}

} // namespace kates::cluster
