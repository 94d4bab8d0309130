"""Writes the decision-tree fixtures: what scikit-learn 1.2.1 (Debian's python3-sklearn) grows and prunes.

    /usr/bin/python3 make_tree_fixtures.py

writes beside itself, always with the same bytes:

* `generated-trees.json.gz`: data generated here and trees on them that are free of ties, so any
  correct CART must grow the same tree. Free of ties means that a plain CART written from the
  definitions (plain_cart.py) grows the same tree and takes no decision by a relative margin under
  MARGIN; data that fail for a case are left for the next seed.
* `bundled-trees.json.gz`: trees on iris, wine, breast cancer, diabetes and digits (without the data),
  where ties are common and scikit-learn breaks them at random; to be compared node by node.

Values are float32, as scikit-learn casts to them, and no two distinct values of a column are closer than
1e-6 (scikit-learn takes values within 1e-7 for equal).

Cases keep clear of three faults of scikit-learn 1.2.1:
* `absolute_error` with sample weights loses track of the weighted median (its issues 10725 and 32099). Such
  cases are fitted on repeated rows instead, which is right, and row counts are then those of the plain CART.
* Pure nodes whose weights are not sums of powers of two get an impurity some 1e-16 above zero and are split on.
* Poisson's rule against children without a positive target is missed when a sum of such weights leaves a residue.
"""

import gzip
import hashlib
import itertools
import json
import pathlib

import numpy as np
import sklearn
from sklearn import datasets
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from plain_cart import Ambiguous, PlainCart, pruning_path

MARGIN = 1e-6
HERE = pathlib.Path(__file__).parent


# Data ---------------------------------------------------------------------------------------------------------

def _classes(signal, counts):
    """Cuts a signal into classes of exactly these sizes."""
    order, labels = np.argsort(signal, kind="stable"), np.empty(len(signal), dtype=int)
    for label, rows in enumerate(np.split(order, np.cumsum(counts)[:-1])):
        labels[rows] = label
    return labels


def two_classes(rng):
    # 64 and 128 rows: the balanced class weights, 1.5 and 0.75, are exact.
    X = rng.normal(size=(192, 5))
    return X, _classes(X @ [1.0, -0.7, 0.5, 0.2, 0.0] + X[:, 0] * X[:, 2] + rng.normal(size=192), [64, 128]), 2


def four_classes(rng):
    # 120, 60, 30 and 30 rows: balanced weights 0.5, 1, 2 and 2. Two decimals, so columns repeat values.
    X = np.round(rng.normal(size=(240, 6)) * 3, 2)
    return X, _classes(np.abs(X[:, 0]) + X[:, 1] + 0.5 * X[:, 2] + rng.normal(size=240), [120, 60, 30, 30]), 4


def one_feature_classes(rng):
    X = rng.uniform(-5, 5, size=(100, 1))
    return X, _classes(np.sin(2 * X[:, 0]) + rng.normal(size=100), [40, 35, 25]), 3


def continuous(rng):
    X = rng.uniform(0, 1, size=(160, 5))
    y = 4 * np.sin(np.pi * X[:, 0] * X[:, 1]) + 8 * (X[:, 2] - 0.5) ** 2 + 3 * X[:, 3] + rng.exponential(size=160)
    return X, np.round(y, 4), 0


def counts(rng):
    # Whole numbers with many zeros, wide columns with repeated values.
    X = np.round(rng.normal(size=(200, 4)) * 50, 0)
    return X, rng.poisson(np.exp(1 + X @ [0.008, -0.006, 0.004, 0.0])).astype(float), 0


def one_feature(rng):
    X = rng.normal(size=(90, 1))
    return X, np.round(np.exp(np.cos(3 * X[:, 0]) + 0.3 * rng.normal(size=90)), 4), 0


MAKERS = {f.__name__: f for f in (two_classes, four_classes, one_feature_classes, continuous, counts, one_feature)}


