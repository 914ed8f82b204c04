using OnCall.Core.People;

namespace OnCall.Core;

/// <summary>Words that are to be heard, with the language whose voice says them.</summary>
public sealed record Spoken(string Text, Language Language);
