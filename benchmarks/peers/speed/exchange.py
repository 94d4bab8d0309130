"""What the scripts of this folder have in common: they are started once and obey lines of tab-separated name=value pairs.

    load  reads a problem from a folder: row-major float32 cells and float64 targets, for training and for testing
    fit   trains, answers with the seconds that the parts took, and writes the predictions of the test rows as float64

Ensembles.Peers writes the lines and reads the answers. Nothing but training is timed.
"""

import sys
import warnings

import numpy as np

warnings.filterwarnings("ignore")


class Problem:
    def __init__(self, command):
        self.classes = int(command["classes"])
        columns = int(command["columns"])
        self.cells = np.fromfile(command["folder"] + "/train.cells", dtype=np.float32).reshape(-1, columns)
        self.target = np.fromfile(command["folder"] + "/train.target")
        self.test_cells = np.fromfile(command["folder"] + "/test.cells", dtype=np.float32).reshape(-1, columns)
        if self.classes > 0:
            self.target = self.target.astype(np.int32)


def serve(version, fit):
    """Obeys until the input ends. fit takes a problem and a command and returns seconds by name and the predictions."""
    answer(version=version)
    problem = None
    for line in sys.stdin:
        command = dict(part.split("=", 1) for part in line.rstrip("\n").split("\t"))
        if command["do"] == "load":
            problem = Problem(command)
            answer()
        else:
            seconds, predictions = fit(problem, command)
            np.ascontiguousarray(predictions, dtype=np.float64).tofile(command["output"])
            answer(**{name: repr(float(value)) for name, value in seconds.items()})


def answer(**values):
    print("\t".join(["ok=1"] + [f"{name}={value}" for name, value in values.items()]), flush=True)
