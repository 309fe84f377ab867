// The language of the window: the system's, or the one that was chosen. English is in the sources; the others are resources/translations/kates_*.ts.
// GUI thread.
#pragma once

#include <QObject>
#include <QTranslator>

namespace kates::app {

class Language : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    ~Language() override;

    // "system", "en" or "de". What is unknown means the system's.
    void set(const QString& language);

private:
    QTranslator m_window; // our own sentences
    QTranslator m_qt; // those of Qt's dialogs
};

} // namespace kates::app
