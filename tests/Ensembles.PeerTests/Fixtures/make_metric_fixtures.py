#!/usr/bin/env python3
"""Writes metrics.json.gz: inputs rounded to a few digits, and what the metrics of scikit-learn 1.2.1 (Debian's python3-sklearn) say."""
import gzip
import json
import pathlib
import warnings

import numpy as np
import sklearn
from sklearn import metrics as m

warnings.simplefilter("error")
rng = np.random.default_rng(20240607)


def rounded(values, digits=6):
    return np.round(values, digits)


def binary(n, weighted, digits):
    """Few digits make ties."""
    y = (rng.random(n) < 0.3).astype(int)
    y[:2] = [0, 1]
    p = np.clip(rounded(rng.normal(0.35 + 0.25 * y, 0.25), digits), 0, 1)
    w = rounded(rng.gamma(1.0, 1.0, n), 4) if weighted else None
    if weighted:
        w[::7] = 0
    # The matrix form: only it is clipped to [eps, 1 - eps] on both sides. The columns are exact complements at these digits.
    both = np.column_stack([1 - p, p])
    return {
        "labels": y, "probabilities": p, "weights": w,
        "logLoss": m.log_loss(y, both, eps=1e-15, sample_weight=w),
        "brier": m.brier_score_loss(y, p, sample_weight=w),
        "areaUnderRoc": m.roc_auc_score(y, p, sample_weight=w),
        "averagePrecision": m.average_precision_score(y, p, sample_weight=w),
    }


def multiclass(n, k, weighted, digits):
    y = rng.integers(0, k, n)
    y[:k] = np.arange(k)
    raw = rng.gamma(0.7, 1.0, (n, k)) + 0.9 * np.eye(k)[y]
    p = rounded(raw / raw.sum(axis=1, keepdims=True), digits)
    # Rounding may leave a row a little off 1: its largest value takes that up.
    largest = p.argmax(axis=1)
    p[np.arange(n), largest] += 1 - p.sum(axis=1)
    p = rounded(p, digits)
    predictions = p.argmax(axis=1)
    w = rounded(rng.gamma(1.0, 1.0, n), 4) if weighted else None
    result = {
        "classCount": k, "labels": y, "probabilities": p.ravel(), "predictions": predictions, "weights": w,
        "logLoss": m.log_loss(y, p, eps=1e-15, sample_weight=w),
        "areaOneVsRest": m.roc_auc_score(y, p, multi_class="ovr", average="macro", sample_weight=w),
        "accuracy": m.accuracy_score(y, predictions, sample_weight=w),
        "balancedAccuracy": m.balanced_accuracy_score(y, predictions, sample_weight=w),
        "matthews": m.matthews_corrcoef(y, predictions, sample_weight=w),
        "confusion": m.confusion_matrix(y, predictions, sample_weight=w).ravel(),
        "precision": m.precision_score(y, predictions, average=None, sample_weight=w, zero_division=0),
        "recall": m.recall_score(y, predictions, average=None, sample_weight=w, zero_division=0),
        "f1": m.f1_score(y, predictions, average=None, sample_weight=w, zero_division=0),
        "macroF1": m.f1_score(y, predictions, average="macro", sample_weight=w, zero_division=0),
    }
    if not weighted:
        # scikit-learn has no weights here.
        result["areaOneVsOne"] = m.roc_auc_score(y, p, multi_class="ovo", average="macro")
    return result


def regression(n, weighted):
    # The weighted median of scikit-learn is the lower one, which differs from ours only where half of the weight falls exactly between
    # two rows; with random weights it does not.
    y = rounded(rng.poisson(3.0, n) + (rng.random(n) < 0.5) * rng.random(n), 4)
    prediction = rounded(np.maximum(0.05, y + rng.normal(0, 1.5, n)), 4)
    w = rounded(rng.gamma(1.0, 1.0, n) + 0.001, 4) if weighted else None
    return {
        "targets": y, "predictions": prediction, "weights": w,
        "meanSquaredError": m.mean_squared_error(y, prediction, sample_weight=w),
        "rootMeanSquaredError": m.mean_squared_error(y, prediction, sample_weight=w, squared=False),
        "meanAbsoluteError": m.mean_absolute_error(y, prediction, sample_weight=w),
        "medianAbsoluteError": m.median_absolute_error(y, prediction, sample_weight=w),
        "rSquared": m.r2_score(y, prediction, sample_weight=w),
        "pinball10": m.mean_pinball_loss(y, prediction, alpha=0.1, sample_weight=w),
        "pinball75": m.mean_pinball_loss(y, prediction, alpha=0.75, sample_weight=w),
        "poissonDeviance": m.mean_poisson_deviance(y, prediction, sample_weight=w),
    }


def plain(value):
    if isinstance(value, dict):
        return {key: plain(v) for key, v in value.items()}
    if isinstance(value, list):
        return [plain(v) for v in value]
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, np.generic):
        return value.item()
    return value


fixtures = {
    "scikitLearn": sklearn.__version__,
    "binary": [binary(n, weighted, digits) for n, digits in ((60, 6), (300, 1), (400, 2)) for weighted in (False, True)],
    "multiclass": [
        multiclass(n, k, weighted, digits) for n, k, digits in ((90, 3, 5), (250, 6, 2)) for weighted in (False, True)
    ],
    "regression": [regression(n, weighted) for n in (41, 300) for weighted in (False, True)],
}

text = json.dumps(plain(fixtures))
target = pathlib.Path(__file__).with_name("metrics.json.gz")
target.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
