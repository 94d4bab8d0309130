#!/usr/bin/env python3
"""Writes newton-dart.json.gz: what XGBoost 1.7.4's booster=dart does where nothing is drawn at random.

    /usr/bin/python3 make_dart_fixtures.py

Needs numpy and xgboost 1.7.4 (Debian: python3-numpy python3-xgboost), and make_newton_fixtures.py beside it. The output is the same in
every run. Either all trees are dropped in every round (rate_drop 1), or the second round drops the one tree there is (one_drop), or none
is ever dropped (skip_drop 1).

  data   by name, as in newton.json.gz
  cases  name, data, weighted, rounds, parameters, rate, skip, one, forest (normalize_type), weights (weight_drop, one a tree), predictions
         of the training rows (of two classes the second), history (the metric on the training rows after every round)
"""

import json

import numpy as np
import xgboost as xgb

import make_newton_fixtures as newton

USED = ["binary, missing", "three", "value"]
DEPTH = dict(grow_policy="depthwise", max_depth=3)

# Name, data, weighted, rounds, parameters, rate, skip, one, forest.
CASES = [
    ("all dropped, tree", "binary, missing", False, 6, DEPTH, 1, 0, False, False),
    ("all dropped, forest", "binary, missing", True, 6, DEPTH, 1, 0, False, True),
    ("all dropped, tree, value", "value", False, 5, DEPTH, 1, 0, False, False),
    ("all dropped, forest, value", "value", True, 5, dict(DEPTH, eta=0.7), 1, 0, False, True),
    ("all dropped, tree, three", "three", False, 4, DEPTH, 1, 0, False, False),
    ("all dropped, forest, three", "three", False, 4, DEPTH, 1, 0, False, True),
    ("one dropped, tree", "binary, missing", False, 2, DEPTH, 0, 0, True, False),
    ("one dropped, forest, value", "value", False, 2, DEPTH, 0, 0, True, True),
    ("skipped", "value", False, 4, DEPTH, 1, 1, True, False),
]


def fit(name, data, weighted, rounds, parameters, rate, skip, one, forest):
    d = newton.DATA[data]
    parameters = dict(dict(base_score=0.5, eta=0.3), **parameters)
    objective = {0: "reg:squarederror", 2: "binary:logistic", 3: "multi:softprob"}[d["classes"]]
    metric = {0: "rmse", 2: "logloss", 3: "mlogloss"}[d["classes"]]
    full = dict(
        parameters, booster="dart", objective=objective, tree_method="hist", max_bin=256, nthread=1, seed=0, eval_metric=metric,
        rate_drop=rate, skip_drop=skip, one_drop=int(one), normalize_type="forest" if forest else "tree", sample_type="uniform")
    if d["classes"] == 3:
        full["num_class"] = 3
    matrix = xgb.DMatrix(d["x"].astype(np.float32), label=d["y"], weight=d["w"] if weighted else None, missing=np.nan)
    history = {}
    booster = xgb.train(full, matrix, num_boost_round=rounds, evals=[(matrix, "training")], evals_result=history, verbose_eval=False)
    model = json.loads(booster.save_raw("json").decode())
    weights = model["learner"]["gradient_booster"]["weight_drop"]
    return dict(
        name=name, data=data, weighted=weighted, rounds=rounds, parameters=parameters, rate=rate, skip=skip, one=one, forest=forest,
        weights=[newton.short(w) for w in weights],
        predictions=[newton.short(p) for p in booster.predict(matrix).reshape(-1)],
        history=history["training"][metric])


def main():
    newton.write("newton-dart.json.gz", dict(
        data={name: newton.data_of(newton.DATA[name]) for name in USED},
        cases=[fit(*case) for case in CASES],
    ))


if __name__ == "__main__":
    main()
