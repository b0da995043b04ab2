"""Runs the gates for CI as their systems would: the GitHub action, the GitLab job, and the hooks of pre-commit.

Each passes a folder with a model, a folder without one, and a file that is cut off, and fails at a model that is dangerous to
load. mlm-inspect is on PATH.
"""

import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import tempfile

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
ARTIFACTS = ROOT / "TestArtifacts"

CASES = {
    "a model": (["torch-export/unet.pt2"], True),
    "a model that is dangerous to load": (["torch-export/unet.pt2", "hostile/torch_system.pt"], False),
    "no model": ([], True),
    "a file that is cut off": (["hostile/cut_off_xz.joblib"], True),
}


def shell(script, folder, **environment):
    # As GitHub and GitLab start it: the first failure ends it.
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script], cwd=folder, env=dict(os.environ, **environment),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def github(folder, scratch):
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    step = next(step for step in action["runs"]["steps"] if step.get("id") == "scan")
    inputs = {name: given["default"] for name, given in action["inputs"].items()}
    # What GitHub puts in the place of ${{ inputs.NAME }}.
    environment = {key: inputs[value.strip("${} ").partition(".")[2]] for key, value in step["env"].items()}
    result = shell(step["run"], folder, **environment, RUNNER_TEMP=str(scratch), GITHUB_OUTPUT=str(scratch / "output"))
    records = pathlib.Path((scratch / "output").read_text().strip().rpartition("=")[2])
    assert records.exists(), result.stdout
    return result


def gitlab(folder, scratch):
    job = yaml.safe_load((ROOT / "Examples/gate.gitlab-ci.yml").read_text())["mlm-inspect"]
    result = shell("\n".join(job["script"]), folder, **job["variables"])
    assert all((folder / path).exists() for path in job["artifacts"]["paths"]), result.stdout
    return result


def pre_commit(folder, scratch):
    hook = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())[0]
    command = shlex.split(hook["entry"]) + ["--fail-on", "danger"] + sorted(path.name for path in folder.iterdir())
    return subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


wrong = []
for gate in (github, gitlab, pre_commit):
    for name, (artifacts, passes) in CASES.items():
        with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as scratch:
            (pathlib.Path(folder) / "notes.txt").write_text("no model")
            for artifact in artifacts:
                shutil.copy(ARTIFACTS / artifact, folder)
            result = gate(pathlib.Path(folder), pathlib.Path(scratch))
            if (result.returncode == 0) != passes:
                wrong.append(f"{gate.__name__}, {name}: {result.returncode}\n{result.stdout.decode()}")
if wrong:
    sys.exit("\n".join(wrong))
print(f"gates for CI: 3, each with {len(CASES)} folders")
