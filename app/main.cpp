#include <QGuiApplication>

#include "app/shell/window.h"

int main(int argc, char** argv)
{
    kates::app::prepareApplication();
    QGuiApplication application(argc, argv);
    kates::app::Window window(kates::app::CommandLine::parse(application));
    return window.isLoaded() ? QGuiApplication::exec() : 1;
}
