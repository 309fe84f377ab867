// What the program was asked on its command line.
#pragma once

#include <QCoreApplication>
#include <QSize>
#include <QString>

namespace kates::app {

struct CommandLine {
    QString connectionFile;
    QString cluster;
    QString page; // "" follows the user's last: "map:apps" is a page with its lens
    QString theme; // "" follows the user's choice
    QString language; // "" follows the user's choice
    QString screenshot; // a file; the window closes when it is written
    QString show; // what is opened besides the page: see Main.qml
    QString deployText; // shown on the Deploy page
    QSize size;

    // Prints help, the version or an error and ends the program when that is what was asked.
    static CommandLine parse(const QCoreApplication& application);
};

} // namespace kates::app
