using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Ensembles.Bagging;
using Ensembles.Calibration;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.MetaEnsembles;
using Ensembles.NewtonBoosting;
using Ensembles.Trees;

namespace Ensembles.Tests.Docs;

public class ParametersTests
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private static readonly Type[] Types =
    [
        .. typeof(Learner).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Learner)) && !type.IsAbstract),
        typeof(Dropout), typeof(FitOptions), typeof(SnapshotOptions), typeof(ReadOptions), typeof(CsvOptions), typeof(LibSvmOptions), typeof(TreeExportOptions),
    ];

    [Fact]
    public void The_page_has_every_property_with_its_default_and_nothing_else() =>
        OnPage().Should().BeEquivalentTo(Types.SelectMany(InCode));

    /// <summary>Lines such as "DecisionTreeClassifier.MaxDepth = null", from the tables of the page.</summary>
    private static IEnumerable<string> OnPage()
    {
        string[] types = [];
        foreach (string line in Repository.Read("docs/parameters.md").Split('\n'))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                types = [];
            }
            else if (line.StartsWith("Of `", StringComparison.Ordinal))
            {
                MatchCollection names = Regex.Matches(line.Split([';', ':'])[0], "`(?<name>[A-Za-z]+)`", Linear, TimeSpan.FromSeconds(1));
                types = [.. names.Select(match => match.Groups["name"].Value)];
            }
            else if (line.StartsWith("| `", StringComparison.Ordinal) && types.Length > 0)
            {
                string[] cells = line.Split('|');
                foreach (string entry in cells[2].Split(';'))
                {
                    string[] parts = entry.Split(" in ");
                    IEnumerable<string> meant = parts.Length == 1 ? types : parts[1].Split(',').Select(name => name.Trim());
                    foreach (string type in meant)
                    {
                        yield return $"{type}.{Unquote(cells[1])} = {Unquote(parts[0])}";
                    }
                }
            }
        }
    }

    private static IEnumerable<string> InCode(Type type)
    {
        ConstructorInfo constructor = type.GetConstructors().MinBy(c => c.GetParameters().Length)!;
        string[] required = [.. constructor.GetParameters().Select(parameter => parameter.Name!)];
        object recipe = type switch
        {
            _ when type == typeof(BaggingClassifier) => new BaggingClassifier(new DecisionTreeClassifier()),
            _ when type == typeof(BaggingRegressor) => new BaggingRegressor(new DecisionTreeRegressor()),
            _ when type == typeof(CalibratedClassifier) => new CalibratedClassifier(new DecisionTreeClassifier()),
            _ when type == typeof(VotingClassifier) => new VotingClassifier(new DecisionTreeClassifier()),
            _ when type == typeof(VotingRegressor) => new VotingRegressor(new DecisionTreeRegressor()),
            _ when type == typeof(StackingClassifier) => new StackingClassifier(new DecisionTreeClassifier(), new DecisionTreeClassifier()),
            _ when type == typeof(StackingRegressor) => new StackingRegressor(new DecisionTreeRegressor(), new DecisionTreeRegressor()),
            _ when type == typeof(SnapshotOptions) => new SnapshotOptions("fit.snapshot"),
            _ => constructor.Invoke(null),
        };

        // What a type has from another one of the page stands there.
        return type.GetProperties()
            .Where(property => property.SetMethod is { IsPublic: true })
            .Where(property => property.DeclaringType == type || !Types.Contains(property.DeclaringType))
            .Select(property => required.Contains(property.Name, StringComparer.OrdinalIgnoreCase)
                ? $"{type.Name}.{property.Name} = required"
                : $"{type.Name}.{property.Name} = {Show(property.GetValue(recipe))}");
    }

    private static string Show(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        Encoding encoding => encoding.WebName,
        Learner learner => $"new {learner.GetType().Name}()",
        string text => text,
        IEnumerable items => items.Cast<string>().Any()
            ? string.Join(' ', items.Cast<string>().Select(item => item.Length == 0 ? "\"\"" : item))
            : "none",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string Unquote(string cell) => cell.Trim().Trim('`');
}
