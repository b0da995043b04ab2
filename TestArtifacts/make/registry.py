"""Shared by the registry_*.py: what a loader knows by itself, written into a Swift file as an exact list.

Each script runs once in an environment of each release that it is to read; names are added to those that are there, and
the release to `LoaderVersions`.
"""

import re
import textwrap
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[2] / "Sources/ModelFormats"
VERSIONS = SOURCES / "Vocabulary/LoaderVersions.swift"
WIDTH = 112


class Registry:
    """The lists of one Swift file, by their names; a list is a set of words, or of words by a key."""

    def __init__(self, path, type_name, doc, script):
        self.path = SOURCES / path
        self.type_name = type_name
        self.doc = doc
        self.script = script
        self.lists = {}
        self.docs = {}
        if self.path.exists():
            pattern = r'((?:    /// [^\n]*\n)+)    static let (\w+) = Set\(\s+words: """\n(.*?)\n\s+"""\)'
            for doc, name, body in re.findall(pattern, self.path.read_text(), re.S):
                self.lists[name] = set(body.split())
                self.docs[name] = " ".join(line.strip()[4:] for line in doc.splitlines())

    def add(self, name, words, doc):
        self.lists.setdefault(name, set()).update(words)
        self.docs[name] = doc

    def write(self):
        parts = [f"/// {line}\n" for line in textwrap.wrap(self.doc, WIDTH)]
        parts.append(f"///\n/// Written by {self.script}; the releases are those of `LoaderVersions`.\n")
        parts.append(f"enum {self.type_name} {{\n")
        for name, words in sorted(self.lists.items()):
            parts += [f"    /// {line}\n" for line in textwrap.wrap(self.docs[name], WIDTH)]
            body = textwrap.fill(
                " ".join(sorted(words)), WIDTH, break_long_words=False, break_on_hyphens=False,
                initial_indent="        ", subsequent_indent="        ")
            parts.append(f'    static let {name} = Set(\n        words: """\n{textwrap.indent(body, "    ")}\n            """)\n\n')
        self.path.write_text("".join(parts).rstrip("\n") + "\n}\n")


def read_versions(loader, version):
    """Adds a release to the list of those whose registry was read."""
    text = VERSIONS.read_text()
    line = re.search(rf'    static let {loader} = \[(.*?)\]', text, re.S)
    known = set(re.findall(r'"([^"]+)"', line.group(1))) | {version}
    order = sorted(known, key=lambda text: [int(part) for part in re.findall(r"\d+", text)])
    listed = ", ".join(f'"{item}"' for item in order)
    VERSIONS.write_text(text.replace(line.group(0), f"    static let {loader} = [{listed}]"))
