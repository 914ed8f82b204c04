using OnCall.Core.People;

namespace OnCall.Core.Rotas;

/// <summary>A telephone number that officers call or text, with a greeting and a menu.</summary>
/// <param name="Number">The number that is called.</param>
/// <param name="Sms">The number that texts use, where <paramref name="Number"/> cannot text; null = the same.</param>
/// <param name="Menu">May be empty: then every call goes to <paramref name="Default"/> without a question.</param>
/// <param name="Default">The desk of those who press no key, or whose text names no desk.</param>
/// <param name="Language">Of its greeting and its menu; and of all that is said and texted to officers whose force names no other.</param>
public sealed record Line(
    PhoneNumber Number, PhoneNumber? Sms, string Name, string Greeting, ValueList<MenuEntry> Menu, string Default, Language Language)
{
    /// <summary>The number from which this line's texts are sent.</summary>
    public PhoneNumber TextNumber => Sms ?? Number;
}

/// <summary>One key of a line's menu.</summary>
/// <param name="Key">One digit.</param>
/// <param name="Say">What is said of it: "for … press KEY".</param>
/// <param name="Policy">The policy that takes the place of the desk's; null = the desk's.</param>
public sealed record MenuEntry(string Key, string Desk, string Say, Priority Priority, string? Policy);
