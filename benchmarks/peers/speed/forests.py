"""scikit-learn's forests and trees, timed from a matrix in memory to a model.

    python3 forests.py THREADS
"""

import sys
import time

import numpy as np
import sklearn
from sklearn.ensemble import ExtraTreesClassifier, ExtraTreesRegressor, RandomForestClassifier, RandomForestRegressor
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from exchange import serve

THREADS = int(sys.argv[1])


def fit(problem, command):
    seed = int(command["seed"])
    forests = {
        "forest": (RandomForestClassifier, RandomForestRegressor),
        "extra-trees": (ExtraTreesClassifier, ExtraTreesRegressor),
    }
    if command["learner"] in forests:
        learner = forests[command["learner"]][0 if problem.classes else 1](
            n_estimators=int(command["trees"]), max_features=int(command["max_features"]), random_state=seed, n_jobs=THREADS)
    elif problem.classes:
        learner = DecisionTreeClassifier(criterion=command["criterion"], random_state=seed)
    else:
        learner = DecisionTreeRegressor(criterion=command["criterion"], random_state=seed)
    start = time.perf_counter()
    learner.fit(problem.cells, problem.target)
    end = time.perf_counter()
    return {"train": end - start}, learner.predict(problem.test_cells).astype(np.float64)


serve(f"scikit-learn {sklearn.__version__}", fit)
