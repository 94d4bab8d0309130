#!/usr/bin/env python3
"""Writes shap.json.gz: what XGBoost 1.7.4 says of rows by pred_contribs and pred_interactions, with its trees and their covers.

    /usr/bin/python3 make_shap_fixtures.py

Needs numpy and xgboost 1.7.4 (Debian: python3-numpy python3-xgboost). The output is the same in every run.

  cases  name, classes (0: one score), base (the score before the first tree), columns (numbers, null where missing), and
    trees         round after round, class after class: left, right (-1 at a leaf), feature, threshold (left is below it), default_left,
                  value (of leaves), cover
    contribs      rows x groups x (features + 1), the base value last
    interactions  rows x groups x (features + 1) x (features + 1), of the first rows only
"""

import gzip
import io
import json

import numpy as np
import xgboost as xgb

assert xgb.__version__ == "1.7.4", xgb.__version__
PAIR_ROWS = 8


def make(seed, missing, rows=400, features=6):
    rng = np.random.RandomState(seed)
    x = np.round(rng.normal(size=(rows, features)) * 32) / 32
    f = 1.5 * np.sin(3 * x[:, 0]) + x[:, 1] * x[:, 2] + 0.8 * (x[:, 3] > 0.4) - 0.5 * np.abs(x[:, 4])
    f += rng.normal(scale=0.4, size=rows)
    if missing:
        for j in (0, 1, 3):
            x[rng.uniform(size=rows) < 0.2, j] = np.nan
    return x.astype(np.float32), f


def tree(model):
    t = json.loads(model)["learner"]["gradient_booster"]["model"]["trees"]
    return [{
        "left": e["left_children"],
        "right": e["right_children"],
        "feature": e["split_indices"],
        "threshold": [float(np.float32(v)) for v in e["split_conditions"]],
        "default_left": e["default_left"],
        "cover": [float(np.float32(v)) for v in e["sum_hessian"]],
    } for e in t]


def case(name, seed, missing, params, rounds, classes=0):
    x, f = make(seed, missing)
    if classes == 2:
        y = (f > np.median(f)).astype(int)
    elif classes == 3:
        y = np.digitize(f, np.quantile(f, [0.3, 0.65]))
    else:
        y = np.round(f, 3)
    p = {"base_score": 0.5, "tree_method": "exact", "seed": 3, "verbosity": 0, "nthread": 1}
    p.update({2: {"objective": "binary:logistic"}, 3: {"objective": "multi:softprob", "num_class": 3}}.get(classes, {}))
    p.update(params)
    model = xgb.train(p, xgb.DMatrix(x, label=y), num_boost_round=rounds)
    test, _ = make(seed + 100, missing, rows=40)
    d = xgb.DMatrix(test)
    text = model.save_raw("json").decode()
    groups = 3 if classes == 3 else 1
    contribs = model.predict(d, pred_contribs=True, strict_shape=True)
    pairs = model.predict(xgb.DMatrix(test[:PAIR_ROWS]), pred_interactions=True, strict_shape=True)
    return {
        "name": name,
        "classes": classes,
        "base": 0.0 if classes == 2 else 0.5,
        "groups": groups,
        "features": x.shape[1],
        "rows": [[None if np.isnan(v) else float(v) for v in row] for row in test],
        "trees": tree(text),
        "contribs": [float(v) for v in contribs.ravel()],
        "interactions": [float(v) for v in pairs.ravel()],
    }


cases = [
    case("regression", 1, False, {"max_depth": 4, "learning_rate": 0.3}, 10),
    case("missing", 2, True, {"max_depth": 6, "learning_rate": 0.2}, 8),
    case("binary", 3, True, {"max_depth": 5, "learning_rate": 0.3}, 8, classes=2),
    case("three classes", 4, False, {"max_depth": 4, "learning_rate": 0.3}, 5, classes=3),
    case("leaf-wise", 5, True, {"max_depth": 0, "max_leaves": 40, "grow_policy": "lossguide", "tree_method": "hist"}, 5),
    case("stumps", 6, False, {"max_depth": 1}, 12),
]
text = json.dumps({"cases": cases}, separators=(",", ":")).encode()
buffer = io.BytesIO()
with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0, filename="") as file:
    file.write(text)
with open("shap.json.gz", "wb") as file:
    file.write(buffer.getvalue())
print(len(buffer.getvalue()), "bytes")
