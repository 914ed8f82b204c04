using OnCall.Simulator;

namespace OnCall.Testing;

/// <summary>What advisers, and officers who are called back, do with a call. Times in seconds from the first ring.</summary>
public static class Scripts
{
    /// <summary>Picks up, and presses 1 a second after being told to.</summary>
    public static Callee Takes(double after = 4) => Presses(after, "1");

    /// <summary>Picks up, and presses 2 a second after being told to.</summary>
    public static Callee Passes(double after = 4) => Presses(after, "2");

    public static Callee Presses(double after, string key) =>
        Callee.Answers(TimeSpan.FromSeconds(after)).ThenPressesOnHearing("Press 1", key, TimeSpan.FromSeconds(1));

    /// <summary>Picks up, hears all of it, and presses nothing.</summary>
    public static Callee Listens(double after = 4) => Callee.Answers(TimeSpan.FromSeconds(after));

    /// <summary>A voicemail that answers and then records for two minutes.</summary>
    public static Callee Voicemail(double after = 4) => Callee.Voicemail(TimeSpan.FromSeconds(after), TimeSpan.FromSeconds(5));
}
