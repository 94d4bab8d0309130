#!/usr/bin/env python3
"""Writes dependence.json.gz: partial dependence by scikit-learn 1.2.1, brute force and recursion, of a tree and of gradient boosting.

    /usr/bin/python3 make_dependence_fixtures.py

Needs numpy and scikit-learn 1.2.1 (Debian: python3-sklearn). The output is the same in every run.

Leaves have ten rows at least, so that no two splits of a node gain the same, and both libraries grow the same trees.

  columns, target   the rows, by column
  cases             model, features (one or two columns), method, grids, values (the points of the second feature side by side)
"""

import gzip
import io
import json

import numpy as np
import sklearn
from sklearn.ensemble import GradientBoostingRegressor
from sklearn.inspection import partial_dependence
from sklearn.tree import DecisionTreeRegressor

assert sklearn.__version__ == "1.2.1", sklearn.__version__

rng = np.random.RandomState(7)
x = np.round(rng.normal(size=(300, 4)) * 4096) / 4096
x[:, 3] = rng.randint(0, 6, size=300)
y = np.round(np.sin(2 * x[:, 0]) + x[:, 1] * x[:, 2] + 0.3 * x[:, 3] + rng.normal(scale=0.2, size=300), 4)
models = {
    "tree": DecisionTreeRegressor(max_depth=4, min_samples_leaf=10, random_state=0),
    "boosting": GradientBoostingRegressor(n_estimators=20, max_depth=3, min_samples_leaf=10, criterion="squared_error", random_state=0),
}
cases = []
for name, model in models.items():
    model.fit(x, y)
    for features in ([0], [3], [1, 2]):
        for method in ("brute", "recursion"):
            r = partial_dependence(model, x, features, grid_resolution=40 if len(features) == 1 else 7, method=method, kind="average")
            cases.append({
                "model": name, "features": features, "method": method,
                "grids": [g.tolist() for g in r["values"]], "values": r["average"].ravel().tolist(),
            })
text = json.dumps({"columns": x.T.tolist(), "target": y.tolist(), "cases": cases}, separators=(",", ":")).encode()
buffer = io.BytesIO()
with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0, filename="") as file:
    file.write(text)
with open("dependence.json.gz", "wb") as file:
    file.write(buffer.getvalue())
print(len(buffer.getvalue()), "bytes")
