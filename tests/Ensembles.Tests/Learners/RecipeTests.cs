using System.Reflection;
using Ensembles.AdaBoost;
using Ensembles.Bagging;
using Ensembles.Learners;
using Ensembles.MetaEnsembles;
using Ensembles.RandomForests;
using Ensembles.Trees;

namespace Ensembles.Tests.Learners;

public class RecipeTests
{
    private static readonly Learner[] Recipes =
    [
        new DecisionTreeClassifier(), new DecisionTreeRegressor(), new PrunedTreeClassifier(), new PrunedTreeRegressor(),
        new BaggingClassifier(new DecisionTreeClassifier()), new BaggingRegressor(new DecisionTreeRegressor()),
        new RandomForestClassifier(), new RandomForestRegressor(), new ExtraTreesClassifier(), new ExtraTreesRegressor(),
        new AdaBoostClassifier(), new AdaBoostRegressor(),
        new VotingClassifier(new DecisionTreeClassifier()), new VotingRegressor(new DecisionTreeRegressor()),
        new StackingClassifier(new DecisionTreeClassifier(), new DecisionTreeClassifier()),
        new StackingRegressor(new DecisionTreeRegressor(), new DecisionTreeRegressor()),
    ];

    public static TheoryData<Learner, PropertyInfo> Choices => Properties(property => property.PropertyType.IsEnum);

    public static TheoryData<Learner, PropertyInfo> Members => Properties(property => property.PropertyType.IsAssignableTo(typeof(Learner)));

    [Theory]
    [MemberData(nameof(Choices), DisableDiscoveryEnumeration = true)]
    public void A_number_that_is_no_member_of_an_enum_is_refused(Learner recipe, PropertyInfo property) =>
        Setting(recipe, property, Enum.ToObject(property.PropertyType, 99))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName(property.Name).WithMessage($"{property.Name} must be one of *");

    [Theory]
    [MemberData(nameof(Members), DisableDiscoveryEnumeration = true)]
    public void A_recipe_within_a_recipe_must_be_given(Learner recipe, PropertyInfo property) =>
        Setting(recipe, property, null).Should().Throw<ArgumentNullException>();

    private static Action Setting(Learner recipe, PropertyInfo property, object? value)
    {
        Learner copy = recipe with { };
        return () => property.SetMethod!.Invoke(copy, BindingFlags.DoNotWrapExceptions, null, [value], null);
    }

    private static TheoryData<Learner, PropertyInfo> Properties(Func<PropertyInfo, bool> wanted)
    {
        var data = new TheoryData<Learner, PropertyInfo>();
        foreach (Learner recipe in Recipes)
        {
            foreach (PropertyInfo property in recipe.GetType().GetProperties().Where(p => p.SetMethod is not null && wanted(p)))
            {
                data.Add(recipe, property);
            }
        }

        return data;
    }
}
