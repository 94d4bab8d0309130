#!/usr/bin/env python3
"""Writes evaluation.json.gz: inputs rounded to a few digits, and what the evaluation of scikit-learn 1.2.1 (Debian's python3-sklearn) and
the distributions of SciPy 1.10.1 (python3-scipy) say."""
import gzip
import json
import pathlib
import warnings

import numpy as np
import scipy
import sklearn
from scipy import stats
from sklearn import metrics as m
from sklearn.calibration import _SigmoidCalibration, calibration_curve
from sklearn.isotonic import IsotonicRegression
from sklearn.model_selection import GroupKFold, KFold, TimeSeriesSplit, cross_validate, learning_curve, validation_curve
from sklearn.tree import DecisionTreeRegressor

warnings.simplefilter("error")
rng = np.random.default_rng(20250117)


def weights_of(n, weighted, zeros=True):
    if not weighted:
        return None
    w = np.round(rng.gamma(1.0, 1.0, n) + 0.01, 3)
    if zeros:
        w[::7] = 0
    return w


def curve(n, digits, weighted):
    """Few digits make ties."""
    y = (rng.random(n) < 0.4).astype(int)
    y[1:3] = [0, 1]
    p = np.clip(np.round(rng.normal(0.35 + 0.25 * y, 0.2), digits), 0, 1)
    w = weights_of(n, weighted)
    result = {"labels": y, "probabilities": p, "weights": w}
    for drop in (True, False):
        fpr, tpr, thresholds = m.roc_curve(y, p, sample_weight=w, drop_intermediate=drop)
        # The first threshold, above all scores, is the highest score plus 1 in this version, and infinite in later ones.
        result["rocThinned" if drop else "roc"] = np.column_stack([fpr, tpr, thresholds])[1:]
    precision, recall, thresholds = m.precision_recall_curve(y, p, sample_weight=w)
    result["precisionRecall"] = np.column_stack([precision[:-1], recall[:-1], thresholds])
    if not weighted:
        # scikit-learn has no weights here.
        result["calibration"] = [
            {"bins": bins, "strategy": strategy, "points": np.column_stack(calibration_curve(y, p, n_bins=bins, strategy=strategy))}
            for bins in (4, 10) for strategy in ("uniform", "quantile")
        ]
    return result


def report(n, k, weighted):
    y = rng.integers(0, k, n)
    y[:k] = np.arange(k)
    predictions = np.where(rng.random(n) < 0.6, y, rng.integers(0, k, n))
    w = weights_of(n, weighted)
    scores = m.classification_report(y, predictions, sample_weight=w, output_dict=True, zero_division=0)
    line = lambda s: [s["precision"], s["recall"], s["f1-score"], s["support"]]
    return {
        "classCount": k, "labels": y, "predictions": predictions, "weights": w,
        "classes": [line(scores[str(c)]) for c in range(k)], "accuracy": scores["accuracy"],
        "macro": line(scores["macro avg"]), "weighted": line(scores["weighted avg"]),
    }


def isotonic(n, digits, weighted):
    x = np.round(rng.random(n), digits)
    y = np.round((rng.random(n) < x).astype(float) + rng.normal(0, 0.1, n), 3)
    w = weights_of(n, weighted)
    function = IsotonicRegression(out_of_bounds="clip").fit(x, y, sample_weight=w)
    probes = np.round(np.linspace(-0.1, 1.1, 61), 4)
    return {"x": x, "y": y, "weights": w, "probes": probes, "values": function.predict(probes)}


def sigmoid(n, shift, weighted):
    s = np.round(rng.normal(shift, 2.0, n), 3)
    y = (rng.random(n) < 1 / (1 + np.exp(-(0.7 * s - 0.4)))).astype(int)
    y[:2] = [0, 1]
    w = weights_of(n, weighted)
    fitted = _SigmoidCalibration().fit(s, y, sample_weight=w)
    return {"labels": y, "scores": s, "weights": w, "slope": -fitted.a_, "intercept": -fitted.b_}


def paired(n, effect, digits):
    a = np.round(rng.normal(0.8, 0.05, n), digits)
    b = np.round(a - rng.normal(effect, 0.03, n), digits)
    t = stats.ttest_rel(a, b)
    interval = t.confidence_interval(0.9) if hasattr(t, "confidence_interval") else stats.t.interval(
        0.9, n - 1, loc=(a - b).mean(), scale=stats.sem(a - b))
    ratio = 0.25
    d = a - b
    corrected = d.mean() / np.sqrt(d.var(ddof=1) * (1 / n + ratio))
    result = {
        "first": a, "second": b,
        "t": [t.statistic, t.pvalue, interval[0], interval[1]],
        "ratio": ratio, "correctedT": [corrected, 2 * stats.t.sf(abs(corrected), n - 1)],
    }
    # In units of the last digit, so that equal differences are equal, and ranks as well.
    d = np.round((a - b) * 10 ** digits)
    # SciPy's exact distribution knows no ties and no zeros; ours has both.
    exact = n <= 50
    if not exact or (len(np.unique(np.abs(d))) == n and not (d == 0).any()):
        w = stats.wilcoxon(d, method="exact" if exact else "approx")
        result["scale"] = 10 ** digits
        result["wilcoxon"] = [w.statistic, w.pvalue]
    if n == 10:
        pairs = (a - b).reshape(5, 2)
        variances = ((pairs - pairs.mean(axis=1, keepdims=True)) ** 2).sum(axis=1)
        t5 = pairs[0, 0] / np.sqrt(variances.mean())
        f = (pairs ** 2).sum() / (2 * variances.sum())
        result["fiveByTwoT"] = [t5, 2 * stats.t.sf(abs(t5), 5)]
        result["fiveByTwoF"] = [f, stats.f.sf(f, 10, 5)]
    return result


