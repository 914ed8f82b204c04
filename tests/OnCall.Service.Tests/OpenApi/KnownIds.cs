using System.Text.Json.Nodes;

namespace OnCall.Service.Tests.OpenApi;

/// <summary>The book of the examples, and what things in it and beside it are called.</summary>
internal static class KnownIds
{
    /// <summary>The id of an API key by which nobody asks.</summary>
    public static readonly Guid Key = Guid.Parse("3f2b8c1d-0000-4000-8000-000000000001");

    /// <summary>What stands for a parameter of a path, so that it is there.</summary>
    public static string Of(string path, string parameter, Random random) => parameter switch
    {
        "oid" => "court",
        "aid" => "leave-1",
        "revision" => "1",
        "number" => "%2B442079460101",
        "key" => KnownEnquiries.Any(random),
        _ => path.Split('/')[3] switch
        {
            "advisers" => random.Next(2) == 0 ? "a.khan" : "b.jones",
            "policies" => "standard",
            "lines" => "%2B442079460101",
            "keys" => Key.ToString(),
            _ => "extradition",
        },
    };

    public static JsonObject Book(Schemas schemas)
    {
        JsonNode Example(string name) => schemas.ExampleOf(name)!.DeepClone();
        var second = Example("Adviser");
        (second["id"], second["phone"]) = ("b.jones", "+447700900102");
        return new JsonObject
        {
            ["timeZone"] = "Europe/London",
            ["advisers"] = new JsonArray(Example("Adviser"), second),
            ["coordinators"] = new JsonArray(Example("Coordinator")),
            ["desks"] = new JsonArray(Example("Desk")),
            ["rotas"] = new JsonArray(Example("Rota")),
            ["absences"] = new JsonArray(Example("Absence")),
            ["policies"] = new JsonArray(Example("Policy")),
            ["lines"] = new JsonArray(Example("Line")),
            ["forces"] = new JsonArray(Example("Force")),
            ["blocked"] = new JsonArray(Example("Blocked")),
        };
    }
}
