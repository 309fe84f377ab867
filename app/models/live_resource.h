// An informer as the GUI thread sees it: its state, and how old the data is.
#pragma once

#include <QDateTime>
#include <QObject>
#include <qqmlregistration.h>

#include "app/informer/informer.h"

namespace kates::app {

class LiveResource : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the session")
    Q_PROPERTY(bool live READ live NOTIFY stateChanged)
    Q_PROPERTY(bool synced READ synced NOTIFY stateChanged)
    Q_PROPERTY(QString problem READ problem NOTIFY stateChanged)
    Q_PROPERTY(bool forbidden READ forbidden NOTIFY stateChanged) // that is the problem
    Q_PROPERTY(QDateTime asOf READ asOf NOTIFY stateChanged)
public:
    LiveResource(DataThread& thread, ApiClient& client, InformerOptions options, QObject* parent = nullptr);
    ~LiveResource() override;

    void start();
    void stop();
    Informer* informer() const { return m_informer.get(); } // data thread

    bool live() const { return m_state == Informer::State::Live; }
    bool synced() const { return m_synced; }
    QString problem() const; // why it is not live; empty when it is, or when it never was
    bool forbidden() const { return m_state == Informer::State::Waiting && m_error.code == 403; }
    QDateTime asOf() const { return m_asOf; } // when it was last live; invalid before
    Informer::State state() const { return m_state; }
    const api::StatusError& error() const { return m_error; }

signals:
    void stateChanged();

private:
    DataThread& m_thread;
    DataPtr<Informer> m_informer;
    Informer::State m_state = Informer::State::Idle;
    api::StatusError m_error;
    bool m_synced = false;
    QDateTime m_asOf;
};

} // namespace kates::app
