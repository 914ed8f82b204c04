namespace OnCall.Core.Escalation;

/// <summary>An enquiry's record as sentences, for whoever asks later who was rung, who answered, and why.</summary>
public static class Story
{
    /// <param name="adviser">What the adviser of the entry is called; null where none is concerned.</param>
    public static string Sentence(TimelineEntry entry, string? adviser)
    {
        var who = adviser ?? "Somebody";
        var sentence = entry.Event switch
        {
            "received" => entry.Method == "sms" ? "A text came in" : "A call came in",
            "desk-chosen" => "The desk was chosen",
            "page-sent" when entry.Method == "sms" => $"{who} was texted",
            "page-sent" => $"{who} was rung",
            "page-answered" => $"{who} picked up",
            "page-declined" => $"{who} passed",
            "page-expired" => $"{who} did not take it",
            "page-failed" => $"{who} could not be reached",
            "accepted" => $"{who} took it{(entry.Method == "sms" ? " by text" : "")}",
            "escalated" => "It went on",
            "bridged" => $"The officer and {adviser ?? "the adviser"} were connected",
            "message-in" => adviser is null ? "The officer wrote" : $"The officer wrote to {adviser}",
            "message-out" => $"{who} wrote to the officer",
            "passed" when entry.Method == "sms" => $"{who} handed it over",
            "callback-requested" => "The officer asked to be called back",
            "voicemail-left" => "The officer left a message",
            "abandoned" => "The officer hung up before anybody had taken it",
            "unanswered" => "Nobody took it, and the officer was told so",
            "passed" => adviser is null ? "It was passed on" : $"It was passed on to {adviser}",
            "closed" => $"{adviser ?? "It"} {(adviser is null ? "was closed" : "closed it")}",
            "note" => adviser is null ? "Note" : $"Note of {adviser}",
            _ => entry.Event,
        };
        return entry.Detail is null ? $"{sentence}." : $"{sentence}: {entry.Detail}.";
    }
}