class Data:
    def __init__(self, maker, seed):
        self.name, self.maker, self.seed = f"{maker}-{seed}", maker, seed
        rng = np.random.default_rng([seed, sorted(MAKERS).index(maker)])
        X, self.y, self.classes = MAKERS[maker](rng)
        self.X, n = X.astype(np.float32), len(X)
        self.well_spaced = all(np.diff(np.unique(column)).min() >= 1e-6 for column in self.X.T.astype(float))
        self.weights = {
            "eighths": rng.integers(1, 17, n) / 8.0,
            "whole": rng.integers(0, 4, n).astype(float),  # a quarter of the rows weighs nothing
            "positive": np.round(rng.exponential(size=n) + 0.01, 6),
        }


# Cases --------------------------------------------------------------------------------------------------------

def classifier_cases(decrease, by_class):
    yield "stump", dict(max_depth=1), None
    yield "depth", dict(max_depth=4, min_samples_leaf=6), None
    yield "depth-weights", dict(max_depth=5, min_samples_split=8), "eighths"
    yield "leaf-fraction", dict(min_samples_leaf=0.051), None
    yield "leaf-fraction-zero-weights", dict(min_samples_leaf=0.06), "whole"
    yield "split-rows", dict(min_samples_split=50), None
    yield "split-fraction", dict(min_samples_split=0.21), "positive"
    yield "leaves", dict(max_leaf_nodes=7), None
    yield "leaves-weights", dict(max_leaf_nodes=12, min_samples_leaf=3), "eighths"
    yield "leaves-depth", dict(max_leaf_nodes=9, max_depth=4, min_samples_split=20), "positive"
    yield "decrease", dict(min_impurity_decrease=decrease), None
    yield "decrease-weights", dict(min_impurity_decrease=0.8 * decrease, min_samples_leaf=2), "eighths"
    yield "decrease-leaves", dict(min_impurity_decrease=0.9 * decrease, max_leaf_nodes=8), "positive"
    yield "leaf-weight", dict(min_weight_fraction_leaf=0.057), None
    yield "leaf-weight-weights", dict(min_weight_fraction_leaf=0.043), "eighths"
    yield "leaf-weight-leaves", dict(min_weight_fraction_leaf=0.031, max_leaf_nodes=10), "whole"
    yield "balanced", dict(class_weight="balanced", max_depth=4), "eighths"
    yield "balanced-rows", dict(class_weight="balanced", min_samples_leaf=8), None
    yield "balanced-zero-weights", dict(class_weight="balanced", max_leaf_nodes=8), "whole"
    yield "class-weights", dict(class_weight=by_class, max_depth=4, min_samples_leaf=4), None
    yield "class-weights-decrease", dict(class_weight=by_class, min_impurity_decrease=decrease), "eighths"
    yield "class-weights-leaf-weight", dict(class_weight=by_class, min_weight_fraction_leaf=0.052), "positive"


def regressor_cases(decrease):
    yield "stump", dict(max_depth=1), None
    yield "depth", dict(max_depth=4, min_samples_leaf=3), None
    yield "depth-weights", dict(max_depth=3), "whole"
    yield "leaf-fraction", dict(min_samples_leaf=0.043), None
    yield "split-rows", dict(min_samples_split=24), None
    yield "split-fraction", dict(min_samples_split=0.16), "eighths"
    yield "leaves", dict(max_leaf_nodes=9), None
    yield "leaves-weights", dict(max_leaf_nodes=14), "whole"
    yield "leaves-depth", dict(max_leaf_nodes=10, max_depth=4, min_samples_leaf=3), "eighths"
    yield "decrease", dict(min_impurity_decrease=decrease), None
    yield "decrease-weights", dict(min_impurity_decrease=decrease), "whole"
    yield "decrease-leaves", dict(min_impurity_decrease=decrease / 2, max_leaf_nodes=8), "eighths"
    yield "leaf-weight", dict(min_weight_fraction_leaf=0.057), None
    yield "leaf-weight-weights", dict(min_weight_fraction_leaf=0.061), "whole"
    yield "leaf-weight-leaves", dict(min_weight_fraction_leaf=0.043, max_leaf_nodes=8), "eighths"


