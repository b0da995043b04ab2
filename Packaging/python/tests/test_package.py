"""Tests of the installed package: of what it does with the program, and of what it says when the program does not."""

import datetime
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import threading
import time
import typing

import mlm_inspect
import pytest

ARTIFACTS = pathlib.Path(__file__).resolve().parents[3] / "TestArtifacts"
UNET = ARTIFACTS / "torch-export/unet.pt2"

@pytest.fixture
def fake(tmp_path, monkeypatch):
    """Puts a script in the place of the program."""

    def write(script):
        path = tmp_path / "fake-program"
        path.write_text("#!/bin/sh\n" + script)
        path.chmod(0o755)
        monkeypatch.setenv("MLM_INSPECT", str(path))
        return path

    return write


def test_a_record_is_what_the_program_prints():
    printed = subprocess.run(
        [mlm_inspect.program(), "-f", "json", UNET], stdout=subprocess.PIPE, check=True
    ).stdout
    assert mlm_inspect.inspect(UNET) == json.loads(printed)


def test_paths_of_every_type():
    records = [mlm_inspect.inspect(path) for path in (UNET, str(UNET), os.fsencode(UNET))]
    assert records[0] == records[1] == records[2]


def test_the_types_have_the_keys_of_the_schema():
    schema = json.loads(subprocess.run([mlm_inspect.program(), "formats", "--schema"], stdout=subprocess.PIPE).stdout)
    from mlm_inspect import _record

    for name, of in {**schema["$defs"], "Record": schema}.items():
        kind = getattr(_record, name.replace(".", ""))
        assert set(typing.get_type_hints(kind)) == set(of["properties"]), name


@pytest.mark.parametrize("path", ["hostile/torch_system.pt"])
def test_what_is_dangerous_is_a_record_not_an_error(path):
    record = mlm_inspect.inspect(ARTIFACTS / path)
    assert record["loading"]["verdict"] == "dangerous"


def test_what_is_no_model_has_a_record(tmp_path):
    (tmp_path / "x.bin").write_bytes(b"\x01\x02\x03")
    assert mlm_inspect.inspect(tmp_path / "x.bin")["verdict"] == "unrecognised"


def test_a_file_that_cannot_be_read_is_an_exception_with_its_record(tmp_path):
    (tmp_path / "cut.pt2").write_bytes(UNET.read_bytes()[:3000])
    with pytest.raises(mlm_inspect.InspectionFailed, match=r"cut\.pt2: no end of central directory") as caught:
        mlm_inspect.inspect(tmp_path / "cut.pt2")
    assert caught.value.record["error"]["reason"] == "truncated"


