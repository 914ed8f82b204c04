using System.Text.Json.Nodes;

namespace OnCall.Service.Tests.OpenApi;

/// <summary>The book of the examples, and what things in it are called.</summary>
internal static class KnownIds
{
    /// <summary>What stands for a parameter of a path, so that it is there.</summary>
    public static string Of(string path, string parameter) => parameter switch
    {
        "oid" => "court",
        "aid" => "leave-1",
        "revision" => "1",
        "number" => "%2B442079460101",
        "key" => "4821",
        _ => path.Split('/')[3] switch
        {
            "advisers" => "a.khan",
            "policies" => "standard",
            "lines" => "%2B442079460101",
            "keys" => "00000000-0000-0000-0000-000000000000",
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
