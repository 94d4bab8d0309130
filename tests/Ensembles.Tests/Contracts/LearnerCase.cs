using Ensembles.AdaBoost;
using Ensembles.Bagging;
using Ensembles.Calibration;
using Ensembles.Data;
using Ensembles.GradientBoosting;
using Ensembles.IsolationForests;
using Ensembles.Learners;
using Ensembles.LinearBoosting;
using Ensembles.MetaEnsembles;
using Ensembles.NewtonBoosting;
using Ensembles.Numerics;
using Ensembles.RandomForests;
using Ensembles.Trees;

namespace Ensembles.Tests.Contracts;

/// <summary>One learner with small settings: one row of the contract suite.</summary>
internal sealed record LearnerCase(string Name, Learner Learner)
{
    /// <summary>The same learner where every tree sees every row; null where rows are always drawn.</summary>
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
            WithoutRowSampling = new RandomForestClassifier { TreeCount = 4, Bootstrap = false },
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
            WithoutRowSampling = new ExtraTreesClassifier { TreeCount = 4 },
        },
        new("ExtraTreesRegressor", new ExtraTreesRegressor { TreeCount = 6, MaxDepth = 5 })
        {
            Units = 6,
            WithoutRowSampling = new ExtraTreesRegressor { TreeCount = 4, MaxDepth = 5 },
        },
        new("GradientBoostingClassifier", new GradientBoostingClassifier { Rounds = 8, LearningRate = 0.5 })
        {
            Units = 8,
            Precision = 0.1,
            WithoutRowSampling = new GradientBoostingClassifier { Rounds = 4, LearningRate = 0.5 },
        },
        new("GradientBoostingClassifier, histogram, sampled", new GradientBoostingClassifier
        {
            Rounds = 10,
            LearningRate = 0.5,
            SplitMethod = SplitMethod.Histogram,
            MaxLeaves = 6,
            Subsample = 0.7,
            ColumnSampleByTree = 0.8,
            MaxFeatures = FeatureCount.Fraction(0.8),
        })
        {
            Units = 10,
            Precision = 0.2,
        },
        new("GradientBoostingRegressor", new GradientBoostingRegressor { Rounds = 8, LearningRate = 0.5, MaxDepth = 4 })
        {
            Units = 8,
            Precision = 0.1,
            WithoutRowSampling = new GradientBoostingRegressor { Rounds = 4, LearningRate = 0.5 },
        },
        new("GradientBoostingRegressor, Huber, sampled", new GradientBoostingRegressor
        {
            Rounds = 10,
            LearningRate = 0.5,
            Loss = RegressionLoss.Huber,
            InitialLearner = new DecisionTreeRegressor { MaxDepth = 1 },
            Subsample = 0.7,
            MaxFeatures = FeatureCount.Exactly(2),
        })
        {
            Units = 10,
            Precision = 0.2,
        },
        new("GradientBoostingRegressor, absolute error, histogram", new GradientBoostingRegressor
        {
            Rounds = 8,
            LearningRate = 0.5,
            Loss = RegressionLoss.AbsoluteError,
            SplitMethod = SplitMethod.Histogram,
        })
        {
            Units = 8,
            Precision = 0.1,
        },
        new("GradientBoostingRegressor, quantile", new GradientBoostingRegressor
        {
            Rounds = 8,
            LearningRate = 0.5,
            Loss = RegressionLoss.Quantile,
            Alpha = 0.6,
        })
        {
            Units = 8,
            Precision = 0.1,
        },
        // Without penalties, so that few rounds reach the targets. The least gain of a split stays in the unit of the weights.
        new("NewtonBoostingClassifier", new NewtonBoostingClassifier { Rounds = 8, LearningRate = 0.5, L2 = 0, MinChildWeight = 0 })
        {
            Units = 8,
            Precision = 0.1,
            IsFreeOfUnits = false,
        },
        new("NewtonBoostingClassifier, leaf-wise, sampled", new NewtonBoostingClassifier
        {
            Rounds = 8,
            LearningRate = 0.5,
            L2 = 0,
            MinChildWeight = 0,
            GrowthPolicy = GrowthPolicy.LeafWise,
            MaxLeaves = 5,
            Subsample = 0.7,
            ColumnSampleByNode = 0.8,
        })
        {
            Units = 8,
            Precision = 0.1,
            IsFreeOfUnits = false,
        },
        new("NewtonBoostingClassifier, dropout", new NewtonBoostingClassifier
        {
            Rounds = 12,
            LearningRate = 1,
            L2 = 0,
            MinChildWeight = 0,
            Dropout = new Dropout { Rate = 0.2, OneDrop = true, Sampling = DropoutSampling.Weighted },
        })
        {
            Units = 12,
            Precision = 0.15,
            IsFreeOfUnits = false,
        },
        new("NewtonBoostingRegressor", new NewtonBoostingRegressor
        {
            Rounds = 8,
            LearningRate = 0.5,
            L2 = 0,
            MinChildWeight = 0,
            MaxDepth = 4,
        })
        {
            Units = 8,
            Precision = 0.1,
            IsFreeOfUnits = false,
        },
        new("NewtonBoostingRegressor, pseudo-Huber", new NewtonBoostingRegressor
        {
            Loss = NewtonLoss.PseudoHuber(5),
            Rounds = 8,
            LearningRate = 0.5,
            L2 = 0,
            MinChildWeight = 0,
            MaxDepth = 4,
        })
        {
            Units = 8,
            Precision = 0.1,
            IsFreeOfUnits = false,
        },
        new("NewtonBoostingRegressor, Poisson", new NewtonBoostingRegressor
        {
            Loss = NewtonLoss.Poisson,
            Rounds = 12,
            LearningRate = 0.5,
            L2 = 0,
            MinChildWeight = 0,
            MaxDepth = 4,
        })
        {
            Units = 12,
            Precision = 0.1,
            IsFreeOfUnits = false,
        },
        new("NewtonBoostingRegressor, loss of one's own", new NewtonBoostingRegressor
        {
            Loss = NewtonLoss.Of(
                "deviance of counts",
                (y, score) => (DeterministicMath.Exp(score) - y, DeterministicMath.Exp(score)),
                ScoreLink.Log),
            Rounds = 12,
            LearningRate = 0.5,
            L2 = 0,
            MinChildWeight = 0,
            MaxDepth = 4,
        })
        {
            Units = 12,
            Precision = 0.1,
            IsFreeOfUnits = false,
        },
        new("NewtonBoostingRegressor, sampled", new NewtonBoostingRegressor
        {
            Rounds = 8,
            LearningRate = 0.5,
            L2 = 0,
            MinChildWeight = 0,
            Subsample = 0.6,
            ColumnSampleByTree = 0.8,
            ColumnSampleByLevel = 0.8,
        })
        {
            Units = 8,
            Precision = 0.1,
            IsFreeOfUnits = false,
        },
        new("NewtonBoostingClassifier, exact", new NewtonBoostingClassifier
        {
            SplitMethod = BoostingSplitMethod.Exact,
            Rounds = 8,
            LearningRate = 0.5,
            L2 = 0,
            MinChildWeight = 0,
            GrowthPolicy = GrowthPolicy.LeafWise,
            MaxLeaves = 5,
            Subsample = 0.8,
        })
        {
            Units = 8,
            Precision = 0.1,
            IsFreeOfUnits = false,
        },
        new("NewtonBoostingRegressor, approximate", new NewtonBoostingRegressor
        {
            SplitMethod = BoostingSplitMethod.Approximate,
            CandidateScope = CandidateScope.Node,
            Rounds = 8,
            LearningRate = 0.5,
            L2 = 0,
            MinChildWeight = 0,
            MaxDepth = 4,
        })
        {
            Units = 8,
            Precision = 0.1,
            IsFreeOfUnits = false,
        },
        new("NewtonBoostingRegressor, exact", new NewtonBoostingRegressor
        {
            SplitMethod = BoostingSplitMethod.Exact,
            Rounds = 8,
            LearningRate = 0.5,
            L2 = 0,
            MinChildWeight = 0,
            MaxDepth = 4,
            ColumnSampleByNode = 0.8,
        })
        {
            Units = 8,
            Precision = 0.1,
            IsFreeOfUnits = false,
        },
        // A member without errors has weight 1: of two classes the probability is then σ(1).
        new("AdaBoostClassifier", new AdaBoostClassifier { Rounds = 8 })
        {
            Units = 8,
            Precision = 0.27,
            WithoutRowSampling = new AdaBoostClassifier(new DecisionTreeClassifier { MaxDepth = 2 }) { Rounds = 4 },
        },
        new("AdaBoostClassifier, histogram, depth 2, slow", new AdaBoostClassifier(
            new DecisionTreeClassifier { MaxDepth = 2, SplitMethod = SplitMethod.Histogram })
        {
            Rounds = 8,
            LearningRate = 0.5,
        })
        {
            Units = 8,
            Precision = 0.27,
        },
        new("AdaBoostClassifier, resampled, restarted", new AdaBoostClassifier
        {
            Rounds = 8,
            BoostBy = BoostBy.Resampling,
            Restart = true,
        })
        {
            Units = 8,
            Precision = 0.27,
        },
        new("AdaBoostClassifier, SAMME.R", new AdaBoostClassifier { Rounds = 8, Algorithm = AdaBoostAlgorithm.SammeR })
        {
            Units = 8,
            Precision = 1e-12,
            WithoutRowSampling = new AdaBoostClassifier { Rounds = 4, Algorithm = AdaBoostAlgorithm.SammeR },
        },
        new("AdaBoostClassifier of forests", new AdaBoostClassifier(new RandomForestClassifier { TreeCount = 3, MaxDepth = 2 })
        {
            Rounds = 4,
        })
        {
            Units = 4,
            Precision = 0.27,
        },
        new("AdaBoostRegressor", new AdaBoostRegressor { Rounds = 6 }) { Units = 6 },
        new("AdaBoostRegressor, by weights", new AdaBoostRegressor(new DecisionTreeRegressor { MaxDepth = 2 })
        {
            Rounds = 5,
            BoostBy = BoostBy.Reweighting,
            Loss = AdaBoostLoss.Square,
        })
        {
            Units = 5,
            WithoutRowSampling = new AdaBoostRegressor(new DecisionTreeRegressor { MaxDepth = 2 })
            {
                Rounds = 4,
                BoostBy = BoostBy.Reweighting,
            },
        },
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
