#include "app/shell/command_line.h"

#include <QCommandLineParser>
#include <QFile>
#include <QRegularExpression>

#include "app/connection/endpoint.h"

namespace kates::app {

namespace {

QSize parseSize(const QString& text)
{
    static const QRegularExpression pattern(QStringLiteral("^(\\d{3,5})x(\\d{3,5})$"));
    const auto match = pattern.match(text);
    return match.hasMatch() ? QSize(match.captured(1).toInt(), match.captured(2).toInt()) : QSize();
}

QCommandLineOption hidden(const QString& name, const QString& value)
{
    QCommandLineOption option(name, {}, value);
    option.setFlags(QCommandLineOption::HiddenFromHelp);
    return option;
}

} // namespace

CommandLine CommandLine::parse(const QCoreApplication& application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("CommandLine", "The window of Kates: clusters, a live map, resources and deploying."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption connection(QStringLiteral("connection"), QCoreApplication::translate("CommandLine", "The engine's connection file."),
        QStringLiteral("file"), defaultConnectionFile());
    const QCommandLineOption theme(
        QStringLiteral("theme"), QCoreApplication::translate("CommandLine", "system, dark, light or projector."), QStringLiteral("name"));
    const QCommandLineOption language(
        QStringLiteral("language"), QCoreApplication::translate("CommandLine", "en or de."), QStringLiteral("name"));
    const QCommandLineOption cluster(
        QStringLiteral("cluster"), QCoreApplication::translate("CommandLine", "The cluster to open."), QStringLiteral("name"));
    // For tests and documentation.
    const QCommandLineOption screenshot = hidden(QStringLiteral("screenshot"), QStringLiteral("file"));
    const QCommandLineOption page = hidden(QStringLiteral("page"), QStringLiteral("name"));
    const QCommandLineOption size = hidden(QStringLiteral("size"), QStringLiteral("WxH"));
    const QCommandLineOption show = hidden(QStringLiteral("show"), QStringLiteral("what"));
    const QCommandLineOption deploy = hidden(QStringLiteral("deploy"), QStringLiteral("file"));
    parser.addOptions({ connection, theme, language, cluster, screenshot, page, size, show, deploy });
    parser.process(application);

    CommandLine line;
    line.connectionFile = parser.value(connection);
    line.theme = parser.value(theme);
    line.language = parser.value(language);
    line.cluster = parser.value(cluster);
    line.show = parser.value(show);
    line.screenshot = parser.value(screenshot);
    line.size = parseSize(parser.value(size));
    if (parser.isSet(page))
        line.page = parser.value(page);
    if (QFile file(parser.value(deploy)); parser.isSet(deploy) && file.open(QIODevice::ReadOnly))
        line.deployText = QString::fromUtf8(file.readAll());
    return line;
}

} // namespace kates::app