def all_cases():
    """(data maker, criterion, case name, parameters, name of the weights)"""
    for criterion, decrease in (("gini", 0.0123), ("entropy", 0.0357)):
        for case in classifier_cases(decrease, {0: 2.5, 1: 0.75}):
            yield "two_classes", criterion, *case
        for case in classifier_cases(decrease, {0: 0.25, 1: 1.0, 2: 1.5, 3: 3.0}):
            yield "four_classes", criterion, *case
        # One feature and uneven weights: the trees can grow to pure leaves without a tie.
        yield "one_feature_classes", criterion, "full", {}, "eighths"
        yield "one_feature_classes", criterion, "full-uneven-weights", dict(min_samples_split=3), "positive"

    for criterion in ("squared_error", "friedman_mse", "absolute_error", "poisson"):
        # Friedman's improvement is not divided by the total weight.
        for maker, decrease in (("continuous", 0.05), ("counts", 0.15)):
            if maker == "counts" and criterion == "absolute_error":
                continue  # whole targets tie too often
            if criterion == "poisson":
                decrease = 0.015
            for name, parameters, weights in regressor_cases(decrease * 200 if criterion == "friedman_mse" else decrease):
                if criterion == "absolute_error" and weights and {"min_samples_leaf", "min_samples_split"} & set(parameters):
                    continue  # see fit_case
                yield maker, criterion, name, parameters, weights
        # Four rows can tie by their absolute errors whatever the targets.
        yield "one_feature", criterion, "full", dict(min_samples_leaf=4) if criterion == "absolute_error" else {}, None
        yield "one_feature", criterion, "full-weights", {}, "whole"
        yield "one_feature", criterion, "full-leaves", dict(max_leaf_nodes=25), "whole"


# Fitting and checking -----------------------------------------------------------------------------------------

def estimator(classes, criterion, parameters, **more):
    kind = DecisionTreeClassifier if classes else DecisionTreeRegressor
    return kind(criterion=criterion, **parameters, **more)


def tree_fields(model, rows=None, factor=1):
    tree = model.tree_
    return {
        "left": tree.children_left.tolist(),
        "right": tree.children_right.tolist(),
        "feature": tree.feature.tolist(),
        "threshold": tree.threshold.tolist(),
        "impurity": tree.impurity.tolist(),
        "rows": tree.n_node_samples.tolist() if rows is None else rows,
        "weight": (tree.weighted_n_node_samples / factor).tolist(),
        "value": tree.value.ravel().tolist(),  # node after node: one number, or one a class
        "importances": model.feature_importances_.tolist(),
    }


def rows_if_same(tree, root, factor):
    """The plain tree's row counts in the order of scikit-learn's nodes; None if the two trees differ."""
    rows, stack = [0] * tree.node_count, [(0, root)]
    while stack:
        i, node = stack.pop()
        rows[i] = len(node.rows)
        same = (
            (tree.children_left[i] == -1) == (node.left is None)
            and np.isclose(tree.weighted_n_node_samples[i] / factor, node.weight, rtol=1e-12)
            and np.isclose(tree.impurity[i], node.impurity, rtol=1e-9, atol=1e-12)
            and np.allclose(tree.value[i].ravel(), node.value, rtol=1e-10)
        )
        if not same:
            return None
        if node.left is not None:
            if tree.feature[i] != node.feature or tree.threshold[i] != node.threshold:
                return None
            stack += [(tree.children_left[i], node.left), (tree.children_right[i], node.right)]
    return rows


