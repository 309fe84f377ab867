#!/usr/bin/env python3
"""Rules of the house. Usage: tidy.py ROOT

Lines of at most 160 characters (outside of tests), files of at most 400 lines, functions of at most 70 (exceptions are listed below and may only shrink), every engine folder with a
README, no unexplained TODO, no calls that belong to engine/base.
"""

import re
import subprocess
import sys
from pathlib import Path

LINE_MAX = 160
FILE_MAX = 400
FUNCTION_MAX = 70
# path: [what it has now]. A number may go down, never up.
LONG_LINES = 140  # lines over LINE_MAX in the whole tree
LONG_FUNCTIONS = 12  # functions over FUNCTION_MAX in the whole tree
LONG_FILES = 3  # files over FILE_MAX in the whole tree
BANNED = [
    (re.compile(r"std::chrono::(system|steady)_clock::now\("), "take the time from the Loop"),
    (re.compile(r"std::this_thread::sleep_|\busleep\(|[^a-zA-Z_.>:]sleep\("), "nothing sleeps: wait for an event"),
    (re.compile(r"\bstd::(rand|random_device|mt19937)\b"), "take randomness from engine/base/random.h"),
    (re.compile(r"\bsystem\("), "start programs with ProcessLauncher"),
]
BANNED_EXEMPT = ("engine/base/", "tests/", "app/", "qml/")


def functions(text):
    """(name line, length) of everything that looks like a function body at column 0: `{` alone on a line, to the `}` that closes it."""
    start = None
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        if line == "{" and number > 1 and not lines[number - 2].startswith(("namespace", "struct", "class", "enum")):
            start = number
        elif line.startswith("}") and start:
            yield start, number - start
            start = None


def main(root):
    tracked = subprocess.run(["git", "-C", root, "ls-files"], capture_output=True, text=True).stdout.split()
    if not tracked:  # an exported tree
        tracked = [str(path.relative_to(root)) for path in root.rglob("*") if path.is_file() and "build" not in path.parts]
    problems, long_lines, long_functions, long_files = [], [], [], []
    for name in tracked:
        if not name.endswith((".cpp", ".h", ".qml")) or not (root / name).exists():
            continue
        text = (root / name).read_text()
        lines = text.splitlines()
        if len(lines) > FILE_MAX:
            long_files.append(f"{name}: {len(lines)} lines")
        long_functions += [f"{name}:{start}: {length} lines" for start, length in functions(text) if length > FUNCTION_MAX]
        for number, line in enumerate(lines, 1):
            if len(line) > LINE_MAX and not name.startswith("tests/"):
                long_lines.append(f"{name}:{number}")
            if re.search(r"//.*\b(TODO|FIXME|XXX)\b(?!.*:)", line):
                problems.append(f"{name}:{number}: a TODO needs its reason")
            if not name.startswith(BANNED_EXEMPT):
                problems += [f"{name}:{number}: {why}" for pattern, why in BANNED if pattern.search(line.split("//")[0])]
    for folder in sorted({Path(name).parts[1] for name in tracked if name.startswith("engine/") and len(Path(name).parts) > 2}):
        if not (root / "engine" / folder / "README.md").exists():
            problems.append(f"engine/{folder}: a README.md is missing")
    for what, found, limit in (("lines", long_lines, LONG_LINES), ("functions", long_functions, LONG_FUNCTIONS), ("files", long_files, LONG_FILES)):
        if len(found) > limit:
            problems.append(f"{len(found)} {what} are too long, {limit} are allowed (the number may only shrink):\n  " + "\n  ".join(found))
    print("\n".join(problems) or f"tidy ({len(long_lines)} long lines, {len(long_functions)} long functions, {len(long_files)} long files)")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
