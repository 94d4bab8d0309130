#!/usr/bin/env python3
"""Writes newton-exact.json.gz: what XGBoost 1.7.4 (tree_method=exact) grew on small tables of numbers that all differ.

    /usr/bin/python3 make_newton_exact_fixtures.py

Needs numpy and xgboost 1.7.4 (Debian: python3-numpy python3-xgboost). The output is the same in every run.

Classes come with weights only: without them the gradients of the first round are +-1/2, and thresholds that part the same numbers of
either sign tie, which XGBoost and the library settle differently.

  data    by name: columns (numbers, null where missing), target (class index or number), weights, classes (0: regression), unseen
          (columns of other rows, some beyond the range of the training rows; where they miss a value, training rows do as well)
  cases   name, data, weighted, rounds, parameters (XGBoost's names), and
    trees        round after round, class after class: left, right (-1 at a leaf), feature, threshold (x < t goes left), default_left,
                 gain of every inner node, cover (hessian sum) of every node, value of every leaf with the learning rate in it
    predictions  of the training rows, class after class: probabilities (of the second of two classes only), or the value
    unseen       the same of the unseen rows
"""

import gzip
import io
import json

import numpy as np
import xgboost as xgb

assert xgb.__version__ == "1.7.4", xgb.__version__

FEATURES = 5


def signal(x):
    x = np.nan_to_num(x, nan=0.3)
    return 1.5 * np.sin(3 * x[:, 0]) + x[:, 1] * x[:, 2] + 0.8 * (x[:, 3] > 0.4) - 0.5 * np.abs(x[:, 4])


def draw(rng, rows, missing, scale):
    x = rng.normal(size=(rows, FEATURES), scale=scale).astype(np.float32)
    if missing:
        for j in (0, 1, 3):
            x[rng.uniform(size=rows) < 0.15, j] = np.nan
    return x


def make(name, rows, seed, missing, kind):
    rng = np.random.RandomState(seed)
    x = draw(rng, rows, missing, 1.0)
    f = signal(x) + 0.3 * np.isnan(x[:, 0]) + rng.normal(scale=0.6, size=rows)
    if kind == "binary":
        y, classes = (f > np.median(f)).astype(int), 2
    elif kind == "three":
        y, classes = np.digitize(f, np.quantile(f, [0.3, 0.65])), 3
    else:
        y, classes = np.round(f, 5), 0
    w = np.round(rng.uniform(0.25, 3, size=rows), 5)
    unseen = draw(rng, 150, missing, 1.4)
    for j in range(FEATURES):
        values = x[~np.isnan(x[:, j]), j]
        assert len(np.unique(values)) == len(values), name
    return name, dict(x=x, y=y, w=w, classes=classes, unseen=unseen)


DATA = dict([
    make("binary", 300, 11, False, "binary"),
    make("binary, missing", 300, 12, True, "binary"),
    make("three", 240, 13, False, "three"),
    make("three, missing", 240, 14, True, "three"),
    make("value", 300, 15, False, "value"),
    make("value, missing", 300, 16, True, "value"),
])

DEEP = dict(max_depth=6)
SHALLOW = dict(max_depth=3)