def fit_case(data, criterion, parameters, weights, margin=MARGIN):
    """The case's record, or None if these data leave something ambiguous."""
    w = data.weights[weights] if weights else None
    plain = PlainCart(criterion, data.classes, margin_floor=margin, **parameters)
    try:
        root = plain.fit(data.X, data.y, w)
    except Ambiguous:
        return None
    if root.left is None:
        return None

    X, y, fit_weights, factor = data.X, data.y, w, 1
    repeated = criterion == "absolute_error" and w is not None
    if repeated:
        # Repeated rows instead of weights; eighths become whole numbers, which no impurity notices.
        assert not {"min_samples_leaf", "min_samples_split"} & set(parameters), "these would count the repetitions"
        factor = {"eighths": 8, "whole": 1}[weights]
        X, y, fit_weights = np.repeat(X, (w * factor).astype(int), axis=0), np.repeat(y, (w * factor).astype(int)), None

    model = estimator(data.classes, criterion, parameters, random_state=0).fit(X, y, fit_weights)
    rows = rows_if_same(model.tree_, root, factor)
    if rows is None:
        # To be seen when the script runs: one of the faults named above, or news.
        print("unlike the plain CART:", data.name, criterion, parameters, weights)
        return None
    record = {"tree": tree_fields(model, rows, factor)}

    alphas, impurities, path_margin = pruning_path(root, plain.total)
    if path_margin > margin:
        path = estimator(data.classes, criterion, parameters, random_state=0).cost_complexity_pruning_path(X, y, fit_weights)
        # The alphas are small differences of impurities.
        assert np.allclose(path.ccp_alphas, alphas, rtol=1e-6, atol=1e-12), (path.ccp_alphas, alphas)
        assert np.allclose(path.impurities, impurities, rtol=1e-9, atol=1e-12)
        record["path"] = {"alphas": path.ccp_alphas.tolist(), "impurities": path.impurities.tolist()}
        if not repeated and len(alphas) > 4:
            k = len(alphas) // 2
            alpha = (alphas[k] + alphas[k + 1]) / 2
            pruned = estimator(data.classes, criterion, parameters, random_state=0, ccp_alpha=alpha).fit(X, y, fit_weights)
            record["pruned"] = {"alpha": alpha, "tree": tree_fields(pruned)}
    return record


def float32_text(values):
    """Shortest decimals that read back as the same float32."""
    return [float(str(v)) for v in values]


def find_data(maker, kept, fit):
    """The first data that `fit` accepts and its record; data that other cases use already come first."""
    shared = [data for data in kept.values() if data.maker == maker]
    used = {data.seed for data in shared}
    fresh = (Data(maker, seed) for seed in range(400) if seed not in used)
    for data in itertools.chain(shared, (data for data in fresh if data.well_spaced)):
        record = fit(data)
        if record is not None:
            return data, record
    raise RuntimeError("no data free of ties")


def generated():
    kept, cases = {}, []
    for maker, criterion, name, parameters, weights in all_cases():
        data, record = find_data(maker, kept, lambda data: fit_case(data, criterion, parameters, weights))
        kept[data.name] = data
        cases.append(describe(f"{maker}/{criterion}/{name}", data.name, criterion, parameters, weights, record))
    for data, criterion, record in zero_gain_cases():
        kept[data.name] = data
        cases.append(describe(f"zero-gain/{criterion}", data.name, criterion, {}, None, record))
    return {
        "sklearn": sklearn.__version__,
        "data": {
            data.name: {
                "classes": data.classes,
                "columns": [float32_text(column) for column in data.X.T],
                "target": data.y.tolist(),
                "weights": {name: w.tolist() for name, w in data.weights.items()},
            }
            for data in kept.values()
        },
        "cases": cases,
    }


