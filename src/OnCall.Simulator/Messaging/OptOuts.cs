namespace OnCall.Simulator.Messaging;

/// <summary>Who does not want texts from whom. The words and replies of long codes: https://help.twilio.com/articles/223134027. That the Messaging address is asked as well is assumed (check 40).</summary>
internal sealed class OptOuts
{
    private static readonly string[] Stop = ["STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL"];
    private static readonly string[] Start = ["START", "UNSTOP", "YES"];
    private static readonly string[] Help = ["HELP", "INFO"];
    private readonly HashSet<(string Phone, string Sender)> blocked = [];

    public bool Blocks(string phone, string sender) => blocked.Contains((phone, sender));

    /// <summary>Notes a text that is wholly such a word, and says what Twilio itself replies; null if nothing.</summary>
    public string? Note(string phone, string sender, string body)
    {
        var word = body.Trim().ToUpperInvariant();
        if (Stop.Contains(word, StringComparer.Ordinal))
        {
            return blocked.Add((phone, sender)) ? "You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe." : null;
        }

        if (Start.Contains(word, StringComparer.Ordinal))
        {
            return blocked.Remove((phone, sender)) ? "You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe." : null;
        }

        return Help.Contains(word, StringComparer.Ordinal) ? "Reply STOP to unsubscribe. Msg&Data Rates May Apply." : null;
    }
}
