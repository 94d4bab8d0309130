#!/usr/bin/env python3
"""Writes adaboost.json.gz: what AdaBoostClassifier of scikit-learn 1.2.1 (Debian's python3-sklearn) gives on generated float32 data without ties
and on bundled sets.

Ties are told by random_state, which orders the features of a tree: each case is fitted with ten of them. Where the trees of a generated case
differ at all, the script stops; of a bundled set it records "rounds", the number of rounds before the first one whose tree differs.

AdaBoostRegressor draws its rows at random: of it the file holds the test errors over many seeds."""
import gzip
import json
import pathlib
import warnings

import numpy as np
import sklearn
from sklearn import datasets
from sklearn.ensemble import AdaBoostClassifier, AdaBoostRegressor
from sklearn.tree import DecisionTreeClassifier

warnings.filterwarnings("ignore")
SEEDS = range(10)


def fit(x, y, weights, depth, rounds, rate, algorithm, seed):
    # Deep trees are held from nodes of a few rows, which any feature parts alike.
    member = DecisionTreeClassifier(max_depth=depth, min_samples_leaf=1 if depth == 1 else 30)
    model = AdaBoostClassifier(member, n_estimators=rounds, learning_rate=rate, algorithm=algorithm, random_state=seed)
    return model.fit(x, y, sample_weight=weights)


def same_rounds(models):
    """How many rounds all models have the same trees."""
    def signature(model):
        return [(e.tree_.feature.tobytes(), e.tree_.threshold.tobytes()) for e in model.estimators_]
    signatures = [signature(m) for m in models]
    for r in range(min(map(len, signatures))):
        if any(s[r] != signatures[0][r] for s in signatures):
            return r
    return min(map(len, signatures))


def digits(stage):
    return "".join("0123456789abcdefghijklmnopqrstuvwxyz"[k] for k in stage)


def generated(seed, rows, features, classes, noise, weighted):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(rows + 100, features)).astype(np.float32)
    assert all(len(np.unique(x[:, c])) == len(x) for c in range(features))
    if noise == 0:
        return x, (x[:, 0] > 0.1).astype(int), None
    centre = x[:, 0] ** 2 + x[:, 1] * x[:, 2] + 0.7 * x[:, 3] + noise * rng.normal(size=len(x))
    y = np.searchsorted(np.quantile(centre, np.arange(1, classes) / classes), centre)
    weights = np.round(rng.uniform(0.2, 3, size=rows), 3) if weighted else None
    return x, y, weights


def expected(model, x, rounds):
    return {
        "weights": model.estimator_weights_[:rounds].tolist(),
        "errors": model.estimator_errors_[:rounds].tolist(),
        "staged": [digits(stage) for stage in list(model.staged_predict(x))[:rounds]],
    }


def generated_case(name, seed, rows, features, classes, noise=0.3, weighted=False, depth=1, rounds=60, rate=1.0, algorithm="SAMME"):
    x, y, weights = generated(seed, rows, features, classes, noise, weighted)
    models = [fit(x[:rows], y[:rows], weights, depth, rounds, rate, algorithm, s) for s in SEEDS]
    kept = len(models[0].estimators_)
    assert same_rounds(models) == kept and all(len(m.estimators_) == kept for m in models), name
    model = models[0]
    decision = model.decision_function(x)
    print(name, "members", kept, "weights", model.estimator_weights_[[0, kept - 1]], "train error", 1 - model.score(x[:rows], y[:rows]))
    return {
        "name": name, "classes": classes, "trainRows": rows, "depth": depth, "requested": rounds, "rate": rate, "algorithm": algorithm,
        "columns": [x[:, c].tolist() for c in range(features)], "labels": y.tolist(),
        "rowWeights": None if weights is None else weights.tolist(),
        "decision": decision.ravel().tolist(), "importances": model.feature_importances_.tolist(),
        **expected(model, x, kept),
    }


