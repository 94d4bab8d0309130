using Ensembles.Bagging;
using Ensembles.Calibration;
using Ensembles.Data;
using Ensembles.IsolationForests;
using Ensembles.Learners;
using Ensembles.LinearBoosting;
using Ensembles.MetaEnsembles;
using Ensembles.RandomForests;
using Ensembles.Trees;

namespace Ensembles.Tests.Contracts;

/// <summary>One learner with small settings: one row of the contract suite.</summary>
internal sealed partial record LearnerCase(string Name, Learner Learner)
{
    /// <summary>The same learner where every tree sees every row, without limits in rows; null where rows are always drawn.</summary>
    public Learner? WithoutRowSampling { get; init; }

    /// <summary>The units of work that the progress counts.</summary>
    public int Units { get; init; } = 1;

    /// <summary>How near predictions come to targets that follow from the features: trees reach them, boosting comes nearer by rounds.</summary>
    public double Precision { get; init; }

    /// <summary>Whether weights of another unit give the same model.</summary>
    public bool IsFreeOfUnits { get; init; } = true;

    /// <summary>Whether the learner takes weights.</summary>
    public bool IsWeighted => Learner is not IsolationForest;

    public bool IsSupervised => Learner is not IsolationForest;

    public static IReadOnlyList<LearnerCase> All { get; } =
    [
        new("DecisionTreeClassifier", new DecisionTreeClassifier()) { WithoutRowSampling = new DecisionTreeClassifier() },
        new("DecisionTreeClassifier, entropy, best first", new DecisionTreeClassifier
        {
            Criterion = ClassificationCriterion.Entropy,
            MaxLeaves = 6,
        })
        {
            WithoutRowSampling = new DecisionTreeClassifier { Criterion = ClassificationCriterion.Entropy, MaxLeaves = 6 },
        },
        new("DecisionTreeClassifier, histogram", new DecisionTreeClassifier { SplitMethod = SplitMethod.Histogram })
        {
            WithoutRowSampling = new DecisionTreeClassifier { SplitMethod = SplitMethod.Histogram },
        },
        new("DecisionTreeClassifier, random", new DecisionTreeClassifier
        {
            Splitter = Splitter.Random,
            MaxFeatures = FeatureCount.Exactly(2),
        })
        {
            WithoutRowSampling = new DecisionTreeClassifier { Splitter = Splitter.Random, MaxFeatures = FeatureCount.Exactly(2) },
        },
        new("DecisionTreeRegressor", new DecisionTreeRegressor { MaxDepth = 5 })
        {
            WithoutRowSampling = new DecisionTreeRegressor { MaxDepth = 5 },
        },
        new("DecisionTreeRegressor, histogram", new DecisionTreeRegressor { SplitMethod = SplitMethod.Histogram, MaxDepth = 5 })
        {
            WithoutRowSampling = new DecisionTreeRegressor { SplitMethod = SplitMethod.Histogram, MaxDepth = 5 },
        },
        new("DecisionTreeRegressor, absolute error", new DecisionTreeRegressor
        {
            Criterion = RegressionCriterion.AbsoluteError,
            MaxDepth = 4,
        })
        {
            WithoutRowSampling = new DecisionTreeRegressor { Criterion = RegressionCriterion.AbsoluteError, MaxDepth = 4 },
        },
        new("DecisionTreeRegressor, random", new DecisionTreeRegressor { Splitter = Splitter.Random, MaxDepth = 5 })
        {
            WithoutRowSampling = new DecisionTreeRegressor { Splitter = Splitter.Random, MaxDepth = 5 },
        },
        new("PrunedTreeClassifier", new PrunedTreeClassifier { Folds = 4 }) { Units = 5 },
        new("PrunedTreeRegressor", new PrunedTreeRegressor { Folds = 4 }) { Units = 5 },
        new("BaggingClassifier", new BaggingClassifier(new DecisionTreeClassifier { MaxDepth = 4 }) { Count = 6 })
        {
            Units = 6,
            WithoutRowSampling = new BaggingClassifier(new DecisionTreeClassifier { MaxDepth = 4 }) { Count = 3, Replacement = false },
        },
        new("BaggingClassifier, features, votes", new BaggingClassifier(new DecisionTreeClassifier { SplitMethod = SplitMethod.Histogram })
        {
            Count = 6,
            MaxFeatures = FeatureCount.Exactly(3),
            Replacement = false,
            SampleFraction = 0.5,
            Voting = Voting.Majority,
        })
        {
            Units = 6,
        },
        new("BaggingRegressor", new BaggingRegressor(new DecisionTreeRegressor { MaxDepth = 4 })
        {
            Count = 6,
            MaxFeatures = FeatureCount.Fraction(0.8),
        })
        {
            Units = 6,
            WithoutRowSampling = new BaggingRegressor(new DecisionTreeRegressor { MaxDepth = 3 }) { Count = 3, Replacement = false },
        },
        new("BaggingRegressor of BaggingRegressor", new BaggingRegressor(
            new BaggingRegressor(new DecisionTreeRegressor { MaxDepth = 3 }) { Count = 3 }) { Count = 4 })
        {
            Units = 4,
        },
        new("RandomForestClassifier", new RandomForestClassifier { TreeCount = 6 })
        {
            Units = 6,
            WithoutRowSampling = new RandomForestClassifier { TreeCount = 4, Bootstrap = false, MinSamplesPerCategory = 0 },
        },
        new("RandomForestRegressor", new RandomForestRegressor { TreeCount = 6, MaxFeatures = FeatureCount.Exactly(2), MaxDepth = 5 })
        {
            Units = 6,
            WithoutRowSampling = new RandomForestRegressor
            {
                TreeCount = 4,
                Bootstrap = false,
                MaxFeatures = FeatureCount.Exactly(2),
                MaxDepth = 4,
                MinSamplesPerCategory = 0,
            },
        },
        new("RandomForestClassifier, features by tree", new RandomForestClassifier
        {
            TreeCount = 6,
            FeatureSampling = FeatureSampling.PerTree,
            MaxFeatures = FeatureCount.Exactly(2),
            SplitMethod = SplitMethod.Histogram,
        })
        {
            Units = 6,
        },
        new("ExtraTreesClassifier", new ExtraTreesClassifier { TreeCount = 6 })
        {
            Units = 6,
            WithoutRowSampling = new ExtraTreesClassifier { TreeCount = 4, MinSamplesPerCategory = 0 },
        },
        new("ExtraTreesRegressor", new ExtraTreesRegressor { TreeCount = 6, MaxDepth = 5 })
        {
            Units = 6,
            WithoutRowSampling = new ExtraTreesRegressor { TreeCount = 4, MaxDepth = 5, MinSamplesPerCategory = 0 },
        },
        .. Boosters(),
        new("VotingClassifier", new VotingClassifier(
            new DecisionTreeClassifier { MaxDepth = 3 }, new RandomForestClassifier { TreeCount = 3 }, new DecisionTreeClassifier())
        {
            Weights = [1, 3, 2],
        })
        {
            Units = 3,
            WithoutRowSampling = new VotingClassifier(
                new DecisionTreeClassifier(), new DecisionTreeClassifier { Criterion = ClassificationCriterion.Entropy, MaxLeaves = 6 }),
        },
        new("VotingClassifier, majority", new VotingClassifier(
            new DecisionTreeClassifier { MaxDepth = 3 }, new ExtraTreesClassifier { TreeCount = 3 }, new DecisionTreeClassifier())
        {
            Rule = VotingRule.Majority,
        })
        {
            Units = 3,
        },
        new("VotingRegressor", new VotingRegressor(
            new DecisionTreeRegressor(), new DecisionTreeRegressor { MaxDepth = 2 }, new RandomForestRegressor { TreeCount = 3 })
        {
            Weights = [1, 2, 5],
        })
        {
            Units = 3,
            WithoutRowSampling = new VotingRegressor(
                new DecisionTreeRegressor { MaxDepth = 4 }, new DecisionTreeRegressor { MaxDepth = 2 }),
        },
        new("StackingClassifier", new StackingClassifier(
            new DecisionTreeClassifier { MaxDepth = 3 },
            new DecisionTreeClassifier { MaxDepth = 3 },
            new RandomForestClassifier { TreeCount = 3 })
        {
            Folds = 3,
            Passthrough = true,
        })
        {
            Units = 9,
        },
        new("StackingRegressor", new StackingRegressor(
            new DecisionTreeRegressor { MaxDepth = 3 },
            new DecisionTreeRegressor { MaxDepth = 3 },
            new RandomForestRegressor { TreeCount = 3 })
        {
            Folds = 3,
        })
        {
            Units = 9,
        },
        // Platt's targets stay off 0 and 1, by the number of rows.
        new("CalibratedClassifier", new CalibratedClassifier(new DecisionTreeClassifier { MaxDepth = 3 }) { Folds = 3 })
        {
            Units = 3,
            Precision = 0.1,
            IsFreeOfUnits = false,
        },
        new("CalibratedClassifier, isotonic, one model", new CalibratedClassifier(new RandomForestClassifier { TreeCount = 5 })
        {
            Method = CalibrationMethod.Isotonic,
            Folds = 3,
            Ensemble = false,
        })
        {
            Units = 4,
        },
        new("CalibratedClassifier, temperature", new CalibratedClassifier(new DecisionTreeClassifier { MaxDepth = 3 })
        {
            Method = CalibrationMethod.Temperature,
            Folds = 4,
        })
        {
            Units = 4,
            Precision = 0.05,
        },
        new("LinearBoostingClassifier", new LinearBoostingClassifier { Rounds = 40, LearningRate = 1 })
        {
            Units = 40,
            Precision = 0.1,
            IsFreeOfUnits = false,
        },
        new("LinearBoostingRegressor, greedy", new LinearBoostingRegressor { Rounds = 30, L1 = 0.001, FeatureSelector = FeatureSelector.Greedy })
        {
            Units = 30,
            Precision = 0.1,
            IsFreeOfUnits = false,
        },
        new("IsolationForest", new IsolationForest { TreeCount = 6, SampleSize = 32, Contamination = 0.1 }) { Units = 6 },
    ];

    public static LearnerCase Named(string name) => All.Single(learner => string.Equals(learner.Name, name, StringComparison.Ordinal));

    /// <summary>The names of the learners that a condition holds of.</summary>
    public static TheoryData<string> Names(Func<LearnerCase, bool>? condition = null) =>
        [.. All.Where(condition ?? (_ => true)).Select(learner => learner.Name)];

    public Fitted Fit(ContractData data, FitOptions? options = null, CancellationToken token = default) =>
        Fit(Learner, data, options, token);

    public static Fitted Fit(Learner learner, ContractData data, FitOptions? options = null, CancellationToken token = default) =>
        Fitted.Of(learner switch
        {
            Learner<ClassificationDataset, ClassificationModel> classifier => classifier.Fit(data.Classification, options, token),
            Learner<RegressionDataset, RegressionModel> regressor => regressor.Fit(data.Regression, options, token),
            IsolationForest forest => forest.Fit(data.Table, options, token),
            _ => throw new ArgumentException("A kind of learner that the contract does not know.", nameof(learner)),
        });

    public override string ToString() => Name;
}
