namespace Ensembles.Peers.Measuring;

/// <summary>Rows to train on and rows to test by.</summary>
internal sealed record Problem(Rows Train, Rows Test);