def describe(name, data, criterion, parameters, weights, record):
    parameters = dict(parameters)
    class_weight = parameters.pop("class_weight", None)
    if class_weight == "balanced":
        parameters["balanced"] = True
    elif class_weight is not None:
        parameters["class_weights"] = list(class_weight.values())
    # A float is a fraction of the rows, a whole number a count: JSON must not blur the two.
    for limit in ("min_samples_leaf", "min_samples_split"):
        if isinstance(parameters.get(limit), float):
            parameters[limit + "_fraction"] = parameters.pop(limit)
    return {"name": name, "data": data, "criterion": criterion, "parameters": parameters, "weights": weights, **record}


def zero_gain_cases():
    """An impure node with a single admissible split that gains nothing is split all the same."""
    for criterion in ("gini", "entropy", "squared_error", "friedman_mse", "absolute_error", "poisson"):
        data = Data.__new__(Data)
        data.classes = 2 if criterion in ("gini", "entropy") else 0
        data.name, data.maker = "zero-gain-classes" if data.classes else "zero-gain-values", None
        data.X, data.weights = np.array([[0], [0], [1], [1]], dtype=np.float32), {}
        data.y = np.array([0, 1, 0, 1] if data.classes else [1.0, 2.0, 1.0, 2.0])
        record = fit_case(data, criterion, {}, None, margin=0.0)
        assert len(record["tree"]["left"]) == 3
        yield data, criterion, record


# Bundled sets -------------------------------------------------------------------------------------------------

BUNDLED = {
    "iris": datasets.load_iris,
    "wine": datasets.load_wine,
    "breast_cancer": datasets.load_breast_cancer,
    "diabetes": datasets.load_diabetes,
    "digits": datasets.load_digits,
}


def bundled_cases(classes):
    for criterion in ("gini", "entropy") if classes else ("squared_error", "friedman_mse", "absolute_error", "poisson"):
        yield criterion, {}, False
        yield criterion, dict(max_depth=4), False
        yield criterion, dict(min_samples_leaf=5), False
        yield criterion, dict(max_leaf_nodes=10, min_samples_split=8), False
        if criterion != "absolute_error":
            yield criterion, dict(max_depth=6, min_samples_leaf=3), True


def bundled():
    data, cases = {}, []
    for name, load in BUNDLED.items():
        loaded = load()
        X, y = np.ascontiguousarray(loaded.data, dtype=np.float32), loaded.target
        classes = len(loaded.target_names) if "target_names" in loaded else 0
        for column in X.T:
            distinct = np.unique(column)
            assert (distinct[1:] > distinct[:-1] + np.float32(1e-7)).all(), "scikit-learn would merge values"
        # So that both sides can tell that they speak of the same cells.
        data[name] = {"rows": len(X), "sha256": hashlib.sha256(X.astype("<f4").tobytes()).hexdigest(), "classes": classes}
        for criterion, parameters, weighted in bundled_cases(classes):
            # Weights that need no storing: 1, 2, 3, 1, 2, 3, ...
            w = 1.0 + np.arange(len(X)) % 3 if weighted else None
            model = estimator(classes, criterion, parameters, random_state=0).fit(X, y, w)
            record = {"tree": tree_fields(model)}
            path = estimator(classes, criterion, parameters, random_state=0).cost_complexity_pruning_path(X, y, w)
            record["path"] = {"alphas": path.ccp_alphas.tolist(), "impurities": path.impurities.tolist()}
            limits = "-".join(f"{k}={v}" for k, v in parameters.items()) or "full"
            full_name = f"{name}/{criterion}/{limits}" + ("-weights" if weighted else "")
            cases.append(describe(full_name, name, criterion, parameters, "1+i%3" if weighted else None, record))
    return {"sklearn": sklearn.__version__, "data": data, "cases": cases}


def write(name, content):
    text = json.dumps(content, separators=(",", ":"))
    (HERE / name).write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(name, len(text), (HERE / name).stat().st_size)


if __name__ == "__main__":
    write("generated-trees.json.gz", generated())
    write("bundled-trees.json.gz", bundled())
