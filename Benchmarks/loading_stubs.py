"""Stands in for the libraries of a graphics card: loading_stubs.py SITE_PACKAGES FOLDER.

PyTorch's wheels on PyPI link CUDA, some 2 GB that no call on a processor needs; without these libraries `import torch` fails.
This writes a library for each, whose functions say that there is no device. It needs clang, nm and readelf.
"""

import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

LIBRARY = re.compile(r"lib(cu|nv|nccl)")
FUNCTION = re.compile(r"cu[A-Z]|cu(da|dnn|blas|fft|rand|solver|sparse|pti|file)|nccl|nv")
NO_DEVICE = 100  # cudaErrorNoDevice


def printed(*call):
    return subprocess.run(call, capture_output=True, text=True).stdout


def needed(libraries):
    """{name of a library that none of these is: {version: functions wanted of it}}, and the functions of no version."""
    here = {library.name for library in libraries}
    versions, functions, plain = {}, defaultdict(set), set()
    for library in libraries:
        for name in re.findall(r"NEEDED.*\[(.*)\]", printed("readelf", "-d", library)):
            if LIBRARY.match(name) and name not in here:
                versions.setdefault(name, set())
        name = None
        for line in printed("readelf", "-V", library).splitlines():
            found = re.search(r"(File|Name): (\S+)", line)
            if found and found[1] == "File":
                name = found[2]
            elif found and name in versions:
                versions[name].add(found[2])
        for line in printed("nm", "-D", "--undefined-only", library).splitlines():
            function, _, version = line.split()[-1].partition("@")
            functions[version.lstrip("@")].add(function)
            if not version and FUNCTION.match(function):
                plain.add(function)
    return {name: {version: functions[version] for version in found} for name, found in versions.items()}, plain


def main():
    packages, folder = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    libraries = [*packages.glob("torch/lib/*.so*"), *packages.glob("torch/_C*.so")]
    wanted, plain = needed(libraries)
    for index, (name, versions) in enumerate(sorted(wanted.items())):
        functions = set().union(*versions.values()) | (plain if index == 0 else set())
        source, script = folder / "source.c", folder / "versions.map"
        source.write_text("".join(f"int {function}(void) {{ return {NO_DEVICE}; }}\n" for function in sorted(functions)))
        script.write_text("".join(
            f"{version} {{ global: {' '.join(f'{function};' for function in sorted(found))} }};\n"
            for version, found in versions.items()))
        call = ["clang", "-w", "-shared", "-fPIC", "-fno-builtin", source, f"-Wl,-soname,{name}", "-o", folder / name]
        subprocess.run(call + ([f"-Wl,--version-script={script}"] if versions else []), check=True)


main()
