"""A slow and plain CART, written from the definitions, to check the fixtures with.

It grows the tree that scikit-learn 1.2.1 documents, but by another road: every candidate split is
scored by the impurities of its two children, each computed from its rows (a mask per candidate, no
running sums). Beside the tree it returns the smallest relative margin by which any decision was
taken: best split against second best, best frontier node against second best, improvement against
`min_impurity_decrease`, a child's weight against its minimum. A tree with a margin far above the
rounding error is the same in every correct implementation, whatever its order of evaluation; one
with a smaller margin is ambiguous and not fit for a test of equality.
"""

import math

import numpy as np

EPSILON = np.finfo(np.float64).eps


class Ambiguous(Exception):
    """A decision was taken by a margin too small to be the same everywhere."""


class Node:
    def __init__(self, rows, depth, impurity, value, weight):
        self.rows, self.depth, self.impurity, self.value, self.weight = rows, depth, impurity, value, weight
        self.feature, self.threshold, self.left, self.right, self.improvement = -2, -2.0, None, None, 0.0


# Impurities. Each takes masks (m x n, one row of booleans per candidate child), targets and weights.

def _proportions(masks, y, w, classes):
    totals = np.stack([(masks * np.where(y == k, w, 0.0)).sum(axis=1) for k in range(classes)], axis=1)
    return totals / totals.sum(axis=1, keepdims=True)


def gini(masks, y, w, classes):
    return 1.0 - (_proportions(masks, y, w, classes) ** 2).sum(axis=1)


def entropy(masks, y, w, classes):
    p = _proportions(masks, y, w, classes)
    return -(p * np.log2(np.where(p > 0, p, 1.0))).sum(axis=1)


def means(masks, y, w):
    return (masks * (w * y)).sum(axis=1) / (masks * w).sum(axis=1)


def squared_error(masks, y, w, _):
    deviation = y[None, :] - means(masks, y, w)[:, None]
    return (masks * w * deviation**2).sum(axis=1) / (masks * w).sum(axis=1)


def medians(masks, y, w):
    """The weighted median: the smallest y with at least half the weight at or below it; where that is
    exactly half, the mean of it and the next larger y."""
    order = np.argsort(y, kind="stable")
    sorted_y, inside = y[order], masks[:, order]
    cumulated = np.cumsum(inside * w[order], axis=1)
    half = cumulated[:, -1:] / 2.0
    result = np.empty(len(masks))
    for i in range(len(masks)):
        k = np.flatnonzero(inside[i] & (cumulated[i] >= half[i]))[0]
        result[i] = sorted_y[k]
        if cumulated[i, k] == half[i, 0]:
            after = np.flatnonzero(inside[i, k + 1:])[0] + k + 1
            result[i] = (sorted_y[k] + sorted_y[after]) / 2.0
    return result


def absolute_error(masks, y, w, _):
    deviation = np.abs(y[None, :] - medians(masks, y, w)[:, None])
    return (masks * w * deviation).sum(axis=1) / (masks * w).sum(axis=1)


def poisson(masks, y, w, _):
    """The mean of y ln(y / mean), half the mean deviance."""
    mean = means(masks, y, w)
    ratio = np.where(y[None, :] > 0, y[None, :] / np.where(mean > 0, mean, 1.0)[:, None], 1.0)
    loss = (masks * w * y * np.log(ratio)).sum(axis=1) / (masks * w).sum(axis=1)
    return np.where(mean > 0, loss, np.inf)


IMPURITIES = {
    "gini": gini,
    "entropy": entropy,
    "squared_error": squared_error,
    "friedman_mse": squared_error,
    "absolute_error": absolute_error,
    "poisson": poisson,
}


