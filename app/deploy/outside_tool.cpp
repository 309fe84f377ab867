#include "app/deploy/outside_tool.h"

#include <QFileInfo>
#include <QStandardPaths>

#include "app/base/text.h"

namespace kates::app {

OutsideTool::OutsideTool(QObject* parent)
    : QObject(parent)
{
    m_limit.setSingleShot(true);
    m_limit.setInterval(kToolTimeoutMs);
    connect(&m_limit, &QTimer::timeout, this, [this] { finish(tr("It took longer than two minutes and was ended.")); });
}

OutsideTool::~OutsideTool() { cancel(); }

QString OutsideTool::find(const QString& program) { return QStandardPaths::findExecutable(program); }

void OutsideTool::cancel()
{
    m_limit.stop();
    m_answer = {};
    if (!m_process)
        return;
    m_process->disconnect(this);
    // It is reaped once it has ended, without anybody waiting for it.
    QProcess* process = m_process.release();
    connect(process, &QProcess::finished, process, &QObject::deleteLater);
    if (process->state() == QProcess::NotRunning)
        process->deleteLater();
    else
        process->kill();
}

void OutsideTool::run(const QString& program, const QStringList& arguments, Answer answer)
{
    cancel();
    m_output.clear();
    m_errors.clear();
    m_answer = std::move(answer);
    m_process = std::make_unique<QProcess>();
    m_process->setStandardInputFile(QProcess::nullDevice());
    connect(m_process.get(), &QProcess::readyReadStandardOutput, this, &OutsideTool::take);
    connect(m_process.get(), &QProcess::readyReadStandardError, this, &OutsideTool::take);
    connect(m_process.get(), &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            finish(tr("%1 could not be started: %2").arg(QFileInfo(m_process->program()).fileName(), m_process->errorString()));
    });
    connect(m_process.get(), &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) {
        take();
        const QString said = displayText(toStd(QString::fromUtf8(m_errors)), 2000).trimmed();
        if (status == QProcess::NormalExit && code == 0)
            finish({});
        else
            finish(said.isEmpty() ? tr("%1 ended with code %2.").arg(QFileInfo(m_process->program()).fileName()).arg(code) : said);
    });
    m_limit.start();
    m_process->start(program, arguments);
}

void OutsideTool::take()
{
    if (!m_process)
        return;
    m_output += m_process->readAllStandardOutput();
    m_errors = (m_errors + m_process->readAllStandardError()).right(1 << 16);
    if (m_output.size() > kToolOutputMax)
        finish(tr("It printed more than 64 MB and was ended."));
}

void OutsideTool::finish(const QString& problem)
{
    if (!m_process)
        return;
    Answer answer = std::move(m_answer);
    ToolAnswer result { std::exchange(m_output, {}), problem };
    cancel();
    answer(std::move(result));
}

} // namespace kates::app