def mcnemar(n, first, second):
    y = rng.integers(0, 3, n)
    a = np.where(rng.random(n) < first, y, (y + 1) % 3)
    b = np.where(rng.random(n) < second, y, (y + 1) % 3)
    only_a = int(((a == y) & (b != y)).sum())
    only_b = int(((a != y) & (b == y)).sum())
    if only_a + only_b < 25:
        expected = [min(only_a, only_b), stats.binomtest(only_a, only_a + only_b, 0.5).pvalue]
    else:
        chi2 = (abs(only_a - only_b) - 1) ** 2 / (only_a + only_b)
        expected = [chi2, stats.chi2.sf(chi2, 1)]
    return {"labels": y, "first": a, "second": b, "expected": expected}


def folds():
    rows = np.zeros((47, 1))
    groups = rng.integers(0, 9, 47)
    return {
        "groups": groups,
        "groupSizes": sorted(len(test) for _, test in GroupKFold(4).split(rows, groups=groups)),
        "blocks": [test for _, test in KFold(5).split(rows)],
        "time": [
            {"count": count, "testRows": size, "gap": gap, "maxTrainRows": most,
             "folds": [[train, test] for train, test in
                       TimeSeriesSplit(count, test_size=size, gap=gap, max_train_size=most).split(rows)]}
            for count, size, gap, most in ((5, None, 0, None), (3, 4, 2, None), (4, None, 1, 10))
        ],
    }


def trees():
    """By the folds of neighbouring rows; leaves of five rows, for in smaller nodes several features part the rows alike."""
    x = np.round(rng.random((240, 3)), 4)
    y = np.round(3 * x[:, 0] + np.sin(7 * x[:, 1]) + rng.normal(0, 0.2, 240), 4)
    tree = DecisionTreeRegressor(max_depth=4, min_samples_leaf=5, random_state=0)
    cv = KFold(6)
    scores = cross_validate(tree, x, y, cv=cv, scoring=("neg_mean_squared_error", "r2"), return_train_score=True)
    depths = [1, 2, 3, 6]
    training, test = validation_curve(tree, x, y, param_name="max_depth", param_range=depths, cv=cv, scoring="neg_mean_squared_error")
    sizes, learned, _ = learning_curve(tree, x, y, cv=cv, train_sizes=[0.1, 0.33, 0.55, 1.0])
    return {
        "x": x, "y": y, "mse": -scores["test_neg_mean_squared_error"], "r2": scores["test_r2"],
        "trainingMse": -scores["train_neg_mean_squared_error"], "depths": depths, "curveTraining": -training, "curveTest": -test,
        "learningSizes": sizes, "learningShape": list(learned.shape),
    }


def plain(value):
    if isinstance(value, dict):
        return {key: plain(v) for key, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, np.generic):
        return value.item()
    return value


fixtures = {
    "scikitLearn": sklearn.__version__,
    "sciPy": scipy.__version__,
    "curves": [curve(n, digits, weighted) for n, digits in ((50, 5), (200, 2), (300, 1)) for weighted in (False, True)],
    "reports": [report(n, k, weighted) for n, k in ((40, 2), (300, 5)) for weighted in (False, True)],
    "isotonic": [isotonic(n, digits, weighted) for n, digits in ((30, 3), (200, 2), (300, 4)) for weighted in (False, True)],
    "sigmoid": [sigmoid(n, shift, weighted) for n, shift in ((40, 0.0), (500, 3.0)) for weighted in (False, True)],
    "paired": [paired(n, effect, digits) for n, effect, digits in ((10, 0.02, 9), (10, 0.0, 9), (30, 0.01, 9), (49, 0.005, 9), (120, 0.004, 2))],
    "mcNemar": [mcnemar(*case) for case in ((30, 0.9, 0.7), (60, 0.85, 0.8), (400, 0.8, 0.7), (900, 0.8, 0.81))],
    "folds": folds(),
    "trees": trees(),
}

text = json.dumps(plain(fixtures))
target = pathlib.Path(__file__).with_name("evaluation.json.gz")
target.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
