using Ensembles.Learners;

namespace Ensembles.Persistence;

/// <summary>How a kind of model is written and read.</summary>
internal interface IModelFormat
{
    /// <summary>The name of the kind in the file; never to be changed.</summary>
    string Kind { get; }

    /// <summary>Whether a model is of this kind.</summary>
    bool Is(Model model);

    /// <summary>Whether models of this kind are of a type, or of one below it.</summary>
    bool Makes<T>()
        where T : Model;

    Learner RecipeOf(Model model);

    /// <summary>Writes what follows the recipe.</summary>
    void Write(ModelOutput output, Model model);

    /// <summary>Reads what follows the recipe, and makes the model.</summary>
    Model Read(ModelInput input, Learner recipe);
}

/// <summary>How models of one type are written and read.</summary>
/// <typeparam name="TModel">The type of the models.</typeparam>
/// <typeparam name="TRecipe">The type of their recipes.</typeparam>
/// <param name="kind">The name of the kind in the file.</param>
internal abstract class ModelFormat<TModel, TRecipe>(string kind) : IModelFormat
    where TModel : Model
    where TRecipe : Learner
{
    public string Kind => kind;

    public bool Is(Model model) => model is TModel;

    public bool Makes<T>()
        where T : Model => typeof(T).IsAssignableFrom(typeof(TModel));

    public Learner RecipeOf(Model model) => RecipeOf((TModel)model);

    public void Write(ModelOutput output, Model model) => Write(output, (TModel)model);

    public Model Read(ModelInput input, Learner recipe) => recipe is TRecipe own
        ? Read(input, own)
        : throw input.Json.Fail($"a model of kind {Kind} does not come of a {recipe.GetType().Name}.");

    /// <summary>The recipe that is saved.</summary>
    protected abstract TRecipe RecipeOf(TModel model);

    /// <summary>Writes what follows the recipe.</summary>
    protected abstract void Write(ModelOutput output, TModel model);

    /// <summary>
    /// Reads what follows the recipe, and makes the model. What is read comes from a stranger: all that the model relies on is checked here.
    /// </summary>
    protected abstract TModel Read(ModelInput input, TRecipe recipe);
}
