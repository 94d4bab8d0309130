#!/usr/bin/env python3
"""Writes isolation.json.gz: clusters with generated outliers, and how IsolationForest of scikit-learn 1.2.1 (Debian's python3-sklearn) scores
them over several seeds."""
import gzip
import json
import pathlib

import numpy as np
import sklearn
from sklearn.ensemble import IsolationForest
from sklearn.metrics import roc_auc_score

SEEDS = 30


def rows(rng, inliers, outliers, features):
    """Two correlated clusters, and outliers even over the box around them."""
    mixing = rng.normal(size=(features, features)) / np.sqrt(features)
    clusters = rng.normal(size=(inliers, features)) @ mixing
    clusters[: inliers // 3] += 4
    low, high = clusters.min(axis=0), clusters.max(axis=0)
    strays = low + rng.random((outliers, features)) * (high - low)
    x = np.round(np.vstack([clusters, strays]), 4)
    return x, np.r_[np.zeros(inliers, int), np.ones(outliers, int)]


def case(seed, inliers, outliers, features, trees, sample_size, max_features, contamination):
    x, y = rows(np.random.default_rng(seed), inliers, outliers, features)
    scores, areas, thresholds, flagged = [], [], [], []
    for s in range(SEEDS):
        forest = IsolationForest(
            n_estimators=trees, max_samples=sample_size, max_features=max_features, contamination=contamination, random_state=s)
        flagged.append(int((forest.fit_predict(x) < 0).sum()))
        scores.append(-forest.score_samples(x))
        areas.append(roc_auc_score(y, scores[-1]))
        thresholds.append(-forest.offset_)
    return {
        "features": features, "cells": x.ravel().tolist(), "labels": y.tolist(), "trees": trees, "sampleSize": sample_size,
        "maxFeatures": max_features, "contamination": None if contamination == "auto" else contamination,
        "meanScores": np.round(np.mean(scores, axis=0), 6).tolist(), "areas": areas, "thresholds": thresholds, "flagged": flagged,
    }


fixtures = {
    "scikitLearn": sklearn.__version__,
    "cases": [
        case(1, 380, 20, 4, 100, 256, 4, "auto"),
        case(2, 380, 20, 8, 50, 64, 3, 0.05),
        case(3, 190, 10, 2, 100, 200, 2, 0.1),
    ],
}
target = pathlib.Path(__file__).with_name("isolation.json.gz")
target.write_bytes(gzip.compress(json.dumps(fixtures).encode(), 9, mtime=0))
