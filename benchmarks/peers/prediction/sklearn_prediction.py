"""Times prediction by scikit-learn, one thread: python3 sklearn_prediction.py boosting|forest TREES LEAVES DEPTH ROWS.

Prints the nanoseconds a row, the median of five runs. The trees are its own, grown on data of the same shape as those of the others.
"""
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np
from sklearn.ensemble import HistGradientBoostingRegressor, RandomForestRegressor

kind, trees, leaves, depth, rows = sys.argv[1], *map(int, sys.argv[2:])
random = np.random.default_rng(1)


def draw(count):
    x = random.standard_normal((count, 28)).astype(np.float32)
    score = x[:, 1] * x[:, 2] + np.where(x[:, 4] > 0.3, 1, -0.5) + np.sin(2 * x[:, 5]) - 0.3 * x[:, 7] * x[:, 8]
    return x, (score + random.logistic(size=count) > 0).astype(np.float64)


x, y = draw(20_000)
if kind == "forest":
    model = RandomForestRegressor(trees, max_features=0.2, n_jobs=2, random_state=1).fit(x, y)
    model.n_jobs = 1
else:
    model = HistGradientBoostingRegressor(
        max_iter=trees, max_leaf_nodes=leaves or None, max_depth=depth or None, min_samples_leaf=5, early_stopping=False
    ).fit(x, y)

test, _ = draw(rows)
model.predict(test[:1000])
times = []
for _ in range(5):
    start = time.perf_counter()
    model.predict(test)
    times.append(time.perf_counter() - start)
print(1e9 * sorted(times)[2] / rows)
