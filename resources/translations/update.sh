#!/bin/sh
# Takes new and changed sentences of app/ and qml/ into the .ts files, and drops those that are gone.
cd "$(dirname "$0")/../.." || exit 1
lupdate=$(command -v lupdate || echo /usr/lib/qt6/bin/lupdate)
options="-silent -I . app qml -no-obsolete -locations none"
"$lupdate" $options -target-language de_DE -ts resources/translations/kates_de.ts
# English stands in the sources; only its plurals are written down.
"$lupdate" $options -pluralonly -target-language en_US -ts resources/translations/kates_en.ts
