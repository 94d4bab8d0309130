#!/usr/bin/env python3
"""Writes gradient-boosting.json.gz: what GradientBoostingRegressor and GradientBoostingClassifier of scikit-learn 1.2.1 (Debian's
python3-sklearn) give with all rows in every round and criterion='squared_error', on generated float32 data without ties.

Ties are told by random_state, which orders the features of a tree: each case is fitted with five of them. Where the trees differ at all, the
script stops. The residuals of the absolute error and of quantiles take two values, so that many splits gain the same: these have one
feature, where no order of features matters, and are compared by their stage losses and predictions.

With "subsample" the rows are drawn at random in both: the file holds, by seed, the mean squared error on test rows and the sum of the out-of-bag
improvements."""
import gzip
import json
import pathlib

import numpy as np
import sklearn
from sklearn.ensemble import GradientBoostingClassifier, GradientBoostingRegressor

SEEDS = range(5)


def data(seed, rows, features, extra):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(rows + extra, features)).astype(np.float32)
    assert all(len(np.unique(x[:, c])) == len(x) for c in range(features))
    return rng, x


def short(column):
    """The shortest decimals that are read back as the same float32."""
    return [float(str(value)) for value in column]


def centre(x):
    wide = np.zeros((len(x), 4))
    wide[:, : min(4, x.shape[1])] = x[:, :4]
    return wide[:, 0] ** 2 + wide[:, 1] * wide[:, 2] + 0.7 * wide[:, 3] + np.sin(2 * wide[:, 0])


def same(models):
    def signature(model):
        return [(e.tree_.feature.tobytes(), e.tree_.threshold.tobytes()) for e in model.estimators_.ravel()]
    first = signature(models[0])
    return all(signature(m) == first for m in models)


def case(name, kind, loss, seed, rows=300, features=5, classes=2, weighted=False, rounds=30, **options):
    rng, x = data(seed, rows, features, 60)
    if kind == "classifier":
        noisy = centre(x) + 0.8 * rng.normal(size=len(x))
        y = np.searchsorted(np.quantile(noisy, np.arange(1, classes) / classes), noisy)
        make = GradientBoostingClassifier
    else:
        y = np.round(centre(x) + 0.3 * rng.standard_t(3, size=len(x)), 6)
        make = GradientBoostingRegressor
    weights = np.round(rng.uniform(0.2, 3, size=rows), 3) if weighted else None
    recipe = {"loss": loss, "n_estimators": rounds, "criterion": "squared_error", **options}
    models = [make(**recipe, random_state=s).fit(x[:rows], y[:rows], sample_weight=weights) for s in SEEDS]
    assert same(models), name
    model = models[0]
    if kind == "classifier":
        raw = model.decision_function(x)
        staged = [p.ravel().tolist() for p in list(model.staged_decision_function(x))[:2]]
        output = model.predict_proba(x)
    else:
        raw = output = model.predict(x)
        staged = [p.ravel().tolist() for p in list(model.staged_predict(x))[:2]]
    print(name, model.train_score_[[0, -1]])
    return {
        "name": name, "kind": kind, "loss": loss, "classes": classes if kind == "classifier" else 0, "trainRows": rows, "rounds": rounds,
        "rate": options.get("learning_rate", 0.1), "depth": options.get("max_depth", 3), "leaves": options.get("max_leaf_nodes"),
        "minLeaf": options.get("min_samples_leaf", 1), "minSplit": options.get("min_samples_split", 2), "alpha": options.get("alpha", 0.9),
        "minWeight": options.get("min_weight_fraction_leaf", 0.0), "minDecrease": options.get("min_impurity_decrease", 0.0),
        "columns": [short(x[:, c]) for c in range(features)], "targets": y.tolist(),
        "rowWeights": None if weights is None else weights.tolist(),
        "losses": model.train_score_.tolist(), "raw": raw.ravel().tolist(), "output": output.ravel().tolist(), "staged": staged,
        "importances": model.feature_importances_.tolist(),
    }


def sampled(name, share, rounds=60, seeds=30):
    rng, x = data(50, 250, 5, 400)
    y = np.round(centre(x) + 0.5 * rng.normal(size=len(x)), 4)
    errors, improvements = [], []
    for seed in range(seeds):
        model = GradientBoostingRegressor(
            n_estimators=rounds, subsample=share, criterion="squared_error", min_samples_leaf=5, random_state=seed).fit(x[:250], y[:250])
        errors.append([float(np.mean((p - y[250:]) ** 2)) for p in list(model.staged_predict(x[250:]))[9::10]])
        improvements.append(np.cumsum(model.oob_improvement_)[9::10].tolist())
    print(name, np.mean(errors, axis=0), np.mean(improvements, axis=0))
    return {
        "name": name, "share": share, "trainRows": 250, "rounds": rounds, "columns": [short(x[:, c]) for c in range(5)],
        "targets": y.tolist(), "testErrors": errors, "improvements": improvements,
    }


fixtures = {
    "scikitLearn": sklearn.__version__,
    "cases": [
        case("squared error", "regressor", "squared_error", 1, min_samples_leaf=5),
        case("squared error, weights", "regressor", "squared_error", 2, weighted=True, min_samples_leaf=5),
        case("squared error, best first", "regressor", "squared_error", 3, max_depth=None, max_leaf_nodes=7, min_samples_leaf=5,
             learning_rate=0.3),
        case("squared error, limits", "regressor", "squared_error", 4, max_depth=5, min_samples_split=40, min_weight_fraction_leaf=0.03,
             min_impurity_decrease=0.002, min_samples_leaf=5),
        case("Huber", "regressor", "huber", 5, alpha=0.8, min_samples_leaf=10, rounds=20),
        case("Huber of few steps", "regressor", "huber", 6, max_depth=2, min_samples_leaf=10, learning_rate=0.5, rounds=20),
        case("absolute error, one feature", "regressor", "absolute_error", 7, features=1, max_depth=2, rounds=15),
        case("absolute error, one feature, weights", "regressor", "absolute_error", 8, features=1, max_depth=1, weighted=True, rounds=15),
        case("quantile, one feature", "regressor", "quantile", 9, features=1, max_depth=2, alpha=0.75, rounds=15),
        case("quantile, one feature, weights", "regressor", "quantile", 10, features=1, max_depth=1, alpha=0.3, weighted=True, rounds=15),
        case("binomial deviance", "classifier", "log_loss", 11, min_samples_leaf=10),
        case("binomial deviance, weights", "classifier", "log_loss", 12, weighted=True, min_samples_leaf=10),
        case("binomial deviance, best first", "classifier", "log_loss", 13, max_depth=None, max_leaf_nodes=6, min_samples_leaf=10,
             learning_rate=0.4),
        case("exponential", "classifier", "exponential", 14, min_samples_leaf=10),
        case("exponential, weights", "classifier", "exponential", 15, weighted=True, min_samples_leaf=10, max_depth=2),
        case("multinomial deviance, three classes", "classifier", "log_loss", 16, classes=3, min_samples_leaf=25, max_depth=2,
             rounds=20),
        case("multinomial deviance, four classes, weights", "classifier", "log_loss", 17, classes=4, weighted=True, min_samples_leaf=10,
             rounds=15, max_depth=2),
    ],
    "sampled": [sampled("half of the rows", 0.5), sampled("a quarter of the rows", 0.25)],
}
target = pathlib.Path(__file__).with_name("gradient-boosting.json.gz")
target.write_bytes(gzip.compress(json.dumps(fixtures).encode(), 9, mtime=0))
print(target.stat().st_size, "bytes")
