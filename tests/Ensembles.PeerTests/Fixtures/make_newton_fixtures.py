#!/usr/bin/env python3
"""Writes newton.json.gz: what XGBoost 1.7.4 (tree_method=hist) grew on small tables of few distinct values.

    /usr/bin/python3 make_newton_fixtures.py

Needs numpy and xgboost 1.7.4 (Debian: python3-numpy python3-xgboost). The output is the same in every run.

Every column has at most 255 distinct values, so that XGBoost's cuts and the library's bins part the same rows. XGBoost's
thresholds are the next value of the data where the library's are midpoints, so what is recorded is about training rows only:

  data    by name: columns (numbers, null where missing), target (class index or number), weights, classes (0: regression)
  cases   name, data, weighted, parameters (XGBoost's names), and
    trees        round after round, class after class: left, right (-1 at a leaf), feature, gain of every inner node, value of every
                 leaf with the learning rate in it, rows (the node of the leaf of every training row)
    predictions  of the training rows, class after class: probabilities (of the second of two classes only), or the value
"""

import gzip
import io
import json

import numpy as np
import xgboost as xgb

assert xgb.__version__ == "1.7.4", xgb.__version__


def signal(x):
    x = np.nan_to_num(x, nan=0.3)
    return 1.5 * np.sin(3 * x[:, 0]) + x[:, 1] * x[:, 2] + 0.8 * (x[:, 3] > 0.4) - 0.5 * np.abs(x[:, 4])


