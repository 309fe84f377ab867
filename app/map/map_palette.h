// The theme's colours as the map's painter takes them.
#pragma once

#include <QColor>
#include <QObject>
#include <qqmlregistration.h>

#include <array>

#include "app/objects/object_state.h"

namespace kates::app {

struct MapColors {
    QColor card, cardBorder, cardAlternate, text, textDim, track, accent, link;
    std::array<QColor, ObjectState::Failing + 1> states;
    QString fontFamily;

    const QColor& of(State state) const { return states[std::size_t(state)]; }
};

class MapPalette : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QColor card MEMBER m_card NOTIFY changed)
    Q_PROPERTY(QColor cardBorder MEMBER m_cardBorder NOTIFY changed)
    Q_PROPERTY(QColor cardAlternate MEMBER m_cardAlternate NOTIFY changed)
    Q_PROPERTY(QColor text MEMBER m_text NOTIFY changed)
    Q_PROPERTY(QColor textDim MEMBER m_textDim NOTIFY changed)
    Q_PROPERTY(QColor track MEMBER m_track NOTIFY changed)
    Q_PROPERTY(QColor accent MEMBER m_accent NOTIFY changed)
    Q_PROPERTY(QColor link MEMBER m_link NOTIFY changed)
    Q_PROPERTY(QList<QColor> states MEMBER m_states NOTIFY changed) // by ObjectState
    Q_PROPERTY(QString fontFamily MEMBER m_fontFamily NOTIFY changed)
public:
    using QObject::QObject;
    MapColors colors() const
    {
        MapColors colors { m_card, m_cardBorder, m_cardAlternate, m_text, m_textDim, m_track, m_accent, m_link, {}, m_fontFamily };
        for (qsizetype i = 0; i < std::min(m_states.size(), qsizetype(colors.states.size())); ++i)
            colors.states[std::size_t(i)] = m_states[i];
        return colors;
    }

signals:
    void changed();

private:
    QColor m_card, m_cardBorder, m_cardAlternate, m_text, m_textDim, m_track, m_accent, m_link;
    QList<QColor> m_states;
    QString m_fontFamily;
};

} // namespace kates::app
