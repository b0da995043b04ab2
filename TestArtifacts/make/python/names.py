"""Writes the danger list and the table of aliases as Swift, out of `seeds.py` and what `facts.py` says of several
interpreters: `python3 names.py FOLDER 311.json 312.json 313.json`.
"""

import collections
import json
import pathlib
import sys

import seeds

folder = pathlib.Path(sys.argv[1])
facts = [json.loads(pathlib.Path(path).read_text()) for path in sys.argv[2:]]

# How a name that is reached by attribute access or in other words is judged stands in the code, not in the list.
BY_USE = {"getattr", "attrgetter", "methodcaller", "itemgetter", "partial", "map", "filter", "reduce", "setattr", "delattr"}

# Reason → module → names.
table = collections.defaultdict(lambda: collections.defaultdict(set))
seeded = {}  # (module, name) → reason
whole = set()
for reason, text in seeds.SEEDS.items():
    for line in text.strip().splitlines():
        line = line.strip()
        if not line:
            continue
        if ":" in line:
            module, names = line.split(":", 1)
            extra = names.replace(" + ", " ").split()
        else:
            module, _, names = line.partition(" + ")
            extra = names.split()
            whole.add(module.strip())
            for interpreter in facts:
                found = interpreter.get(module.strip(), {}).get("functions", {})
                extra += [name for name in found if name not in BY_USE and not name.startswith("__")]
        module = module.strip()
        for name in extra:
            if name in seeds.HARMLESS.get(module, ()) or (module, name) in seeded:
                continue
            seeded[module, name] = reason
            table[reason][module].add(name)

# The same object under the name of another module.
for interpreter in facts:
    for module, entry in interpreter.items():
        for kind in ("functions", "classes"):
            for name, (home, own) in entry[kind].items():
                reason = seeded.get((home, own))
                if reason is None or (module, name) in seeded or name in seeds.HARMLESS.get(module, ()) or name in BY_USE:
                    continue
                table[reason][module].add(name)
for reason in table:
    for module in table[reason]:
        for name in table[reason][module]:
            seeded.setdefault((module, name), reason)
dangerous = {module for module, _ in seeded}

# Attributes that are modules, for those that lead to something dangerous.
targets = collections.defaultdict(set)
for interpreter in facts:
    for module, entry in interpreter.items():
        for attribute, target in entry["modules"].items():
            if target in dangerous:
                targets[attribute].add(target)
for module in dangerous:
    targets[module.split(".")[-1]].add(module)

def lines(prefix, words, width=110):
    line = prefix
    for word in words:
        if len(line) + 1 + len(word) > width and line != prefix:
            yield line
            line = prefix
        line += " " + word
    yield line


HEAD = "// Written by TestArtifacts/make/python/names.py; what is wrong here is wrong there.\n\n"


def swift(name, comment, members):
    text = HEAD + f"/// {comment}\nextension {name} {{\n"
    text += "\n".join(members)
    return text + "}\n"


blocks = []
for reason, modules in table.items():
    body = []
    for module in sorted(modules):
        body += list(lines(module, sorted(modules[module])))
    blocks.append((reason, body))

# Files of less than 300 lines.
files, current, count = [], [], 0
for reason, body in blocks:
    while body:
        part, body = body[: 270 - count], body[270 - count :]
        current.append((reason, part))
        count += len(part) + 5
        if count >= 265:
            files.append(current)
            current, count = [], 0
if current:
    files.append(current)
for index, parts in enumerate(files, 1):
    text = HEAD + "extension DangerousNames {\n"
    text += f"    static let part{index}: [(reason: String, names: String)] = [\n"
    for reason, part in parts:
        text += "        (\n            " + json.dumps(reason) + ',\n            """\n'
        text += "".join(f"            {line}\n" for line in part)
        text += '            """\n        ),\n'
    text += "    ]\n}\n"
    (folder / f"DangerousNames+{index}.swift").write_text(text)
parts = ", ".join(f"part{i + 1}" for i in range(len(files)))
print("parts:", parts, "names:", len(seeded), "modules:", len(dangerous))

body = []
for attribute in sorted(targets):
    body += list(lines(attribute, sorted(targets[attribute])))
text = HEAD + '''/// Attributes of modules that are modules themselves, as far as something dangerous is in these.
enum PythonAliases {
    /// An attribute and the modules that it is in one place or another: `_os` is `os`, whatever module it is found in.
    static let modules = """
'''
text += "".join(f"        {line}\n" for line in body)
text += '        """\n}\n'
(folder / "PythonAliases.swift").write_text(text)
print("aliases:", len(targets))

# Names of Python 2, as its successor reads them.
import _compat_pickle

text = HEAD + """/// Names of Python 2 that the unpickler of Python 3 reads as others (CPython, Lib/_compat_pickle.py).
enum PythonTwoNames {
    static let modules = \"\"\"
"""
for module, modern in sorted(_compat_pickle.IMPORT_MAPPING.items()):
    text += f"        {module} {modern}\n"
text += '        """\n\n    static let names = """\n'
for (module, name), (modern, own) in sorted(_compat_pickle.NAME_MAPPING.items()):
    text += f"        {module} {name} {modern} {own}\n"
text += '        """\n}\n'
(folder / "PythonTwoNames.swift").write_text(text)
