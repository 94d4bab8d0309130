using System.Text.Json;
using Ensembles.Json;

namespace Ensembles.Catalog;

/// <summary>What is done with all the properties of a record.</summary>
internal static class HyperParameterList
{
    /// <summary>The property of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message says which are near.</exception>
    public static HyperParameter Find(IReadOnlyList<HyperParameter> parameters, string name, string owner) =>
        parameters.FirstOrDefault(parameter => string.Equals(parameter.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException(
            $"{owner} has no hyper-parameter '{name}'. {NearestNames.Suggest(name, parameters.Select(parameter => parameter.Name))}",
            nameof(name));

    /// <summary>A record with another value of one property, or of a part of it: <c>MaxDepth</c> or <c>Member.MaxDepth</c>.</summary>
    public static object With(IReadOnlyList<HyperParameter> parameters, object owner, string path, string text)
    {
        int dot = path.IndexOf('.', StringComparison.Ordinal);
        return dot < 0
            ? Find(parameters, path, owner.GetType().Name).WithText(owner, text)
            : Find(parameters, path[..dot], owner.GetType().Name).WithPart(owner, path[(dot + 1)..], text);
    }

    /// <summary>Writes all properties of a record.</summary>
    public static void Write(IReadOnlyList<HyperParameter> parameters, Utf8JsonWriter json, object owner)
    {
        foreach (HyperParameter parameter in parameters)
        {
            parameter.Write(json, owner);
        }
    }

    /// <summary>
    /// Reads the properties of a record in any order, to the end of its object, and leaves it. A file of an older version lacks those that
    /// were added since: these keep their defaults, which stand for what the library did then.
    /// </summary>
    public static object Read(IReadOnlyList<HyperParameter> parameters, JsonCursor json, object owner)
    {
        var read = new bool[parameters.Count];
        while (json.NextProperty() is string name)
        {
            int index = IndexOf(parameters, name);
            if (index < 0)
            {
                throw json.Fail($"{owner.GetType().Name} has no hyper-parameter of this name.");
            }

            if (read[index])
            {
                throw json.Fail("the hyper-parameter is there twice.");
            }

            read[index] = true;
            owner = parameters[index].Read(json, owner);
        }

        json.LeaveObject();
        return owner;
    }

    private static int IndexOf(IReadOnlyList<HyperParameter> parameters, string name)
    {
        for (int i = 0; i < parameters.Count; i++)
        {
            if (string.Equals(parameters[i].Name, name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