# Name, data, weighted, rounds, parameters. max_delta_step and alpha each alone: together XGBoost's gain departs from the objective.
CASES = [
    ("value", "value", False, 5, DEEP),
    ("value, missing", "value, missing", False, 5, DEEP),
    ("value, weights, missing", "value, missing", True, 4, DEEP),
    ("value, depth 1", "value", False, 6, dict(max_depth=1)),
    ("value, depth 12", "value, missing", True, 2, dict(max_depth=12, min_child_weight=4.0)),
    ("value, gamma", "value", False, 5, dict(DEEP, gamma=2.0)),
    ("value, gamma, missing", "value, missing", True, 5, dict(DEEP, gamma=6.0)),
    ("value, lambda 0", "value", True, 3, dict(SHALLOW, reg_lambda=0.0)),
    ("value, lambda 10", "value, missing", False, 4, dict(DEEP, reg_lambda=10.0)),
    ("value, alpha", "value, missing", True, 4, dict(DEEP, reg_alpha=2.0)),
    ("value, max_delta_step", "value", True, 4, dict(SHALLOW, max_delta_step=0.5)),
    ("value, min_child_weight", "value, missing", False, 4, dict(DEEP, min_child_weight=9.0)),
    ("value, base_score", "value", False, 3, dict(SHALLOW, base_score=-1.5)),
    ("binary", "binary", True, 5, DEEP),
    ("binary, missing", "binary, missing", True, 5, DEEP),
    ("binary, gamma", "binary, missing", True, 5, dict(DEEP, gamma=1.0)),
    ("binary, alpha", "binary", True, 4, dict(DEEP, reg_alpha=0.75)),
    ("binary, max_delta_step", "binary, missing", True, 4, dict(DEEP, max_delta_step=0.35)),
    ("binary, min_child_weight", "binary", True, 4, dict(DEEP, min_child_weight=5.5)),
    ("binary, scale_pos_weight, lambda", "binary, missing", True, 4, dict(SHALLOW, scale_pos_weight=2.5, reg_lambda=0.3)),
    ("three", "three", True, 3, dict(DEEP, max_depth=4)),
    ("three, missing, gamma", "three, missing", True, 3, dict(DEEP, gamma=0.8)),
    ("value, monotone", "value", False, 5, dict(DEEP, monotone_constraints=[1, 0, -1, 1, -1])),
    ("value, monotone, missing, lambda", "value, missing", True, 4, dict(DEEP, monotone_constraints=[0, -1, 1, 1, 0], reg_lambda=4.0)),
    ("binary, monotone", "binary, missing", True, 4, dict(DEEP, monotone_constraints=[-1, 1, 0, 1, 0], max_delta_step=0.6)),
    ("value, interactions", "value, missing", False, 4, dict(DEEP, interaction_constraints=[[0, 1], [1, 2], [3]])),
    ("three, interactions, monotone", "three", True, 3, dict(
        DEEP, interaction_constraints=[[0, 3, 4], [1, 2]], monotone_constraints=[0, 0, 1, 1, -1])),
]


def fit(name, data, weighted, rounds, parameters):
    d = DATA[data]
    parameters = dict(dict(base_score=0.5, eta=0.3), **parameters)
    objective = {0: "reg:squarederror", 2: "binary:logistic", 3: "multi:softprob"}[d["classes"]]
    full = dict(plain(parameters), objective=objective, tree_method="exact", nthread=1, seed=0)
    if d["classes"] == 3:
        full["num_class"] = 3
    matrix = xgb.DMatrix(d["x"], label=d["y"], weight=d["w"] if weighted else None, missing=np.nan)
    booster = xgb.train(full, matrix, num_boost_round=rounds)
    model = json.loads(booster.save_raw("json").decode())
    trees = []
    for tree in model["learner"]["gradient_booster"]["model"]["trees"]:
        inner = [child >= 0 for child in tree["left_children"]]
        trees.append(dict(
            left=tree["left_children"],
            right=tree["right_children"],
            feature=tree["split_indices"],
            threshold=[short(t) if i else 0 for t, i in zip(tree["split_conditions"], inner)],
            default_left=[bool(side) for side in tree["default_left"]],
            gain=[short(g) if i else 0 for g, i in zip(tree["loss_changes"], inner)],
            cover=[short(h) for h in tree["sum_hessian"]],
            value=[0 if i else short(v) for v, i in zip(tree["split_conditions"], inner)],
        ))
    unseen = xgb.DMatrix(d["unseen"], missing=np.nan)
    return dict(
        name=name, data=data, weighted=weighted, rounds=rounds, parameters=parameters, trees=trees,
        predictions=[short(p) for p in booster.predict(matrix).reshape(-1)],
        unseen=[short(p) for p in booster.predict(unseen).reshape(-1)])


def plain(parameters):
    """XGBoost reads lists as text."""
    return {name: str(tuple(v)) if name.startswith("monotone") else str(v) if isinstance(v, list) else v for name, v in parameters.items()}


def short(number):
    """The float32 in as few digits as tell it from its neighbours."""
    return float(str(np.float32(number)))


def columns(x):
    return [[None if np.isnan(v) else short(v) for v in column] for column in x.T]


def main():
    document = dict(
        data={name: dict(
            classes=d["classes"],
            columns=columns(d["x"]),
            target=[float(v) for v in d["y"]],
            weights=[float(v) for v in d["w"]],
            unseen=columns(d["unseen"]),
        ) for name, d in DATA.items()},
        cases=[fit(*case) for case in CASES],
    )
    text = json.dumps(document, separators=(",", ":")).encode()
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0, compresslevel=9) as file:
        file.write(text)
    with open("newton-exact.json.gz", "wb") as file:
        file.write(packed.getvalue())
    print(len(CASES), "cases,", len(packed.getvalue()), "bytes")


if __name__ == "__main__":
    main()
