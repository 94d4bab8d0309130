"""Grows scikit-learn's forests on the splits of a job file and writes what they reach.

    python3 forest_quality.py JOBS.csv RESULTS.csv

Each forest is grown twice, with two seeds: the second shows how far two runs of the same forest lie apart.
The program Ensembles.Peers writes the job file and calls this script.
"""

import csv
import sys
import warnings

import numpy as np
from sklearn.ensemble import ExtraTreesClassifier, ExtraTreesRegressor, RandomForestClassifier, RandomForestRegressor

FORESTS = {
    ("classification", "random-forest"): RandomForestClassifier,
    ("classification", "extra-trees"): ExtraTreesClassifier,
    ("regression", "random-forest"): RandomForestRegressor,
    ("regression", "extra-trees"): ExtraTreesRegressor,
}


def read_part(job, part):
    rows, columns = int(job[part + "_rows"]), int(job["columns"])
    cells = np.fromfile(f"{job['folder']}/{part}.features").reshape((rows, columns), order="F")
    target = np.fromfile(f"{job['folder']}/{part}.target")
    return cells, target.astype(int) if job["task"] == "classification" else target


def learner(job, seed):
    bootstrap = job["bootstrap"] == "1"
    parameters = {} if job["parameters"] == "defaults" else {
        "n_estimators": int(job["trees"]),
        "max_features": float(job["max_features"]) if job["max_features"][0].isdigit() else job["max_features"],
        "bootstrap": bootstrap,
    }
    return FORESTS[job["task"], job["forest"]](random_state=seed, oob_score=bootstrap, **parameters)


def classification_error(probabilities, labels):
    covered = ~np.isnan(probabilities[:, 0]) & (probabilities.sum(axis=1) > 0)
    return np.mean(np.argmax(probabilities[covered], axis=1) != labels[covered])


def measure(job, seed):
    cells, target = read_part(job, "train")
    test_cells, test_target = read_part(job, "test")
    forest = learner(job, seed).fit(cells, target)
    out_of_bag = ""
    if job["task"] == "regression":
        test = np.sqrt(np.mean((forest.predict(test_cells) - test_target) ** 2))
        if hasattr(forest, "oob_prediction_"):
            out_of_bag = np.sqrt(np.mean((forest.oob_prediction_ - target) ** 2))
        return test, out_of_bag, ""
    probabilities = forest.predict_proba(test_cells)
    if hasattr(forest, "oob_decision_function_"):
        out_of_bag = classification_error(forest.oob_decision_function_, target)
    brier = np.mean(np.sum((probabilities - np.eye(int(job["classes"]))[test_target]) ** 2, axis=1))
    return classification_error(probabilities, test_target), out_of_bag, brier


def main(job_file, result_file):
    warnings.filterwarnings("ignore", message="Some inputs do not have OOB scores")
    with open(job_file, newline="") as source, open(result_file, "w", newline="") as destination:
        results = csv.writer(destination, lineterminator="\n")
        results.writerow(["set", "forest", "parameters", "library", "seed", "test_error", "oob_error", "test_brier"])
        for job in csv.DictReader(source):
            seed = int(job["seed"])
            for library, forest_seed in (("scikit-learn", seed), ("scikit-learn again", 100000 + seed)):
                values = [f"{v:.9g}" if v != "" else "" for v in measure(job, forest_seed)]
                results.writerow([job["set"], job["forest"], job["parameters"], library, seed, *values])
            print(f"scikit-learn: {job['set']}, {job['forest']}, {job['parameters']}, split {seed}", flush=True)


main(*sys.argv[1:])
