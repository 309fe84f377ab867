#include "app/models/live_resource.h"

#include <QPointer>

namespace kates::app {

LiveResource::LiveResource(DataThread& thread, ApiClient& client, InformerOptions options, QObject* parent)
    : QObject(parent)
    , m_thread(thread)
    , m_informer(makeOn<Informer>(thread, client, std::move(options)))
{
    Informer* informer = m_informer.get();
    // Runs on the data thread, where the informer may be read; what it says travels by value.
    connect(informer, &Informer::stateChanged, informer, [self = QPointer(this), this, informer](Informer::State state) {
        const api::StatusError error = informer->lastError();
        const bool synced = informer->synced();
        postToGui(self, [this, state, error, synced] {
            if (m_state == Informer::State::Live || state == Informer::State::Live)
                m_asOf = QDateTime::currentDateTimeUtc();
            m_state = state;
            m_error = error;
            m_synced = synced;
            emit stateChanged();
        });
    });
}

LiveResource::~LiveResource() = default;

void LiveResource::start()
{
    m_thread.with(m_informer.get(), [](Informer& informer) { informer.start(); });
}

void LiveResource::stop()
{
    m_thread.with(m_informer.get(), [](Informer& informer) { informer.stop(); });
}

QString LiveResource::problem() const { return m_state == Informer::State::Waiting ? errorSentence(m_error) : QString(); }

} // namespace kates::app