@pytest.mark.parametrize("name", [b"not-utf8-\xff.pt2", b"new\nline.pt2", b"-", b"--help", b"formats"])
def test_any_name(tmp_path, name, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copy(UNET, os.path.join(os.fsencode(tmp_path), name))
    assert mlm_inspect.inspect(name)["facts"]["architecture"] == "UNet"
    assert mlm_inspect.inspect(os.fsdecode(name))["verdict"] == "model"
    (record,) = mlm_inspect.scan(files=[name])
    assert record["verdict"] == "model"
    if name == b"not-utf8-\xff.pt2":
        with pytest.raises(mlm_inspect.UsageError, match="not UTF-8"):
            mlm_inspect.draft(name)
    else:
        assert mlm_inspect.draft(name)["properties"]["mlm:architecture"] == "UNet"


@pytest.mark.parametrize("path", ["", "a\0b"])
def test_what_is_no_path(path):
    with pytest.raises(mlm_inspect.UsageError):
        mlm_inspect.inspect(path)
    with pytest.raises(mlm_inspect.UsageError):
        list(mlm_inspect.scan(files=[path]))


def test_limits_are_handed_on():
    with pytest.raises(mlm_inspect.InspectionFailed) as caught:
        mlm_inspect.inspect(UNET, limits={"zip-entries": 1})
    assert caught.value.record["error"]["reason"] == "limit"
    with pytest.raises(mlm_inspect.UsageError, match="no-such"):
        mlm_inspect.inspect(UNET, limits={"no-such": 1})


def test_checksum():
    assert mlm_inspect.inspect(UNET, checksum=True)["draft"]["asset"]["file:checksum"].startswith("1220")
    assert "file:checksum" not in mlm_inspect.inspect(UNET)["draft"]["asset"]


def test_a_scan_says_the_same_for_one_worker_and_two():
    scans = [list(mlm_inspect.scan(ARTIFACTS / "onnx", jobs=jobs, all=True)) for jobs in (1, 2)]
    assert len(scans[0]) > 5
    assert scans[0] == scans[1]
    files = [record["path"] for record in scans[0]]
    assert [record["path"] for record in mlm_inspect.scan(files=iter(files), all=True)] == files


def test_a_scan_of_nothing_is_empty_and_of_what_is_absent_a_record():
    assert list(mlm_inspect.scan([])) == []
    (record,) = mlm_inspect.scan("no-such-folder")
    assert record["error"]["reason"] == "not-found"


def test_a_scan_is_of_paths_or_files():
    with pytest.raises(mlm_inspect.UsageError):
        list(mlm_inspect.scan("a", files=["b"]))


def test_records_come_while_the_scan_runs(fake):
    fake('echo \'{"path":"a"}\'; exec sleep 60')
    started = time.monotonic()
    records = mlm_inspect.scan("x")
    assert next(records) == {"path": "a"}
    records.close()
    assert time.monotonic() - started < 10


def test_a_scan_that_is_closed_ends_its_program(fake, tmp_path):
    """It is asked to end, so that it can end its workers, and has ended when the iterator is closed."""
    fake(
        f"trap 'echo asked >{tmp_path}/end; exit 1' TERM\necho $$ >{tmp_path}/pid\n"
        'echo \'{"path":"a"}\'\nwhile :; do sleep 0.1; done\n'
    )
    records = mlm_inspect.scan("x")
    next(records)
    records.close()
    assert (tmp_path / "end").read_text() == "asked\n"
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_an_error_of_the_callers_paths_is_the_callers_error():
    def paths():
        yield UNET
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        list(mlm_inspect.scan(files=paths()))


def test_more_messages_and_paths_than_pipes_hold(fake):
    fake('i=0; while [ $i -lt 20000 ]; do echo "mlm-inspect: a message" >&2; i=$((i+1)); done; cat >/dev/null\n')
    assert list(mlm_inspect.scan(files=("a" * 100 for _ in range(20000)))) == []


def test_a_program_that_is_killed_while_it_writes(fake):
    fake('printf \'{"path":"a"}\\n{"path":\'; kill -9 $$')
    records = mlm_inspect.scan("x")
    assert next(records) == {"path": "a"}
    with pytest.raises(mlm_inspect.ProgramDied, match="killed by signal SIGKILL") as caught:
        next(records)
    assert caught.value.returncode == -signal.SIGKILL
    for call in (mlm_inspect.inspect, mlm_inspect.draft, mlm_inspect.check):
        with pytest.raises(mlm_inspect.ProgramDied, match="SIGKILL"):
            call("x")


def test_the_real_program_killed_in_the_middle_of_a_scan(monkeypatch):
    started = []
    popen = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda *a, **k: started.append(popen(*a, **k)) or started[-1])
    blocked = threading.Event()

    def files():
        yield UNET
        blocked.wait(30)

    records = mlm_inspect.scan(files=files(), jobs=1)
    threading.Timer(0.5, lambda: (started[0].kill(), blocked.set())).start()
    with pytest.raises(mlm_inspect.ProgramDied, match="SIGKILL"):
        list(records)


def test_output_that_is_cut_off(fake):
    fake('printf \'{"path":\'')
    for call in (mlm_inspect.inspect, mlm_inspect.draft, mlm_inspect.check, lambda path: list(mlm_inspect.scan(path))):
        with pytest.raises(mlm_inspect.ProgramDied, match="cut off"):
            call("x")


def test_a_program_that_ends_as_none_of_ours(fake):
    fake("echo trouble >&2; exit 70")
    with pytest.raises(mlm_inspect.ProgramDied, match="ended with 70: trouble"):
        mlm_inspect.inspect("x")


def test_timeout(fake):
    fake("exec sleep 60")
    with pytest.raises(mlm_inspect.TimedOut):
        mlm_inspect.inspect("x", timeout=0.2)


