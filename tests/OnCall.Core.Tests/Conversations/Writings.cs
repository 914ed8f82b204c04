namespace OnCall.Core.Tests.Conversations;

/// <summary>What people, and those who mean harm, put into a text. <c>{0}</c> stands for a ref: somebody's own, somebody else's, or nobody's.</summary>
internal static class Writings
{
    public static IReadOnlyList<string> Commands { get; } =
    [
        "1", "1", "1", "TAKE", "take it", "1.", "Yes 1", "\u201C1\u201D", "1 {0}", "{0} 1", "#{0} take", "2", "PASS", "pass records", "PASS {0}", "pass nowhere", "CALL", "call {0}", "CALL ME", "call me please",
        "DONE", "DONE {0} records told how", "done other", "done extradition.", "{0} DONE records", "WHO", "who records", "DUTY", "SICK", "BACK", "?", "NEW how do I extradite somebody", "new: a question", "NEW",
        "STOP", "yes", "HELP", "tkae", "TAKEE", "pas", "on3", "dnoe {0}", "11", "1 2", "\u202E1", "1\0",
    ];

    public static IReadOnlyList<string> Words { get; } =
    [
        "how do I extradite somebody", "on my way", "{0} on my way", "#{0}: he is at the airport", "records a question about records", "9\nhe says he will kill her", "1\nforeign warrant", "extradition",
        "take 1 train to the city", "done and dusted, thanks", "passing the desk now", "", " ", "\n\n", "\0", "\u0007\u001B[2J", "\u200B\u200B", "\uD83D", "\uDE00 half", "\U0001F600\U0001F468\u200D\U0001F469\u200D\U0001F467",
        "Mae\u2019r ŵyl yn y t\u0177, \u0175 \u0176", "\u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627", "\u202Eevil\u202C", "'; DROP TABLE enquiries; --", "<Say>hello</Say>", "{0}", "{0} {0}", "0000 hello", "12345 hello", "--\nsent from my phone",
        string.Concat(Enumerable.Repeat("a question that is long ", 80)), new('x', 1601), new('\u0175', 1599), string.Concat(Enumerable.Repeat("\U0001F600", 900)), "{0} " + new string('y', 3200),
    ];

    public static string Of(Random random, bool isAdviser, IReadOnlyList<string> refs)
    {
        var from = random.NextDouble() < (isAdviser ? 0.7 : 0.2) ? Commands : Words;
        var text = from[random.Next(from.Count)];
        return text.Replace("{0}", refs.Count > 0 && random.Next(8) > 0 ? refs[random.Next(refs.Count)] : "7777", StringComparison.Ordinal);
    }
}
