using System.Text.Json;

namespace OnCall.Service.Duty;

/// <summary>Lists refuse a filter that they do not know: left out in silence it would show everything, as if that were what was asked for.</summary>
internal static class KnownFilters
{
    /// <typeparam name="T">Whose properties that can be set are the filters.</typeparam>
    public static RouteHandlerBuilder WithFiltersOf<T>(this RouteHandlerBuilder list)
    {
        string[] known = [.. typeof(T).GetProperties().Where(property => property.CanWrite).Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name))];
        return list.AddEndpointFilter((context, next) =>
        {
            var others = context.HttpContext.Request.Query.Keys.Except(known, StringComparer.OrdinalIgnoreCase).ToList();
            return others.Count == 0
                ? next(context)
                : ValueTask.FromResult<object?>(TypedResults.ValidationProblem(others.ToDictionary(name => name, name => new[] { $"{name} is no filter that is known here; they are {string.Join(", ", known)}." })));
        });
    }
}
