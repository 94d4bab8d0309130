#!/usr/bin/env python3
"""Writes newton-losses.json.gz: what XGBoost 1.7.4 (tree_method=hist) predicts with the objectives for counts, positive numbers, shares and
numbers with outliers, and with an objective of one's own.

    /usr/bin/python3 make_newton_losses_fixtures.py

Needs numpy and xgboost 1.7.4 (Debian: python3-numpy python3-xgboost). The columns are those of "value, missing" of
make_newton_fixtures.py; a case has

  name, objective, parameter (the variance power or the slope), weighted, rounds, parameters (XGBoost's names)
  target       the targets
  predictions  of the training rows after all rounds
"""

import numpy as np
import xgboost as xgb

from make_newton_fixtures import DATA, DEPTH, LEAF, SHALLOW, data_of, plain, signal, write

TABLE = "value, missing"
X, WEIGHTS = DATA[TABLE]["x"], DATA[TABLE]["w"]
RNG = np.random.RandomState(11)
MEAN = np.exp(0.6 * signal(X))
TARGETS = {
    "counts": RNG.poisson(MEAN).astype(float),
    "sizes": np.round(RNG.gamma(2.0, MEAN / 2) + 0.01, 4),
    "claims": np.round(np.array([RNG.gamma(1.5, 1.0, RNG.poisson(m)).sum() for m in MEAN]), 4),
    "shares": np.round(RNG.beta(2 * MEAN, 2.0), 4),
    "outliers": np.round(signal(X) + 0.5 * RNG.standard_t(1.5, size=len(X)), 4),
}


def log_cosh(predictions, matrix):
    # Weights are the objective's own business in XGBoost.
    residual = predictions - matrix.get_label()
    weights = matrix.get_weight() if len(matrix.get_weight()) else np.ones_like(residual)
    return np.tanh(residual) * weights, (1 - np.tanh(residual) ** 2) * weights


# Name, objective, targets, weighted, rounds, parameters. Small hessians sums: min_child_weight lets leaves grow.
CASES = [
    ("Poisson", "count:poisson", "counts", False, 6, DEPTH),
    ("Poisson, leaf-wise, weights", "count:poisson", "counts", True, 6, LEAF),
    ("Gamma", "reg:gamma", "sizes", False, 6, SHALLOW),
    ("Gamma, weights", "reg:gamma", "sizes", True, 6, DEPTH),
    ("Tweedie", "reg:tweedie", "claims", False, 6, SHALLOW),
    ("Tweedie 1.2, weights", "reg:tweedie", "claims", True, 6, dict(LEAF, tweedie_variance_power=1.2)),
    ("shares", "reg:logistic", "shares", False, 6, SHALLOW),
    ("shares, weights", "reg:logistic", "shares", True, 6, dict(LEAF, max_leaves=12)),
    ("pseudo-Huber", "reg:pseudohubererror", "outliers", False, 6, DEPTH),
    ("pseudo-Huber 2.5, weights", "reg:pseudohubererror", "outliers", True, 6, dict(SHALLOW, huber_slope=2.5)),
    ("own", log_cosh, "outliers", False, 6, SHALLOW),
    ("own, weights", log_cosh, "outliers", True, 6, DEPTH),
]


def fit(name, objective, targets, weighted, rounds, parameters):
    parameters = dict(dict(base_score=0.5, eta=0.3), **parameters)
    full = dict(plain(parameters), tree_method="hist", max_bin=256, nthread=1, seed=0)
    own = callable(objective)
    if not own:
        full["objective"] = objective
    y = TARGETS[targets]
    matrix = xgb.DMatrix(X.astype(np.float32), label=y, weight=WEIGHTS if weighted else None, missing=np.nan)
    booster = xgb.train(full, matrix, num_boost_round=rounds, obj=objective if own else None)
    predictions = booster.predict(matrix)
    print(name, float(np.min(predictions)), float(np.max(predictions)))
    extra = {key: parameters.pop(key) for key in ("tweedie_variance_power", "huber_slope") if key in parameters}
    return dict(
        name=name, objective="own" if own else objective, parameter=next(iter(extra.values()), None), weighted=weighted, rounds=rounds,
        parameters=parameters, target=[float(v) for v in y], predictions=[float(v) for v in predictions])


if __name__ == "__main__":
    write("newton-losses.json.gz", dict(data=data_of(DATA[TABLE]), cases=[fit(*case) for case in CASES]))
