#!/usr/bin/env python3
"""Writes newton-history.json.gz: what XGBoost 1.7.4 measured after every round, and where it stopped.

    /usr/bin/python3 make_history_fixtures.py

Needs numpy and xgboost 1.7.4 (Debian: python3-numpy python3-xgboost), and make_newton_fixtures.py beside it. The output is the same in
every run.

The validation rows are the first training rows with other noise in their targets: XGBoost's thresholds are the next cut and the
library's lie midway between the values that the node has, so only rows that training had are parted alike.

  data   by name: training and validation, each with columns (numbers, null where missing), target, weights, and classes
  cases  name, data, weighted, rounds, parameters, metrics (XGBoost's names, the first one decides), patience (null: no early stopping),
         min_delta, history (by "training" and "validation", by metric, a value a round) and best_iteration (null without stopping)
"""

import numpy as np
import xgboost as xgb

import make_newton_fixtures as newton

TRAIN = 600
VALID = 400
LEVELS = [60, 50, 40, 12, 60, 2]


def make(name, seed, missing, kind, noise):
    rng = np.random.RandomState(seed)
    x = np.stack([np.round(rng.randint(0, count, size=TRAIN) * (6.0 / count) * 64) / 64 - 3 for count in LEVELS], axis=1)
    if missing:
        for j in (0, 1, 3):
            x[rng.uniform(size=TRAIN) < 0.15, j] = np.nan
    x = np.concatenate([x, x[:VALID]])
    f = newton.signal(x) + rng.normal(scale=noise, size=len(x))
    if kind == "binary":
        y, classes = (f > np.median(f)).astype(int), 2
    elif kind == "three":
        y, classes = np.digitize(f, np.quantile(f, [0.3, 0.65])), 3
    else:
        y, classes = np.round(f, 3), 0
    w = np.round(rng.uniform(0.25, 3, size=len(x)), 3)
    return name, dict(x=x, y=y, w=w, classes=classes)


DATA = dict([
    make("binary", 21, True, "binary", 1.5),
    make("three", 22, True, "three", 1.0),
    make("value", 23, True, "value", 1.5),
])

DEPTH = dict(grow_policy="depthwise", max_depth=4)
LEAF = dict(grow_policy="lossguide", max_depth=0, max_leaves=12)
BINARY = ["logloss", "error", "auc"]

# Name, data, weighted, rounds, parameters, metrics, patience, min_delta.
CASES = [
    ("binary, no stopping", "binary", False, 12, DEPTH, BINARY, None, 0),
    ("binary, log loss", "binary", False, 60, DEPTH, BINARY, 5, 0),
    ("binary, ROC AUC, weights", "binary", True, 60, LEAF, ["auc", "logloss"], 4, 0),
    ("binary, error, patience 1", "binary", False, 60, DEPTH, ["error"], 1, 0),
    ("binary, ROC AUC, min_delta", "binary", False, 60, DEPTH, ["auc"], 3, 0.004),
    ("three, log loss", "three", False, 60, DEPTH, ["mlogloss", "merror"], 5, 0),
    ("three, error, weights, min_delta", "three", True, 40, LEAF, ["merror", "mlogloss"], 3, 0.002),
    ("value, RMSE", "value", False, 60, DEPTH, ["rmse", "mae"], 5, 0),
    ("value, MAE, weights, min_delta", "value", True, 60, LEAF, ["mae", "rmse"], 3, 0.01),
]


def matrix(d, rows, weighted):
    weights = d["w"][rows] if weighted else None
    return xgb.DMatrix(d["x"][rows].astype(np.float32), label=d["y"][rows], weight=weights, missing=np.nan)


def fit(name, data, weighted, rounds, parameters, metrics, patience, min_delta):
    d = DATA[data]
    parameters = dict(dict(base_score=0.5, eta=0.3), **parameters)
    objective = {0: "reg:squarederror", 2: "binary:logistic", 3: "multi:softprob"}[d["classes"]]
    full = dict(parameters, objective=objective, tree_method="hist", max_bin=256, nthread=1, seed=0, eval_metric=metrics)
    if d["classes"] == 3:
        full["num_class"] = 3
    train = matrix(d, slice(0, TRAIN), weighted)
    valid = matrix(d, slice(TRAIN, None), weighted)
    stopping = [] if patience is None else [xgb.callback.EarlyStopping(
        rounds=patience, metric_name=metrics[0], data_name="validation", maximize=metrics[0] == "auc", min_delta=min_delta)]
    history = {}
    booster = xgb.train(
        full, train, num_boost_round=rounds, evals=[(train, "training"), (valid, "validation")], evals_result=history,
        callbacks=stopping, verbose_eval=False)
    best = None if patience is None else booster.best_iteration
    print(name, len(history["validation"][metrics[0]]), best)
    return dict(
        name=name, data=data, weighted=weighted, rounds=rounds, parameters=parameters, metrics=metrics, patience=patience,
        min_delta=min_delta, history=history, best_iteration=best)


def rows_of(d, rows):
    return newton.data_of(dict(x=d["x"][rows], y=d["y"][rows], w=d["w"][rows], classes=d["classes"]))


def main():
    newton.write("newton-history.json.gz", dict(
        data={name: dict(training=rows_of(d, slice(0, TRAIN)), validation=rows_of(d, slice(TRAIN, None))) for name, d in DATA.items()},
        cases=[fit(*case) for case in CASES],
    ))


if __name__ == "__main__":
    main()
