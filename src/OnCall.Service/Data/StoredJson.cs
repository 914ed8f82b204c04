using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Serialization.SystemTextJson;
using OnCall.Core;
using OnCall.Core.People;

namespace OnCall.Service.Data;

/// <summary>How Core's values are written into <c>jsonb</c>. What is stored must be readable by the version before and after.</summary>
internal static class StoredJson
{
    public static JsonSerializerOptions Options { get; } = Build();

    private static JsonSerializerOptions Build()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            // jsonb returns keys in an order of its own, the type's among them.
            AllowOutOfOrderMetadataProperties = true,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Converters = { new PhoneNumbers(), new ValueLists(), new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        };
        return options.ConfigureForNodaTime(DateTimeZoneProviders.Tzdb);
    }

    private sealed class PhoneNumbers : JsonConverter<PhoneNumber>
    {
        public override PhoneNumber Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => PhoneNumber.Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, PhoneNumber value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }

    private sealed class ValueLists : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(ValueList<>);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(OfItems<>).MakeGenericType(typeToConvert.GenericTypeArguments))!;
    }

    private sealed class OfItems<T> : JsonConverter<ValueList<T>>
    {
        public override ValueList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<T[]>(ref reader, options)!.ToValueList();

        public override void Write(Utf8JsonWriter writer, ValueList<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize<IEnumerable<T>>(writer, value, options);
    }
}
