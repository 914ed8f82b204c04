using OnCall.Core.People;

namespace OnCall.Core.Tests.Conversations;

/// <summary>A text that came in.</summary>
/// <param name="Message">Twilio's name of it.</param>
/// <param name="Line">The line's number for calls.</param>
internal sealed record ArrivedText(string Message, PhoneNumber From, PhoneNumber Line, string Body);
