"""Trees and ensembles of another library on the rows of a problem, for their test errors.

    python3 quality.py scikit-learn|xgboost THREADS

Each library gets the cells as its users give them. HistGradientBoosting takes categories by their codes and missing
numbers as they are. XGBoost takes categories as columns of zeros and ones (one a level) and missing numbers as they are.
The other learners of scikit-learn take no missing numbers: these have the median of their column, and a missing category
is a level.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "speed"))

from exchange import serve  # noqa: E402

LIBRARY, THREADS = sys.argv[1], int(sys.argv[2])

# As many levels as a column of ours has bins; rarer ones are zeros in all columns, or one code.
MOST_LEVELS = 254


def common_levels(column):
    """The levels of the training rows, the commonest first."""
    levels, counts = np.unique(column[~np.isnan(column)], return_counts=True)
    return levels[np.argsort(-counts, kind="stable")][:MOST_LEVELS]


def one_hot(train, test, missing_is_level):
    levels = sorted(common_levels(train))
    marks = [(train == level, test == level) for level in levels]
    if missing_is_level and np.isnan(train).any():
        marks.append((np.isnan(train), np.isnan(test)))
    if len(marks) == 2:
        marks = marks[1:]
    return marks


def codes(train, test):
    """0, 1, 2 … for the levels, one more for rare ones; what training did not have is missing."""
    levels = common_levels(train)
    known = {level: code for code, level in enumerate(sorted(levels))}
    rare = {level: len(known) for level in np.unique(train[~np.isnan(train)]) if level not in known}

    def coded(column):
        return np.array([known.get(cell, rare.get(cell, np.nan)) for cell in column])

    return coded(train), coded(test)


def encode(problem, levels, form):
    """The cells of the training and of the test rows, kept with the problem."""
    kept = problem.__dict__.setdefault("encoded", {})
    if form not in kept:
        train, test = [], []
        for c, count in enumerate(levels):
            a, b = problem.cells[:, c], problem.test_cells[:, c]
            if count > 0 and form == "codes":
                pairs = [codes(a, b)]
            elif count > 0:
                pairs = one_hot(a, b, missing_is_level=form == "imputed")
            elif form == "imputed":
                median = np.nanmedian(a) if not np.isnan(a).all() else 0.0
                pairs = [tuple(np.where(np.isnan(part), median, part) for part in (a, b))]
            else:
                pairs = [(a, b)]
            train.extend(pair[0] for pair in pairs)
            test.extend(pair[1] for pair in pairs)
        kept[form] = tuple(np.ascontiguousarray(np.column_stack(part), dtype=np.float32) for part in (train, test))
    return kept[form]


def value(text):
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            pass
    return text


def settings(command):
    """The parameters of the learner and those of its trees."""
    own, tree = {}, {}
    for name, text in command.items():
        if name.startswith("set.tree."):
            tree[name[len("set.tree."):]] = value(text)
        elif name.startswith("set."):
            own[name[len("set."):]] = value(text)
    return own, tree


def scikit_learn_learner(name, classes, seed, levels, own, tree):
    import sklearn.ensemble
    import sklearn.tree

    kind = "Classifier" if classes else "Regressor"
    module = sklearn.tree if name == "DecisionTree" else sklearn.ensemble
    parameters = {"random_state": seed, **own}
    if name == "Bagging":
        parameters["estimator"] = getattr(sklearn.tree, "DecisionTree" + kind)(**tree)
    elif name == "AdaBoost":
        usual = {"max_depth": 1 if classes else 3}
        parameters["estimator"] = getattr(sklearn.tree, "DecisionTree" + kind)(**{**usual, **tree})
        if classes:
            parameters["algorithm"] = "SAMME"
    elif name == "HistGradientBoosting" and any(levels):
        parameters["categorical_features"] = [count > 0 for count in levels]
    return getattr(module, name + kind)(**parameters)


def xgboost_learner(name, classes, seed, levels, own, tree):
    import xgboost

    parameters = {"tree_method": "hist", "n_jobs": THREADS, "random_state": seed, **own}
    return getattr(xgboost, name + ("Classifier" if classes else "Regressor"))(**parameters)


def main():
    if LIBRARY == "xgboost":
        import xgboost

        version, make = f"XGBoost {xgboost.__version__}", xgboost_learner
    else:
        import sklearn

        version, make = f"scikit-learn {sklearn.__version__}", scikit_learn_learner

    def fit(problem, command):
        levels = [int(count) for count in command["levels"].split(",")]
        form = {"XGB": "one-hot", "HistGradientBoosting": "codes"}.get(command["learner"], "imputed")
        train, test = encode(problem, levels, form)
        own, tree = settings(command)
        learner = make(command["learner"], problem.classes, int(command["seed"]), levels, own, tree)
        if not problem.classes:
            learner.fit(train, problem.target)
            return {}, learner.predict(test)

        # Classes that no training row has get no probability.
        present, target = np.unique(problem.target, return_inverse=True)
        learner.fit(train, target)
        probabilities = np.zeros((len(test), problem.classes))
        found = learner.predict_proba(test).astype(np.float64)
        probabilities[:, present] = found / found.sum(axis=1, keepdims=True)
        return {}, probabilities

    serve(version, fit)


main()
