using System.Globalization;
using Ensembles.Json;
using Ensembles.Learners;

namespace Ensembles.Persistence.Snapshots;

/// <summary>
/// A snapshot, described in docs/snapshots.md: a first line that says of which fit it is, and then a line a unit, added as the fit goes on,
/// so that a long fit writes each of its units once. What is written is flushed to the disk.
/// </summary>
/// <typeparam name="TUnit">What is kept of a unit.</typeparam>
internal sealed class SnapshotFile<TUnit> : FitLog<TUnit>
    where TUnit : class
{
    private readonly Lock _lock = new();
    private readonly SnapshotOptions _options;
    private readonly FitIdentity _fit;
    private readonly ISnapshotFormat<TUnit> _format;
    private readonly FileStream _file;
    private readonly Dictionary<int, TUnit> _known = [];
    private readonly List<(int Number, TUnit Unit)> _pending = [];
    private long _writtenAt = Environment.TickCount64;
    private bool _isWriting;
    private bool _hasUnits;
    private bool _hasFailed;
    private bool _isClosed;

    private SnapshotFile(SnapshotOptions options, FitIdentity fit, FileStream file)
    {
        _options = options;
        _fit = fit;
        _format = SnapshotFormats.Of<TUnit>();
        _file = file;
    }

    public override int KnownCount => _known.Count;

    /// <summary>Opens the snapshot of a fit, and makes it where there is none.</summary>
    /// <param name="options">Where it is, and how often to write.</param>
    /// <param name="fit">The fit.</param>
    /// <param name="threads">The most threads to use.</param>
    /// <exception cref="ArgumentException">The snapshot is of another fit.</exception>
    /// <exception cref="InvalidDataException">The snapshot is damaged.</exception>
    public static SnapshotFile<TUnit> Open(SnapshotOptions options, FitIdentity fit, int threads)
    {
        if (options.Every is null && options.Interval is null)
        {
            throw new ArgumentException("Snapshots say neither by how many units (Every) nor by how much time (Interval) to write.", nameof(options));
        }

        byte[] header = SnapshotHeader.Of(fit, threads);
        return Open(options, fit, header) ?? Open(options, fit, header)!;
    }

    /// <summary>Opens the snapshot, or gives null where one without units was of another fit and is gone now.</summary>
    private static SnapshotFile<TUnit>? Open(SnapshotOptions options, FitIdentity fit, byte[] header)
    {
        if (!File.Exists(options.Path))
        {
            AtomicFile.Write(options.Path, stream => HashedLine.Write(stream, text => text.Write(header)));
        }

        // Nobody else can open it: two fits never write one snapshot. No buffer: what failed to be written must not come later.
        var file = new FileStream(options.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        var snapshot = new SnapshotFile<TUnit>(options, fit, file);
        bool isRead = false;
        try
        {
            isRead = snapshot.Read(header);
        }
        finally
        {
            if (!isRead)
            {
                file.Dispose();
            }
        }

        if (isRead)
        {
            return snapshot;
        }

        File.Delete(options.Path);
        return null;
    }

    public override TUnit? Known(int number) => _known.GetValueOrDefault(number);

    public override void Add(int number, TUnit unit)
    {
        lock (_lock)
        {
            _pending.Add((number, unit));
            bool isDue = _pending.Count >= _options.Every || Environment.TickCount64 - _writtenAt >= _options.Interval?.TotalMilliseconds;
            if (!isDue || _isWriting)
            {
                return;
            }

            _isWriting = true;
        }

        Write();
    }

    public override void Finish()
    {
        if (_options.KeepFinished)
        {
            Write();
        }

        Close();
        if (!_options.KeepFinished)
        {
            File.Delete(_options.Path);
        }
    }

    public override void Dispose()
    {
        if (_isClosed)
        {
            return;
        }

        try
        {
            Write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // An exception is on its way already that says why the fit ends. The lines that are whole stay good.
        }
        finally
        {
            Close();
        }

        if (!_hasUnits)
        {
            // A fit that failed before its first unit stands in the way of no other.
            File.Delete(_options.Path);
        }
    }

    /// <summary>Reads the units; false where there are none, and the file is of another fit.</summary>
    private bool Read(byte[] header)
    {
        SnapshotLines lines = SnapshotLines.Read(_file);
        if (!CheckHeader(lines, header))
        {
            return false;
        }

        for (int line = 1; line < lines.Count; line++)
        {
            try
            {
                ReadUnit(new JsonCursor(lines.Open(line), lines.LengthOf(line)));
            }
            catch (InvalidDataException e)
            {
                throw lines.Fail(line, e.Message.TrimEnd('.'), e);
            }
        }

        // What was being written when the run was killed.
        _file.SetLength(lines.End);
        _file.Position = lines.End;
        _hasUnits = lines.Count > 1;
        return true;
    }

    /// <summary>Whether the file is of this fit. Of another one it may be only where it has no units.</summary>
    private bool CheckHeader(SnapshotLines lines, byte[] header)
    {
        var first = new byte[lines.LengthOf(0)];
        using (Stream line = lines.Open(0))
        {
            line.ReadExactly(first);
        }

        if (first.AsSpan().SequenceEqual(header))
        {
            return true;
        }

        string difference;
        try
        {
            difference = SnapshotDifference.Describe(first, header);
        }
        catch (InvalidDataException e)
        {
            throw lines.Fail(0, e.Message.TrimEnd('.'), e);
        }

        return lines.Count == 1
            ? false
            : throw new ArgumentException(
                $"The snapshot {_options.Path} is of another fit: {difference}. Delete it to begin anew, or give this fit another path.");
    }

    private void ReadUnit(JsonCursor json)
    {
        json.EnterObject();
        json.Property("unit");
        int number = json.Int32(0, _fit.Units - 1);
        TUnit unit = _format.Read(new ModelInput(json, _fit.Table.Schema, _fit.Classes), _fit);
        json.LeaveObject();
        json.End();
        if (_format.IsOrdered && number != _known.Count)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"it is unit {number} where unit {_known.Count} is expected"));
        }

        if (!_known.TryAdd(number, unit))
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"unit {number} is there twice"));
        }
    }

    /// <summary>Writes what is done, on one thread at a time: the others go on meanwhile.</summary>
    private void Write()
    {
        (int Number, TUnit Unit)[] units;
        lock (_lock)
        {
            units = [.. _pending];
            _pending.Clear();
        }

        if (units.Length > 0 && !_hasFailed)
        {
            Write(units);
        }

        lock (_lock)
        {
            _writtenAt = Environment.TickCount64;
            _isWriting = false;
        }
    }

    private void Write((int Number, TUnit Unit)[] units)
    {
        long end = _file.Position;
        try
        {
            foreach ((int number, TUnit unit) in units)
            {
                HashedLine.Write(_file, stream => Write(stream, number, unit));
            }

            _file.Flush(flushToDisk: true);
            _hasUnits = true;
        }
        catch
        {
            // Nothing may follow a line that is not whole. Where it cannot be cut off, the next run does it.
            _hasFailed = true;
            Cut(end);
            throw;
        }
    }

    private void Write(Stream stream, int number, TUnit unit)
    {
        using var json = new JsonOutput(stream, isIndented: false);
        json.Writer.WriteStartObject();
        json.Writer.WriteNumber("unit", number);
        _format.Write(new ModelOutput(json, _fit.Table.Schema, _fit.Classes), unit);
        json.Writer.WriteEndObject();
        json.Writer.Flush();
    }

    private void Cut(long end)
    {
        try
        {
            _file.SetLength(end);
        }
        catch (IOException)
        {
            // The exception that led here says more.
        }
    }

    private void Close()
    {
        _isClosed = true;
        _file.Dispose();
    }
}
