#!/usr/bin/env python3
"""Writes linear.json.gz: the coefficients of XGBoost 1.7.4's booster=gblinear with updater=coord_descent.

    /usr/bin/python3 make_linear_fixtures.py

Needs numpy and xgboost 1.7.4 (Debian: python3-numpy python3-xgboost), and make_newton_fixtures.py beside it. The output is the same in
every run.

  data   by name, as in newton.json.gz: columns (numbers, null where missing), target, weights, classes
  cases  name, data, weighted, parameters (XGBoost's names), rounds (the numbers of rounds that are recorded), and for each of these
         weights (by output, by feature), bias (by output, without the base score) and predictions of all rows (of two classes the second);
         history (the metric on the training rows after every round up to the last recorded)
"""

import json

import numpy as np
import xgboost as xgb

import make_newton_fixtures as newton


def make(name, rows, seed, missing, kind):
    rng = np.random.RandomState(seed)
    x = rng.normal(size=(rows, 6)) @ (np.eye(6) + 0.3 * rng.normal(size=(6, 6)))
    x[:, 1] = 3 * x[:, 1] + 2
    x[:, 2] = np.round(np.abs(x[:, 2]))
    x[:, 4] *= 0.1
    x = np.round(x * 64) / 64
    f = x @ np.array([0.8, -0.3, 0.5, 0.0, 2.0, 0.1]) + rng.normal(scale=0.7, size=rows)
    if missing:
        for j in (0, 1, 3):
            x[rng.uniform(size=rows) < 0.2, j] = np.nan
    if kind == "binary":
        y, classes = (f > np.quantile(f, 0.4)).astype(int), 2
    elif kind == "three":
        y, classes = np.digitize(f, np.quantile(f, [0.3, 0.65])), 3
    else:
        y, classes = np.round(f + 3, 3), 0
    return name, dict(x=x, y=y, w=np.round(rng.uniform(0.25, 3, size=rows), 3), classes=classes)


DATA = dict([
    make("binary", 240, 31, False, "binary"),
    make("three, missing", 240, 32, True, "three"),
    make("value", 240, 33, False, "value"),
    make("value, missing", 240, 34, True, "value"),
])

# Name, data, weighted, parameters, recorded rounds.
CASES = [
    ("binary", "binary", False, dict(), [1, 2, 3, 30]),
    ("binary, lambda, weights", "binary", True, dict(reg_lambda=0.2, eta=1.0), [1, 2, 20]),
    ("binary, alpha", "binary", False, dict(reg_alpha=0.03, eta=0.8), [1, 2, 25]),
    ("binary, base_score", "binary", False, dict(base_score=0.2), [1, 10]),
    ("three, missing", "three, missing", False, dict(), [1, 2, 15]),
    ("three, missing, both penalties, weights", "three, missing", True, dict(reg_lambda=0.05, reg_alpha=0.01), [1, 2, 15]),
    ("value", "value", False, dict(), [1, 2, 3, 40]),
    ("value, missing, weights, lambda", "value, missing", True, dict(reg_lambda=0.1, eta=1.0), [1, 2, 25]),
    ("value, missing, alpha", "value, missing", False, dict(reg_alpha=0.2, eta=0.7), [1, 2, 25]),
    ("value, greedy", "value", False, dict(feature_selector="greedy", top_k=3), [1, 2, 12]),
    ("three, greedy", "three, missing", False, dict(feature_selector="greedy", top_k=2, reg_alpha=0.01), [1, 2, 12]),
    ("value, thrifty", "value, missing", False, dict(feature_selector="thrifty", top_k=4), [1, 2, 12]),
    ("binary, thrifty, weights", "binary", True, dict(feature_selector="thrifty", top_k=2, reg_lambda=0.1), [1, 2, 12]),
]


def fit(name, data, weighted, parameters, rounds):
    d = DATA[data]
    parameters = dict(dict(base_score=0.5, eta=0.5), **parameters)
    objective = {0: "reg:squarederror", 2: "binary:logistic", 3: "multi:softprob"}[d["classes"]]
    metric = {0: "rmse", 2: "logloss", 3: "mlogloss"}[d["classes"]]
    full = dict(
        parameters, booster="gblinear", updater="coord_descent", objective=objective, nthread=1, seed=0, eval_metric=metric)
    if d["classes"] == 3:
        full["num_class"] = 3
    outputs = max(1, d["classes"] if d["classes"] == 3 else 1)
    matrix = xgb.DMatrix(d["x"].astype(np.float32), label=d["y"], weight=d["w"] if weighted else None, missing=np.nan)
    recorded = []
    for n in rounds:
        history = {}
        booster = xgb.train(full, matrix, num_boost_round=n, evals=[(matrix, "training")], evals_result=history, verbose_eval=False)
        model = json.loads(booster.save_raw("json").decode())
        w = np.array(model["learner"]["gradient_booster"]["model"]["weights"]).reshape(-1, outputs)
        recorded.append(dict(
            count=n,
            weights=[[newton.short(v) for v in w[:-1, k]] for k in range(outputs)],
            bias=[newton.short(v) for v in w[-1]],
            predictions=[newton.short(p) for p in booster.predict(matrix).reshape(-1)]))
    return dict(name=name, data=data, weighted=weighted, parameters=parameters, rounds=recorded, history=history["training"][metric])


def main():
    newton.write("linear.json.gz", dict(
        data={name: newton.data_of(d) for name, d in DATA.items()},
        cases=[fit(*case) for case in CASES],
    ))


if __name__ == "__main__":
    main()
