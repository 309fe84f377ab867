// The tests' server with a large cluster, in a process of its own, so that its memory and time are not the window's.
#pragma once

#include <QProcess>
#include <QString>

namespace kates::app::bench {

struct Size {
    int nodes = 400, podsPerNode = 25;
    int pods() const { return nodes * podsPerNode; }
};

// The child: serves "large" until its standard input ends. A line "N" there makes N pods a second change from then on.
int serve(int argc, char** argv, const Size& size, const QString& connectionFile);

// The parent's side.
class Served {
public:
    // Returns when the server can be asked; false when it never could.
    bool start(const QString& program, const Size& size, const QString& connectionFile);
    void change(int podsPerSecond);
    ~Served();

private:
    QProcess m_process;
};

} // namespace kates::app::bench
