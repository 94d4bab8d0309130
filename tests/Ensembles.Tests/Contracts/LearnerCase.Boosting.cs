using Ensembles.AdaBoost;
using Ensembles.GradientBoosting;
using Ensembles.Learners;
using Ensembles.NewtonBoosting;
using Ensembles.Numerics;
using Ensembles.RandomForests;
using Ensembles.Trees;

namespace Ensembles.Tests.Contracts;

/// <content>The boosters of the contract suite.</content>
internal sealed partial record LearnerCase
{
    // A method: of static properties in two files nobody says which is set first.
    private static LearnerCase[] Boosters()
    {
        // Without penalties, so that few rounds reach the targets. The least gain of a split stays in the unit of the weights.
        var classes = new NewtonBoostingClassifier { Rounds = 8, LearningRate = 0.5, L2 = 0, MinChildWeight = 0 };
        var numbers = new NewtonBoostingRegressor { Rounds = 8, LearningRate = 0.5, L2 = 0, MinChildWeight = 0 };
        return
        [
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
            Newton("NewtonBoostingClassifier", 8, classes),
            Newton("NewtonBoostingClassifier, leaf-wise, sampled", 8, classes with
            {
                GrowthPolicy = GrowthPolicy.LeafWise,
                MaxLeaves = 5,
                Subsample = 0.7,
                ColumnSampleByNode = 0.8,
            }),
            new("NewtonBoostingClassifier, dropout", classes with
            {
                Rounds = 12,
                LearningRate = 1,
                Dropout = new Dropout { Rate = 0.2, OneDrop = true, Sampling = DropoutSampling.Weighted },
            })
            {
                Units = 12,
                Precision = 0.15,
                IsFreeOfUnits = false,
            },
            Newton("NewtonBoostingRegressor", 8, numbers with { MaxDepth = 4 }),
            Newton("NewtonBoostingRegressor, pseudo-Huber", 8, numbers with
            {
                Loss = NewtonLoss.PseudoHuber(5),
                MaxDepth = 4,
            }),
            Newton("NewtonBoostingRegressor, Poisson", 12, numbers with
            {
                Loss = NewtonLoss.Poisson,
                Rounds = 12,
                MaxDepth = 4,
            }),
            Newton("NewtonBoostingRegressor, loss of one's own", 12, numbers with
            {
                Loss = NewtonLoss.Of(
                    "deviance of counts",
                    (y, score) => (DeterministicMath.Exp(score) - y, DeterministicMath.Exp(score)),
                    ScoreLink.Log),
                Rounds = 12,
                MaxDepth = 4,
            }),
            Newton("NewtonBoostingRegressor, sampled", 8, numbers with
            {
                Subsample = 0.6,
                ColumnSampleByTree = 0.8,
                ColumnSampleByLevel = 0.8,
            }),
            Newton("NewtonBoostingClassifier, exact", 8, classes with
            {
                SplitMethod = BoostingSplitMethod.Exact,
                GrowthPolicy = GrowthPolicy.LeafWise,
                MaxLeaves = 5,
                Subsample = 0.8,
            }),
            Newton("NewtonBoostingRegressor, approximate", 8, numbers with
            {
                SplitMethod = BoostingSplitMethod.Approximate,
                CandidateScope = CandidateScope.Node,
                MaxDepth = 4,
            }),
            Newton("NewtonBoostingRegressor, exact", 8, numbers with
            {
                SplitMethod = BoostingSplitMethod.Exact,
                MaxDepth = 4,
                ColumnSampleByNode = 0.8,
            }),
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
        ];
    }

    private static LearnerCase Newton(string name, int units, Learner recipe) =>
        new(name, recipe) { Units = units, Precision = 0.1, IsFreeOfUnits = false };
}