class PlainCart:
    """Parameters are those of scikit-learn's estimators; `classes` is 0 for a regression."""

    def __init__(self, criterion, classes=0, max_depth=None, min_samples_split=2, min_samples_leaf=1,
                 min_weight_fraction_leaf=0.0, max_leaf_nodes=None, min_impurity_decrease=0.0,
                 class_weight=None, margin_floor=0.0):
        self.criterion, self.classes, self.class_weight = criterion, classes, class_weight
        self.max_depth = math.inf if max_depth is None else max_depth
        self.min_samples_split, self.min_samples_leaf = min_samples_split, min_samples_leaf
        self.min_weight_fraction_leaf, self.max_leaf_nodes = min_weight_fraction_leaf, max_leaf_nodes
        self.min_impurity_decrease = min_impurity_decrease
        self.margin, self.margin_floor = math.inf, margin_floor

    def fit(self, X, y, sample_weight=None):
        n = len(y)
        self.y = np.asarray(y) if self.classes else np.asarray(y, dtype=np.float64)
        self.X = X.astype(np.float32)
        self.w = np.ones(n) if sample_weight is None else np.asarray(sample_weight, dtype=np.float64)
        if self.class_weight == "balanced":
            # Counts rows, not weights.
            self.w = self.w * (n / (self.classes * np.bincount(self.y, minlength=self.classes)))[self.y]
        elif self.class_weight is not None:
            self.w = self.w * np.array([self.class_weight[k] for k in range(self.classes)])[self.y]

        leaf, split = self.min_samples_leaf, self.min_samples_split
        self.leaf_rows = leaf if isinstance(leaf, int) else math.ceil(leaf * n)
        self.split_rows = split if isinstance(split, int) else max(2, math.ceil(split * n))
        self.leaf_weight = self.min_weight_fraction_leaf * self.w.sum()
        self.total = self.w.sum()
        root = self._node(np.flatnonzero(self.w != 0), 0)
        if self.max_leaf_nodes is None:
            self._grow_depth_first(root)
        else:
            self._grow_best_first(root)
        return root

    def _node(self, rows, depth):
        mask, y, w = np.ones((1, len(rows)), dtype=bool), self.y[rows], self.w[rows]
        impurity = IMPURITIES[self.criterion](mask, y, w, self.classes)[0]
        if self.classes:
            value = np.array([w[y == k].sum() for k in range(self.classes)])
        elif self.criterion == "absolute_error":
            value = medians(mask, y, w)
        else:
            value = means(mask, y, w)
        return Node(rows, depth, impurity, value, w.sum())

    def _note(self, a, b):
        """Notes how clearly a differs from b."""
        scale = max(abs(a), abs(b))
        if scale > 0 and not math.isinf(scale):
            self.margin = min(self.margin, abs(a - b) / scale)
        elif scale == 0:
            self.margin = 0.0
        if self.margin < self.margin_floor:
            raise Ambiguous

    def candidates(self, node):
        """Every admissible split of a node: (score, improvement, feature, threshold, mask of the left rows)."""
        rows, found = node.rows, []
        y, w = self.y[rows], self.w[rows]
        for feature in range(self.X.shape[1]):
            x = self.X[rows, feature].astype(np.float64)
            distinct = np.unique(x)
            if len(distinct) < 2:
                continue
            masks = x[None, :] <= distinct[:-1, None]
            counts, weights = masks.sum(axis=1), (masks * w).sum(axis=1)
            for weight in weights if self.leaf_weight > 0 else ():
                self._note(weight, self.leaf_weight)
                self._note(node.weight - weight, self.leaf_weight)
            keep = (
                (counts >= self.leaf_rows) & (len(rows) - counts >= self.leaf_rows)
                & (weights >= self.leaf_weight) & (node.weight - weights >= self.leaf_weight)
            )
            if self.criterion == "poisson":
                sums = (masks * (w * y)).sum(axis=1)
                keep &= (sums > EPSILON) & ((w * y).sum() - sums > EPSILON)
            masks, weights = masks[keep], weights[keep]
            if len(masks) == 0:
                continue
            impurity = IMPURITIES[self.criterion]
            left, right = impurity(masks, y, w, self.classes), impurity(~masks, y, w, self.classes)
            right_weights = (~masks * w).sum(axis=1)
            decrease = node.impurity - weights / node.weight * left - right_weights / node.weight * right
            if self.criterion == "friedman_mse":
                difference = means(masks, y, w) - means(~masks, y, w)
                score = improvement = weights * right_weights / node.weight * difference**2
            else:
                score, improvement = decrease, decrease * node.weight / self.total
            thresholds = (distinct[:-1] / 2.0 + distinct[1:] / 2.0)[keep]
            found += [(score[i], improvement[i], feature, thresholds[i], masks[i]) for i in range(len(masks))]
        return found

    def _split(self, node):
        """Finds the best split; returns whether the node may be split."""
        if (
            node.depth >= self.max_depth or len(node.rows) < self.split_rows
            or len(node.rows) < 2 * self.leaf_rows
            or node.impurity <= EPSILON
        ):
            return False
        if self.leaf_weight > 0:
            self._note(node.weight, 2 * self.leaf_weight)
            if node.weight < 2 * self.leaf_weight:
                return False
        found = self.candidates(node)
        if not found:
            return False
        found.sort(key=lambda c: -c[0])
        _, improvement, feature, threshold, mask = found[0]
        if self.min_impurity_decrease > 0:
            self._note(improvement, self.min_impurity_decrease)
        if improvement + EPSILON < self.min_impurity_decrease:
            return False
        node.improvement, node.split = improvement, (feature, threshold, mask)
        node.scores = [candidate[0] for candidate in found[:2]]
        return True

    def _divide(self, node):
        # A tie matters in a node that is split, not in one that stays a leaf.
        if len(node.scores) > 1:
            self._note(*node.scores)
        node.feature, node.threshold, mask = node.split
        node.left = self._node(node.rows[mask], node.depth + 1)
        node.right = self._node(node.rows[~mask], node.depth + 1)
        return node.left, node.right

    def _grow_depth_first(self, node):
        if self._split(node):
            for child in self._divide(node):
                self._grow_depth_first(child)

    def _grow_best_first(self, root):
        frontier, leaves = [root] if self._split(root) else [], 1
        while frontier and leaves < self.max_leaf_nodes:
            frontier.sort(key=lambda node: -node.improvement)
            if len(frontier) > 1:
                self._note(frontier[0].improvement, frontier[1].improvement)
            for child in self._divide(frontier.pop(0)):
                if self._split(child):
                    frontier.append(child)
            leaves += 1


def pruning_path(root, total):
    """Weakest links (Breiman et al. 1984, chapter 3): (alphas, impurities, margin); root is not changed."""
    pruned = set()

    def measure(node):
        risk = node.weight * node.impurity / total
        if node.left is None or node in pruned:
            return risk, 1, []
        left, right = measure(node.left), measure(node.right)
        branch, leaves = left[0] + right[0], left[1] + right[1]
        return branch, leaves, left[2] + right[2] + [((risk - branch) / (leaves - 1), node)]

    risk, _, links = measure(root)
    alphas, impurities, margin = [0.0], [risk], math.inf
    while links:
        links.sort(key=lambda link: link[0])
        if len(links) > 1:
            a, b = links[0][0], links[1][0]
            margin = min(margin, abs(b - a) / max(abs(a), abs(b), 1e-300))
        alpha, node = links[0]
        pruned.add(node)
        risk, _, links = measure(root)
        alphas.append(alpha)
        impurities.append(risk)
    return alphas, impurities, margin
