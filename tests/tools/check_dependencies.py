#!/usr/bin/env python3
"""Which folder may include which: the list of ARCHITECTURE.md, checked against every #include. Usage: check_dependencies.py ROOT"""

import re
import sys
from pathlib import Path

ALLOWED = {
    "engine/base": set(),
    "engine/api": {"base"},
    "engine/store": {"base", "api"},
    "engine/http": {"base"},
    "engine/client": {"base", "api", "http"},
    "engine/apiserver": {"base", "api", "store", "http", "client"},
    "engine/controllers": {"base", "api", "client"},
    "engine/scheduler": {"base", "api", "client"},
    "engine/runtime": {"base", "api", "http"},
    "engine/network": {"base", "api", "http", "client"},
    "engine/kubelet": {"base", "api", "client", "http", "runtime", "network"},
    "engine/launcher": {"base"},
    "engine/cluster": {"base", "api", "store", "http", "client", "apiserver", "controllers", "scheduler", "runtime", "network", "kubelet", "launcher"},
    "app": {"api", "base"},
}
GUI = re.compile(r"#include <(QtGui|QtQml|QtQuick|QtWidgets|QGui|QQml|QQuick|QWidget|QApplication)")
INCLUDE = re.compile(r'#include "(engine/(\w+)|app)/')


def main(root):
    problems = []
    for folder, allowed in ALLOWED.items():
        for path in sorted((root / folder).rglob("*")):
            if path.suffix not in (".h", ".cpp"):
                continue
            for number, line in enumerate(path.read_text().splitlines(), 1):
                where = f"{path.relative_to(root)}:{number}"
                if folder != "app" and GUI.match(line):
                    problems.append(f"{where}: the engine links no Gui, Qml or Widgets")
                found = INCLUDE.match(line)
                if not found:
                    continue
                target = found.group(2)
                if found.group(1) == "app":
                    if folder != "app":
                        problems.append(f"{where}: the engine does not know the window")
                elif f"engine/{target}" != folder and target not in allowed:
                    problems.append(f"{where}: {folder} may not use engine/{target}")
    print("\n".join(problems) or "every include keeps to the list")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
