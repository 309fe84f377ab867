// Runs one program of the user's (kubectl, kustomize, helm) and takes what it prints: bounded in time and size, never through a shell. GUI thread,
// which it does not block.
#pragma once

#include <QProcess>
#include <QTimer>

#include <functional>

namespace kates::app {

inline constexpr int kToolTimeoutMs = 120'000;
inline constexpr qint64 kToolOutputMax = 64 << 20;

struct ToolAnswer {
    QByteArray output;
    QString problem; // a sentence, or what the program said, when it failed
};

class OutsideTool : public QObject {
    Q_OBJECT
public:
    using Answer = std::function<void(ToolAnswer)>;

    explicit OutsideTool(QObject* parent = nullptr);
    ~OutsideTool() override; // ends the program

    static QString find(const QString& program); // in the PATH; "" when there is none
    // One at a time: what runs already is ended, and its answer does not come.
    void run(const QString& program, const QStringList& arguments, Answer answer);
    void cancel();
    bool isRunning() const { return m_process != nullptr; }

private:
    void take();
    void finish(const QString& problem);

    std::unique_ptr<QProcess> m_process;
    QTimer m_limit;
    QByteArray m_output, m_errors;
    Answer m_answer;
};

} // namespace kates::app
