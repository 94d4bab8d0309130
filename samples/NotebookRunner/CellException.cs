namespace NotebookRunner;

/// <summary>A cell that does not compile or that throws; the message has the notebook, the number of the cell and the line in it.</summary>
internal sealed class CellException(string message, Exception? inner = null) : Exception(message, inner);
