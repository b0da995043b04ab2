"""Writes what the oldest releases wrote: scikit-learn 0.17 of Python 2.7, joblib 0.8 and 0.9 with arrays in files of
their own and the ZF form of compression.

Runs under a current Python; PYTHON2 names a Python 2.7 that has scikit-learn 0.17 and joblib 0.8, PYTHON3 a Python 3
that has scikit-learn and joblib 0.9. Each is asked to write the files, to read them back, and what it reads.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

import common

CODE = r"""
import json, pickle, sys
import warnings
warnings.filterwarnings("ignore")
import joblib, numpy, sklearn
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
out, tag = sys.argv[1], sys.argv[2]
random = numpy.random.RandomState(0)
x = random.rand(50, 4)
y = (x[:, 0] * 3).astype(int)
names = numpy.array(["crop", "forest", "water"])[y]
forest = RandomForestClassifier(n_estimators=1, max_depth=2, random_state=0).fit(x, names)
linear = LogisticRegression(C=0.5).fit(x, y)
answers = {}
def answer(name, estimator, how):
    params = {}
    for key, value in estimator.get_params().items():
        if value is None or isinstance(value, (bool, int, float)) or type(value).__name__ in ("str", "unicode"):
            params[key] = value
    facts = {"framework": "scikit-learn", "architecture": type(estimator).__name__, "tasks": ["classification"],
             "hyperparameters": params}
    if hasattr(estimator, "estimators_"):
        params["trees"] = len(estimator.estimators_)
    state = estimator.__getstate__() if hasattr(estimator, "__getstate__") else {}
    if "_sklearn_version" in state:
        facts["framework_version"] = state["_sklearn_version"]
    answers[name] = {"facts": facts, "how": how, "written_by": {"python": sys.version.split()[0],
        "scikit-learn": sklearn.__version__, "joblib": joblib.__version__, "numpy": numpy.__version__},
        "classes": [str(c) for c in estimator.classes_]}
def dump(name, estimator, how, **arguments):
    joblib.dump(estimator, out + "/" + name, **arguments)
    answer(name, joblib.load(out + "/" + name), how)
dump("beside" + tag + ".joblib", forest, "joblib %s: every array in a file beside it" % joblib.__version__)
dump("zfile" + tag + ".joblib", forest, "joblib %s with compress: the ZF form" % joblib.__version__, compress=3)
dump("zfile_linear" + tag + ".joblib", linear, "joblib %s with compress: the ZF form" % joblib.__version__, compress=3)
for protocol in (0, 2):
    name = "linear_%d%s.pkl" % (protocol, tag)
    with open(out + "/" + name, "wb") as file:
        pickle.dump(linear, file, protocol)
    with open(out + "/" + name, "rb") as file:
        answer(name, pickle.load(file), "protocol %d of Python %s" % (protocol, sys.version.split()[0]))
print(json.dumps(answers))
"""


def write(python, tag, environment=None):
    """Lets an old Python write and read, and keeps its answers."""
    out = common.SCRATCH / "oldest"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    result = subprocess.run([python, "-c", CODE, str(out), tag], capture_output=True, text=True,
                            env={**os.environ, **(environment or {})})
    if result.returncode != 0:
        raise RuntimeError(result.stderr)
    for name, answer in json.loads(result.stdout.splitlines()[-1]).items():
        is_joblib = name.endswith(".joblib")
        path = common.place("sklearn-joblib" if is_joblib else "sklearn-pickle", name)
        shutil.copy(out / name, path)
        companions = sorted(file.name for file in out.glob(name + "_*.npy*"))
        for companion in companions:
            shutil.copy(out / companion, path.with_name(companion))
        facts = answer["facts"]
        facts["artifact_type"] = "joblib.dump" if is_joblib else "pickle.dump"
        if not companions and "ZF" not in answer["how"]:
            facts["outputs"] = [{"labels": answer["classes"]}]
        record = {"verdict": "model", "facts": facts, "loading": {"verdict": "needs-code"}}
        if companions:
            record["files"] = [{"path": companion, "present": True} for companion in companions]
        common.write_truth(path, written_by=answer["written_by"], how=answer["how"], record=record)


def python_2():
    write(os.environ["PYTHON2"], "_0_17", {"PYTHONPATH": os.environ.get("PYTHON2_PATH", "")})


def python_3():
    write(os.environ["PYTHON3"], "_joblib_0_9", {"PYTHONPATH": os.environ.get("PYTHON3_PATH", "")})


if __name__ == "__main__":
    arguments = common.start(__doc__)
    common.run_all([python_2, python_3], arguments.names)
