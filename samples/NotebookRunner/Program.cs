using NotebookRunner;

// Runs a notebook from its first cell to its last, as a reader of a front end would: see Arguments.Usage.
Arguments? arguments = Arguments.Parse(args);
if (arguments is null)
{
    Console.Error.WriteLine(Arguments.Usage);
    return 2;
}

try
{
    Notebook notebook = Notebook.Load(arguments.Notebook);
    if (arguments.App is { } app)
    {
        FileApp.Save(notebook, app);
        return 0;
    }

    Notebook done = await NotebookRun.RunAsync(notebook, Console.Out);
    if (arguments.Save || arguments.Html is not null)
    {
        done = ChartPictures.Draw(done, Console.Error);
    }

    if (arguments.Save)
    {
        done.Save(arguments.Notebook);
    }

    if (arguments.Html is { } html)
    {
        HtmlPage.Save(done, html, Console.Error);
    }

    return 0;
}
catch (Exception exception) when (exception is CellException or NotebookFormatException or IOException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
