using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using OnCall.Core.Escalation;
using OnCall.Core.Tests.Escalation;
using OnCall.Service.Data;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Escalation;

/// <summary>
/// What lies in <c>enquiries.document</c> and <c>outbox.effect</c>, checked in: a change of the stored shape is seen in review, since the version before must read what this one writes, and
/// this one what lies there. What differs is written beside the file, as <c>NAME.received.json</c> in the output folder.
/// </summary>
public sealed class StoredStateTests
{
    private static readonly JsonSerializerOptions Indented = new(StoredJson.Options) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void Enquiries_InEverySituation_AreStoredAsCheckedIn() =>
        Compare("stored-enquiries", Situations.All.ToDictionary(pair => pair.Key, pair => pair.Value().Enquiry));

    [Fact]
    public void Effects_OfEveryKind_AreStoredAsCheckedIn()
    {
        typeof(Effect).GetNestedTypes(BindingFlags.Public).Where(kind => kind.IsSubclassOf(typeof(Effect))).Except(Effects.Select(effect => effect.GetType()))
            .ShouldBeEmpty("an effect is not in the snapshot");
        Compare("stored-effects", Effects.ToDictionary(effect => effect.GetType().Name));
    }

    [Fact]
    public void Enquiries_OfANewerVersion_AreReadAsThisOneKnowsThem()
    {
        foreach (var (name, situation) in Situations.All)
        {
            var enquiry = situation().Enquiry;
            var document = JsonNode.Parse(JsonSerializer.Serialize(enquiry, StoredJson.Options))!;
            AddToEveryObject(document);

            var read = JsonSerializer.Deserialize<Enquiry>(document.ToJsonString(), StoredJson.Options)!;

            (read with { OfNewer = null }).ShouldBe(enquiry, name);
            JsonSerializer.Serialize(read with { Attempts = 7 }, StoredJson.Options).ShouldContain(""" "ofTomorrow":{"is":"news"} """.Trim(), Case.Sensitive, name);
        }
    }

    [Fact]
    public void Effects_OfANewerVersion_AreReadAsThisOneKnowsThem()
    {
        foreach (var effect in Effects)
        {
            var document = JsonNode.Parse(JsonSerializer.Serialize<Effect>(effect, StoredJson.Options))!;
            AddToEveryObject(document);

            JsonSerializer.Deserialize<Effect>(document.ToJsonString(), StoredJson.Options).ShouldBe(effect);
        }
    }

    /// <summary>What a newer version may have stored: one more key wherever there are keys.</summary>
    internal static void AddToEveryObject(JsonNode? node)
    {
        foreach (var inner in node is JsonObject known ? known.Select(pair => pair.Value).ToList() : node is JsonArray items ? [.. items] : [])
        {
            AddToEveryObject(inner);
        }

        if (node is JsonObject one)
        {
            one["ofTomorrow"] = new JsonObject { ["is"] = "news" };
        }
    }

    private static Effect[] Effects =>
    [
        new Effect.PlaceCall("3f2b8c1d000040008000000000004821-1", DeskBook.Phone("ash"), DeskBook.Line, Duration.FromSeconds(25)),
        new Effect.CallBack(DeskBook.Officer, DeskBook.Line),
        new Effect.MoveOfficer("CAofficer"),
        new Effect.MoveAdviser("CA1ash", "3f2b8c1d000040008000000000004821-1"),
        new Effect.HangUp("CA1ash"),
        new Effect.LookAfter("CA1ash", "3f2b8c1d000040008000000000004821-1"),
        new Effect.KeepMessage("REmessage"),
        new Effect.FindMessage("CAofficer"),
        new Effect.SendText(DeskBook.Phone("ash"), DeskBook.TextLine, "4821 is yours.", "ash"),
        new Effect.PageByText("3f2b8c1d000040008000000000004821-1", DeskBook.Phone("ash"), DeskBook.TextLine, "4821, reply 1 to take it, 2 to pass.", "ash"),
        new Effect.Relay("SMfirst", DeskBook.Officer, DeskBook.TextLine, "", 1, 1, null),
    ];

    private static void Compare<T>(string name, Dictionary<string, T> now)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Escalation", $"{name}.json");
        var written = JsonSerializer.Serialize(now, Indented) + "\n";
        var checkedIn = File.Exists(file) ? File.ReadAllText(file) : "{}";
        if (written != checkedIn)
        {
            File.WriteAllText(Path.ChangeExtension(file, ".received.json"), written);
        }

        var read = JsonSerializer.Deserialize<Dictionary<string, T>>(checkedIn, StoredJson.Options)!;
        read.Keys.ShouldBe(now.Keys, "the situations are not those of the file");
        foreach (var (key, value) in now)
        {
            read[key].ShouldBe(value, $"{key}: what is stored is read otherwise than it was meant");
        }

        written.ShouldBe(checkedIn, $"what is stored has changed its shape; see {name}.received.json in the output folder");
    }
}
