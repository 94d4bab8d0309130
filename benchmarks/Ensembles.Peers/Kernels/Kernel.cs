namespace Ensembles.Peers.Kernels;

/// <summary>A loop to be measured.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Unit">What it does once.</param>
/// <param name="Units">How often a call does it.</param>
/// <param name="Body">The call.</param>
internal sealed record Kernel(string Name, string Unit, long Units, Action Body);