def test_a_program_that_is_missing_or_of_another_machine(monkeypatch, tmp_path):
    monkeypatch.setenv("MLM_INSPECT", str(tmp_path / "absent"))
    with pytest.raises(mlm_inspect.ProgramNotFound, match="absent"):
        mlm_inspect.inspect("x")
    other = tmp_path / "other"
    other.write_bytes(b"\xcf\xfa\xed\xfe")
    other.chmod(0o755)
    monkeypatch.setenv("MLM_INSPECT", str(other))
    with pytest.raises(mlm_inspect.ProgramNotFound, match="does not start: Exec format error"):
        mlm_inspect.inspect("x")
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(mlm_inspect.ProgramNotFound, match="is a program for Linux on x86-64"):
        mlm_inspect.inspect("x")


def test_without_the_reader_of_hdf5(monkeypatch, tmp_path):
    shutil.copy(mlm_inspect.program(), tmp_path / "mlm-inspect")
    monkeypatch.delenv("MLM_INSPECT_HDF5", raising=False)
    monkeypatch.setenv("MLM_INSPECT", str(tmp_path / "mlm-inspect"))
    with pytest.raises(mlm_inspect.InspectionFailed, match="mlm-inspect-hdf5, which is missing; install it"):
        mlm_inspect.inspect(ARTIFACTS / "keras-h5-model/channels_first_2_21.h5")


GIVEN = {
    "id": "my-unet",
    "task": ["semantic-segmentation"],
    "geometry": {"type": "Polygon", "coordinates": [[[0, 40], [20, 40], [20, 60], [0, 60], [0, 40]]]},
    "start": datetime.date(2015, 6, 27),
    "end": datetime.datetime(2020, 1, 1, 12, tzinfo=datetime.timezone.utc),
    "license": "Apache-2.0",
    "sensor": "sentinel-2-l1c",
    "property": {"mlm:batch_size_suggestion": 4, "title": "Mine"},
    "dim_order": {"x": ["batch", "channel", "height", "time"]},
}


def test_a_final_draft_has_what_was_given():
    item = mlm_inspect.draft(UNET, final=True, checksum=True, **GIVEN)
    assert item["id"] == "my-unet"
    assert item["bbox"] == [0, 40, 20, 60]
    assert item["properties"]["start_datetime"] == "2015-06-27T00:00:00Z"
    assert item["properties"]["end_datetime"] == "2020-01-01T12:00:00Z"
    assert item["properties"]["mlm:batch_size_suggestion"] == 4
    assert item["properties"]["mlm:input"][0]["input"]["dim_order"][3] == "time"
    assert not any(key.startswith("mlm_inspect:") for key in item["properties"])
    assert "file:checksum" in item["assets"]["model"]
    assert mlm_inspect.check(item)["verdict"] == "valid"


def test_a_place_as_numbers():
    assert mlm_inspect.draft(UNET, bbox=(-10, 40, 20.5, 60))["bbox"] == [-10, 40, 20.5, 60]


def test_one_item_of_two_files(tmp_path):
    shutil.copy(UNET, tmp_path / "again.pt2")
    item = mlm_inspect.draft([UNET, tmp_path / "again.pt2"])
    assert len(item["assets"]) == 2


def test_what_cannot_be_given():
    with pytest.raises(mlm_inspect.UsageError, match="sensors is nothing that can be given"):
        mlm_inspect.draft(UNET, sensors="x")
    with pytest.raises(mlm_inspect.UsageError, match="no-such-task"):
        mlm_inspect.draft(UNET, task="no-such-task")
    with pytest.raises(mlm_inspect.UsageError):
        mlm_inspect.draft([])


def test_a_final_draft_says_what_is_missing():
    with pytest.raises(mlm_inspect.DraftIncomplete) as caught:
        mlm_inspect.draft(UNET, final=True)
    assert len(caught.value.missing) == 4