def bundled_case(name, load, depth=1, rounds=400, weighted=False):
    data = load()
    x, y = data.data.astype(np.float32), data.target
    weights = 1.0 + np.arange(len(y)) % 3 if weighted else None
    models = [fit(x, y, weights, depth, rounds, 1.0, "SAMME", s) for s in SEEDS]
    same = same_rounds(models)
    print(name, "weighted" if weighted else "", "depth", depth, "members", len(models[0].estimators_), "same", same)
    return {"data": name, "depth": depth, "weighted": weighted, "rounds": same, **expected(models[0], x, same)}


def regression_case(loss, weighted, rate=1.0, rounds=50):
    """Equation 4.3 of Friedman (1991), 250 rows to learn from and 400 to test by."""
    rng = np.random.default_rng(77)
    x = rng.random((650, 6)).astype(np.float32)
    y = np.round(10 * np.sin(np.pi * x[:, 0] * x[:, 1]) + 20 * (x[:, 2] - 0.5) ** 2 + 10 * x[:, 3] + 5 * x[:, 4] + rng.normal(size=650), 3)
    weights = np.round(rng.uniform(0.2, 3, size=250), 3) if weighted else None
    errors = []
    for seed in range(40):
        model = AdaBoostRegressor(n_estimators=rounds, learning_rate=rate, loss=loss, random_state=seed)
        model.fit(x[:250], y[:250], sample_weight=weights)
        errors.append(float(np.mean((model.predict(x[250:]) - y[250:]) ** 2)))
    print("R2", loss, np.mean(errors), np.std(errors, ddof=1) / np.sqrt(len(errors)))
    return {
        "loss": loss, "trainRows": 250, "rounds": rounds, "rate": rate,
        "columns": [x[:, c].tolist() for c in range(6)], "targets": y.tolist(),
        "rowWeights": None if weights is None else weights.tolist(), "testErrors": errors,
    }


fixtures = {
    "scikitLearn": sklearn.__version__,
    "generated": [
        generated_case("two classes", 1, 300, 6, 2, rounds=80),
        generated_case("two classes, weights", 2, 300, 6, 2, weighted=True),
        generated_case("two classes, learning rate", 3, 300, 5, 2, rate=0.3),
        generated_case("two classes, depth 3", 4, 400, 6, 2, noise=1.0, depth=3, rounds=15),
        generated_case("two classes of noise, 400 rounds", 5, 60, 4, 2, noise=50, rounds=400),
        generated_case("perfect in the first round", 6, 80, 4, 2, noise=0),
        generated_case("three classes", 7, 300, 5, 3, rounds=80),
        generated_case("three classes, weights, learning rate", 8, 300, 5, 3, weighted=True, rate=0.5),
        generated_case("five classes, depth 2", 9, 400, 6, 5, depth=2),
        generated_case("ten classes", 10, 500, 5, 10),
        generated_case("SAMME.R, two classes", 11, 300, 5, 2, algorithm="SAMME.R"),
        generated_case("SAMME.R, three classes, weights", 12, 300, 5, 3, weighted=True, algorithm="SAMME.R"),
        generated_case("SAMME.R, four classes, learning rate, depth 2", 13, 300, 5, 4, depth=2, rate=0.4, algorithm="SAMME.R", rounds=40),
    ],
    "bundled": [
        bundled_case("iris", datasets.load_iris),
        bundled_case("iris", datasets.load_iris, weighted=True),
        bundled_case("wine", datasets.load_wine),
        bundled_case("wine", datasets.load_wine, weighted=True),
        bundled_case("breast_cancer", datasets.load_breast_cancer),
        bundled_case("breast_cancer", datasets.load_breast_cancer, weighted=True),
        bundled_case("digits", datasets.load_digits),
        bundled_case("digits", datasets.load_digits, depth=3, rounds=30),
    ],
    "regression": [
        regression_case("linear", weighted=False),
        regression_case("square", weighted=True, rate=0.5),
        regression_case("exponential", weighted=False),
    ],
}
target = pathlib.Path(__file__).with_name("adaboost.json.gz")
target.write_bytes(gzip.compress(json.dumps(fixtures).encode(), 9, mtime=0))
print(target.stat().st_size, "bytes")
