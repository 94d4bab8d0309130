"""Boosted trees of another library, timed from a matrix in memory to a model.

    python3 boosting.py xgboost|scikit-learn|lightgbm THREADS

Parameters are those of the command. Where a library has no such parameter, the nearest is taken:
scikit-learn has no least hessian sum of a child, but a least number of rows, and a row's hessian is at most 1/4.
"""

import sys
import time

import numpy as np

from exchange import serve

LIBRARY, THREADS = sys.argv[1], int(sys.argv[2])


def is_leaf_wise(command):
    return command["policy"] == "leaf-wise"


def both(probabilities):
    """Of two classes the libraries tell the probability of the second only."""
    return np.column_stack([1.0 - probabilities, probabilities]) if probabilities.ndim == 1 else probabilities


def xgboost_fit():
    import xgboost

    def fit(problem, command):
        binary = problem.classes == 2
        size = int(command["size"])
        parameters = {
            "objective": "binary:logistic" if binary else "multi:softprob",
            "tree_method": "hist",
            "eta": float(command["learning_rate"]),
            "lambda": float(command["l2"]),
            "min_child_weight": float(command["min_child_weight"]),
            "max_bin": int(command["bins"]),
            "nthread": THREADS,
            "verbosity": 0,
        }
        if binary:
            parameters["base_score"] = float(problem.target.mean())
        else:
            parameters["num_class"] = problem.classes
        if is_leaf_wise(command):
            parameters |= {"grow_policy": "lossguide", "max_leaves": size, "max_depth": 0}
        else:
            parameters |= {"grow_policy": "depthwise", "max_depth": size}

        start = time.perf_counter()
        # Makes the bins at once, where a DMatrix makes them in the first round; the sum of both is the same or less.
        data = xgboost.QuantileDMatrix(problem.cells, problem.target, max_bin=int(command["bins"]), nthread=THREADS)
        binned = time.perf_counter()
        model = xgboost.train(parameters, data, int(command["rounds"]))
        end = time.perf_counter()
        return {"bin": binned - start, "train": end - binned}, both(model.predict(xgboost.DMatrix(problem.test_cells)).astype(np.float64))

    return f"XGBoost {xgboost.__version__}", fit


def scikit_learn_fit():
    import sklearn
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.ensemble._hist_gradient_boosting.binning import _BinMapper

    spent = []
    fit_transform = _BinMapper.fit_transform

    def timed(*arguments, **named):
        start = time.perf_counter()
        result = fit_transform(*arguments, **named)
        spent.append(time.perf_counter() - start)
        return result

    _BinMapper.fit_transform = timed

    def fit(problem, command):
        size = int(command["size"])
        least_rows = max(1, int(np.ceil(4 * float(command["min_child_weight"]))))
        learner = HistGradientBoostingClassifier(
            max_iter=int(command["rounds"]),
            learning_rate=float(command["learning_rate"]),
            max_bins=int(command["bins"]),
            l2_regularization=float(command["l2"]),
            min_samples_leaf=least_rows,
            max_leaf_nodes=size if is_leaf_wise(command) else None,
            max_depth=None if is_leaf_wise(command) else size,
            early_stopping=False,
        )
        spent.clear()
        start = time.perf_counter()
        learner.fit(problem.cells, problem.target)
        total = time.perf_counter() - start
        return {"bin": sum(spent), "train": total - sum(spent)}, learner.predict_proba(problem.test_cells)

    return f"scikit-learn {sklearn.__version__}", fit


def lightgbm_fit():
    import lightgbm

    def fit(problem, command):
        size = int(command["size"])
        parameters = {
            "objective": "binary" if problem.classes == 2 else "multiclass",
            "learning_rate": float(command["learning_rate"]),
            "max_bin": int(command["bins"]),
            "lambda_l2": float(command["l2"]),
            "min_sum_hessian_in_leaf": float(command["min_child_weight"]),
            "min_data_in_leaf": 0,
            "num_leaves": size if is_leaf_wise(command) else 1 << size,
            "max_depth": -1 if is_leaf_wise(command) else size,
            "num_threads": THREADS,
            "verbose": -1,
        }
        if problem.classes > 2:
            parameters["num_class"] = problem.classes
        start = time.perf_counter()
        data = lightgbm.Dataset(problem.cells, problem.target, params=parameters).construct()
        binned = time.perf_counter()
        model = lightgbm.train(parameters, data, int(command["rounds"]))
        end = time.perf_counter()
        return {"bin": binned - start, "train": end - binned}, both(model.predict(problem.test_cells, num_threads=THREADS))

    return f"LightGBM {lightgbm.__version__}", fit


serve(*{"xgboost": xgboost_fit, "scikit-learn": scikit_learn_fit, "lightgbm": lightgbm_fit}[LIBRARY]())
