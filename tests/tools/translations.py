#!/usr/bin/env python3
"""Every sentence of the window is translated: what lupdate finds in the sources now is in each .ts file, finished, with its placeholders."""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

PLACEHOLDER = re.compile(r"%[0-9nL]+")
LANGUAGES = {"kates_de.ts": [], "kates_en.ts": ["-pluralonly"]}


def problems_of(path):
    for context in ElementTree.parse(path).getroot().findall("context"):
        for message in context.findall("message"):
            source = message.findtext("source")
            translation = message.find("translation")
            texts = [form.text or "" for form in translation] or [translation.text or ""]
            where = f"{path.name}: {context.findtext('name')}: {source!r}"
            if translation.get("type") == "unfinished" or not all(texts):
                yield f"{where} is not translated"
            elif any(sorted(set(PLACEHOLDER.findall(text))) != sorted(set(PLACEHOLDER.findall(source))) for text in texts):
                yield f"{where} has other placeholders in its translation"


def main():
    root = pathlib.Path(sys.argv[1])
    lupdate = shutil.which("lupdate") or "/usr/lib/qt6/bin/lupdate"
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        for name, options in LANGUAGES.items():
            copy = pathlib.Path(folder) / name
            shutil.copy(root / "resources/translations" / name, copy)
            command = [lupdate, "-silent", "-I", ".", "app", "qml", "-no-obsolete", "-locations", "none", *options, "-ts", str(copy)]
            subprocess.run(command, cwd=root, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            problems += problems_of(copy)
    for problem in problems:
        print(problem)
    if problems:
        print(f"{len(problems)} problems. resources/translations/README.md says what to do.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
