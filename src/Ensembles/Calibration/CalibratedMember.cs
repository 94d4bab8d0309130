using Ensembles.Learners;

namespace Ensembles.Calibration;

/// <summary>A model, and how its probabilities are changed.</summary>
internal sealed record CalibratedMember(ClassificationModel Model, ProbabilityCalibrator Calibrator);
