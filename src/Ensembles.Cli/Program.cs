using System.Runtime.InteropServices;
using System.Text;
using Ensembles.Cli.Terminals;

namespace Ensembles.Cli;

/// <summary>The process: the streams of the console, and the signals that end it.</summary>
internal static class Program
{
    private const int BufferSize = 1 << 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    // Kept, so that it is not collected before it fires.
    private static Timer? _lastResort;

    private static volatile int _endedBy = ExitCode.Interrupted;

    private static int Main(string[] arguments)
    {
        using var ending = new CancellationTokenSource();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(
            PosixSignal.SIGINT, signal => End(signal, ending, ExitCode.Interrupted));
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(
            PosixSignal.SIGTERM, signal => End(signal, ending, ExitCode.Terminated));
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        if (!Console.IsOutputRedirected)
        {
            Console.OutputEncoding = utf8;
        }

        using var output = new StreamWriter(Console.OpenStandardOutput(), utf8, BufferSize)
        {
            AutoFlush = !Console.IsOutputRedirected,
            NewLine = "\n",
        };
        using var error = new StreamWriter(Console.OpenStandardError(), utf8) { AutoFlush = true, NewLine = "\n" };
        var terminal = new Terminal(output, error)
        {
            IsOutputRich = !Console.IsOutputRedirected,
            IsErrorRich = !Console.IsErrorRedirected,
        };
        int code = Tool.Run(arguments, terminal, ending.Token);
        return code == ExitCode.Interrupted ? _endedBy : code;
    }

    /// <summary>
    /// Asks the work to stop; where it cannot, as while a file is read, ends the process, but never in the middle of a file it writes.
    /// </summary>
    private static void End(PosixSignalContext signal, CancellationTokenSource ending, int code)
    {
        signal.Cancel = true;
        if (ending.IsCancellationRequested)
        {
            return;
        }

        _endedBy = code;
        ending.Cancel();
        _lastResort = new Timer(
            _ =>
            {
                OutputFile.WaitUntilNoneIsOpen();
                Environment.Exit(code);
            },
            state: null,
            Patience,
            Timeout.InfiniteTimeSpan);
    }
}
