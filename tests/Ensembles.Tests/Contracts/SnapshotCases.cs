using Ensembles.AdaBoost;
using Ensembles.Bagging;
using Ensembles.GradientBoosting;
using Ensembles.IsolationForests;
using Ensembles.LinearBoosting;
using Ensembles.NewtonBoosting;
using Ensembles.RandomForests;

namespace Ensembles.Tests.Contracts;

/// <summary>Which learners write snapshots.</summary>
internal static class SnapshotCases
{
    public static bool WritesSnapshots(LearnerCase learner) => learner.Learner is AdaBoostClassifier or AdaBoostRegressor
        or BaggingClassifier or BaggingRegressor
        or ForestClassifier or ForestRegressor or IsolationForest
        or GradientBoostingClassifier or GradientBoostingRegressor
        or NewtonBoostingClassifier or NewtonBoostingRegressor
        or LinearBoostingClassifier or LinearBoostingRegressor;
}