def test_nothing_to_draft(tmp_path):
    (tmp_path / "x.bin").write_bytes(b"\x01\x02\x03")
    with pytest.raises(mlm_inspect.InspectionFailed, match="not recognised as a model") as caught:
        mlm_inspect.draft(tmp_path / "x.bin")
    assert caught.value.record["verdict"] == "unrecognised"
    with pytest.raises(mlm_inspect.InspectionFailed, match="no such file") as caught:
        mlm_inspect.draft(tmp_path / "absent")
    assert caught.value.record["error"]["reason"] == "not-found"


def test_check_a_file_and_its_model(tmp_path):
    item = mlm_inspect.draft(UNET, asset_href=str(UNET))
    place = tmp_path / "item.json"
    place.write_text(json.dumps(item))
    assert mlm_inspect.check(place, artifact=UNET)["verdict"] == "valid"
    item["properties"]["mlm:total_parameters"] = 1
    drifted = mlm_inspect.check(item, artifact=UNET)
    assert drifted["verdict"] == "drifted"
    assert drifted["drift"][0]["pointer"] == "/properties/mlm:total_parameters"
    assert mlm_inspect.check({"type": "Feature"})["verdict"] == "invalid"


def test_check_several_documents(tmp_path):
    item = mlm_inspect.draft(UNET)
    other = {**item, "stac_extensions": [*item["stac_extensions"], "https://example.org/v1.0.0/schema.json"]}

    def verdict(*items):
        report = mlm_inspect.check({"type": "FeatureCollection", "features": list(items)})
        assert len(report.get("documents", items)) == len(items)
        return report["verdict"]

    assert verdict(item, item) == "valid"
    assert verdict(item, other) == "valid as far as checked"
    assert verdict(other, {"type": "Feature"}, item) == "invalid"
    lines = tmp_path / "items.ndjson"
    lines.write_text(json.dumps(item) + "\n" + json.dumps({"no": "STAC"}) + "\n")
    with pytest.raises(mlm_inspect.CheckFailed, match=r"items\.ndjson.* is not a STAC Item") as caught:
        mlm_inspect.check(lines)
    assert caught.value.report["verdict"] == "failed"


def test_check_what_cannot_be_read(tmp_path):
    (tmp_path / "x.json").write_text("{")
    with pytest.raises(mlm_inspect.CheckFailed) as caught:
        mlm_inspect.check(tmp_path / "x.json")
    assert caught.value.report["error"]["reason"] in ("malformed", "truncated")


def test_pystac():
    pystac = pytest.importorskip("pystac")
    item = mlm_inspect.to_pystac(mlm_inspect.draft(UNET, final=True, **GIVEN))
    assert isinstance(item, pystac.Item)
    assert mlm_inspect.check(item)["verdict"] == "valid"


def test_the_package_runs_as_the_program():
    said = subprocess.run([sys.executable, "-m", "mlm_inspect", "--version"], stdout=subprocess.PIPE, check=True)
    assert said.stdout.decode().strip() == mlm_inspect.__version__


def test_nowhere_to_write(tmp_path):
    """A home that cannot be written, and no folder for temporary files."""
    environment = dict(os.environ, HOME="/nonexistent", TMPDIR="/nonexistent")
    code = f"import mlm_inspect; print(mlm_inspect.draft({str(UNET)!r}, geometry={GIVEN['geometry']!r})['id'])"
    said = subprocess.run([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, check=True)
    assert said.stdout == b"unet\n"


def test_a_call_costs_little_beside_the_program(fake, tmp_path):
    """At most 3 ms are promised, beside a program that does nothing but print a record; the best of many, on a busy machine."""
    record = mlm_inspect.inspect(UNET)
    (tmp_path / "record").write_text(json.dumps(record) + "\n")
    path = str(fake(f"exec cat {tmp_path}/record"))
    calls, bare = [], []
    for _ in range(50):
        started = time.perf_counter()
        assert mlm_inspect.inspect(UNET) == record
        called = time.perf_counter()
        # Its output goes nowhere, and nobody reads it.
        nowhere = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
        os.waitpid(os.posix_spawn(path, [path], os.environ, file_actions=nowhere), 0)
        calls.append(called - started)
        bare.append(time.perf_counter() - called)
    print(f"{(min(calls) - min(bare)) * 1000:.2f} ms beside {min(bare) * 1000:.2f}")
    assert min(calls) - min(bare) < 0.003
