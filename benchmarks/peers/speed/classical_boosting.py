"""scikit-learn's AdaBoost and gradient boosting, timed from a matrix in memory to a model.

    python3 classical_boosting.py THREADS
"""

import time

import numpy as np
import sklearn
from sklearn.ensemble import AdaBoostClassifier, GradientBoostingClassifier
from sklearn.tree import DecisionTreeClassifier

from exchange import serve


def fit(problem, command):
    seed, rounds, depth = (int(command[name]) for name in ("seed", "rounds", "depth"))
    if command["learner"] == "adaboost":
        learner = AdaBoostClassifier(
            estimator=DecisionTreeClassifier(max_depth=depth), n_estimators=rounds, algorithm="SAMME", random_state=seed)
    else:
        learner = GradientBoostingClassifier(n_estimators=rounds, max_depth=depth, learning_rate=0.1, random_state=seed)
    start = time.perf_counter()
    learner.fit(problem.cells, problem.target)
    end = time.perf_counter()
    return {"train": end - start}, learner.predict_proba(problem.test_cells)[:, 1].astype(np.float64)


serve(f"scikit-learn {sklearn.__version__}", fit)
