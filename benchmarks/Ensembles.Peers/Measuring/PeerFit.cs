namespace Ensembles.Peers.Measuring;

/// <summary>What a fit of another library took and what it predicts.</summary>
internal sealed record PeerFit(double BinSeconds, double TrainSeconds, double[] Predictions);
