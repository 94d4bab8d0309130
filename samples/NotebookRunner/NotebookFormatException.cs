namespace NotebookRunner;

/// <summary>A file that is not a notebook.</summary>
internal sealed class NotebookFormatException(string message, Exception? inner = null) : Exception(message, inner);
