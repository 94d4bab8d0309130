using Ensembles.Cli.Terminals;

namespace Ensembles.Cli;

/// <summary>What every command is given.</summary>
/// <param name="Terminal">Where it writes.</param>
/// <param name="Cancellation">Ends it early.</param>
internal sealed record ToolContext(Terminal Terminal, CancellationToken Cancellation);