def make(name, rows, seed, missing, kind):
    rng = np.random.RandomState(seed)
    x = rng.normal(size=(rows, 6))
    levels = [255, 200, 40, 12, 255, 2]
    for j, count in enumerate(levels):
        # Ranks cut into levels; a value is a multiple of 1/64, which is the same number in float32 and in the fixture.
        rank = np.argsort(np.argsort(x[:, j]))
        x[:, j] = np.round((rank * count // rows) * (6.0 / count) * 64) / 64 - 3
    if missing:
        for j in (0, 1, 3):
            x[rng.uniform(size=rows) < 0.15, j] = np.nan
    f = signal(x) + 0.3 * np.isnan(x[:, 0]) + rng.normal(scale=0.6, size=rows)
    if kind == "binary":
        y, classes = (f > np.median(f)).astype(int), 2
    elif kind == "three":
        y, classes = np.digitize(f, np.quantile(f, [0.3, 0.65])), 3
    else:
        y, classes = np.round(f, 3), 0
    w = np.round(rng.uniform(0.25, 3, size=rows), 3)
    for j in range(x.shape[1]):
        assert len(np.unique(x[~np.isnan(x[:, j]), j])) <= 255
    return name, dict(x=x, y=y, w=w, classes=classes)


DATA = dict([
    make("binary", 600, 1, False, "binary"),
    make("binary, missing", 600, 2, True, "binary"),
    make("three", 600, 3, False, "three"),
    make("three, missing", 600, 4, True, "three"),
    make("value", 600, 5, False, "value"),
    make("value, missing", 600, 6, True, "value"),
    make("large binary, missing", 5000, 7, True, "binary"),
    make("large value", 5000, 8, False, "value"),
])

DEPTH = dict(grow_policy="depthwise", max_depth=6)
LEAF = dict(grow_policy="lossguide", max_depth=0, max_leaves=31)
SHALLOW = dict(grow_policy="depthwise", max_depth=4)

# Name, data, weighted, rounds, parameters. max_delta_step and alpha each alone: together XGBoost's gain departs from the objective.
# max_delta_step always with weights: where both children are limited the gain is linear in the gradients, and without weights those of
# the first round are +-1/2, so that thresholds beside each other tie.
CASES = [
    ("depth-wise", "binary", False, 6, DEPTH),
    ("leaf-wise", "binary", False, 6, LEAF),
    ("depth-wise, missing", "binary, missing", False, 6, DEPTH),
    ("leaf-wise, missing, weights", "binary, missing", True, 5, LEAF),
    ("weights", "binary", True, 5, DEPTH),
    ("gamma", "binary, missing", False, 5, dict(DEPTH, gamma=1.5)),
    ("gamma, leaf-wise", "binary, missing", False, 5, dict(LEAF, gamma=0.75)),
    ("lambda 0", "binary", False, 4, dict(SHALLOW, reg_lambda=0.0, min_child_weight=2.0)),
    ("lambda 10", "binary, missing", False, 4, dict(SHALLOW, reg_lambda=10.0)),
    ("alpha", "binary, missing", True, 4, dict(DEPTH, reg_alpha=1.25)),
    ("max_delta_step", "binary, missing", True, 4, dict(DEPTH, max_delta_step=0.35)),
    ("min_child_weight", "binary", False, 4, dict(DEPTH, min_child_weight=5.5)),
    ("base_score", "binary", False, 4, dict(SHALLOW, base_score=0.2)),
    ("scale_pos_weight", "binary", False, 4, dict(SHALLOW, scale_pos_weight=2.5)),
    ("three, depth-wise", "three", False, 3, dict(DEPTH, max_depth=5)),
    ("three, leaf-wise, missing, weights", "three, missing", True, 3, dict(LEAF, max_leaves=20)),
    ("value, depth-wise", "value", False, 5, DEPTH),
    ("value, leaf-wise, missing", "value, missing", False, 5, LEAF),
    ("value, weights, missing", "value, missing", True, 4, DEPTH),
    ("value, gamma, lambda, min_child_weight", "value", False, 4, dict(DEPTH, gamma=0.5, reg_lambda=3.0, min_child_weight=7.0)),
    ("value, alpha", "value, missing", False, 4, dict(SHALLOW, reg_alpha=2.0)),
    ("value, max_delta_step", "value", True, 4, dict(SHALLOW, max_delta_step=0.5)),
    ("value, base_score", "value", False, 4, dict(SHALLOW, base_score=-1.5)),
    ("large, depth-wise", "large binary, missing", False, 3, DEPTH),
    ("large, leaf-wise, weights", "large binary, missing", True, 3, LEAF),
    ("large value, depth-wise", "large value", False, 3, dict(DEPTH, max_depth=5)),
    ("large value, leaf-wise, weights", "large value", True, 3, dict(LEAF, max_leaves=20)),
    ("value, monotone", "value, missing", True, 4, dict(DEPTH, monotone_constraints=[1, 0, -1, 1, -1, 0])),
    ("value, monotone, leaf-wise", "value", True, 4, dict(LEAF, monotone_constraints=[0, 1, 1, 1, -1, 0])),
    ("value, interactions, leaf-wise", "value, missing", True, 4, dict(LEAF, interaction_constraints=[[0, 1], [1, 2], [3, 5]])),
    ("monotone, interactions", "binary, missing", True, 4, dict(
        DEPTH, monotone_constraints=[0, 0, 1, 1, -1, 0], interaction_constraints=[[0, 3, 4], [1, 2]])),
]


def fit(name, data, weighted, rounds, parameters):
    d = DATA[data]
    parameters = dict(dict(base_score=0.5, eta=0.3), **parameters)
    objective = {0: "reg:squarederror", 2: "binary:logistic", 3: "multi:softprob"}[d["classes"]]
    full = dict(plain(parameters), objective=objective, tree_method="hist", max_bin=256, nthread=1, seed=0)
    if d["classes"] == 3:
        full["num_class"] = 3
    matrix = xgb.DMatrix(d["x"].astype(np.float32), label=d["y"], weight=d["w"] if weighted else None, missing=np.nan)
    booster = xgb.train(full, matrix, num_boost_round=rounds)
    model = json.loads(booster.save_raw("json").decode())
    leaves = booster.predict(matrix, pred_leaf=True).reshape(len(d["y"]), -1).astype(int)
    trees = []
    for t, tree in enumerate(model["learner"]["gradient_booster"]["model"]["trees"]):
        left = tree["left_children"]
        inner = [child >= 0 for child in left]
        trees.append(dict(
            left=left,
            right=tree["right_children"],
            feature=[f if i else -1 for f, i in zip(tree["split_indices"], inner)],
            gain=[short(g) if i else 0 for g, i in zip(tree["loss_changes"], inner)],
            value=[0 if i else short(v) for v, i in zip(tree["split_conditions"], inner)],
            rows=leaves[:, t].tolist(),
        ))
    predictions = [short(p) for p in booster.predict(matrix).reshape(-1)]
    return dict(name=name, data=data, weighted=weighted, rounds=rounds, parameters=parameters, trees=trees, predictions=predictions)


def plain(parameters):
    """XGBoost reads lists as text."""
    return {name: str(tuple(v)) if name.startswith("monotone") else str(v) if isinstance(v, list) else v for name, v in parameters.items()}


def short(number):
    """The float32 in as few digits as tell it from its neighbours."""
    return float(str(np.float32(number)))


def data_of(d):
    return dict(
        classes=d["classes"],
        columns=[[None if np.isnan(v) else float(v) for v in column] for column in d["x"].T],
        target=[float(v) for v in d["y"]],
        weights=[float(v) for v in d["w"]],
    )


def write(name, document):
    text = json.dumps(document, separators=(",", ":")).encode()
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0, compresslevel=9) as file:
        file.write(text)
    with open(name, "wb") as file:
        file.write(packed.getvalue())
    print(name + ":", len(document["cases"]), "cases,", len(packed.getvalue()), "bytes")


def main():
    write("newton.json.gz", dict(
        data={name: data_of(d) for name, d in DATA.items()},
        cases=[fit(*case) for case in CASES],
    ))


if __name__ == "__main__":
    main()
