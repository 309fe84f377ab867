// What the palette can offer besides objects: pages, clusters, settings, and the commands after a colon. Pure but for the models it reads. GUI thread.
//
//   :deploy            a kind, by plural, singular, kind or short name as discovery gives it
//   :po shop           … in one namespace; several: shop,batch
//   :po /web           … with a filter; a word that is no namespace is taken as one
//   :ns shop           choose namespaces; * for all
//   :ctx prod          another cluster
#pragma once

#include <QStringList>

#include <vector>

#include "app/shell/cluster_session.h"

namespace kates::app {

struct PaletteRow {
    QString title, detail, section, icon;
    int state = -1;
    QString action; // page, cluster, kind, object, namespaces, theme, language, keys, protection
    QStringList arguments;
};

struct PaletteSources {
    const ObjectListModel* clusters = nullptr;
    const ObjectListModel* remotes = nullptr;
    ClusterSession* cluster = nullptr;
};

// Without a colon: everything, the best match of `text` first.
[[nodiscard]] std::vector<PaletteRow> placeRows(const PaletteSources& sources, const QString& text);
// `text` is what follows the colon.
[[nodiscard]] std::vector<PaletteRow> commandRows(const PaletteSources& sources, const QString& text);

} // namespace kates::app
