namespace OnCall.Core.Messages;

/// <summary>What an adviser's text asks for. A ref stands before or after the command, or is left out.</summary>
public abstract record Reply
{
    private Reply()
    {
    }

    /// <summary>Takes what was offered: <c>1</c> or <c>TAKE</c>.</summary>
    public sealed record Take(string? Ref = null) : Reply;

    /// <summary>Does not take what was offered, or hands over what the adviser has: <c>2</c>, <c>PASS</c>, <c>PASS desk</c>.</summary>
    /// <param name="Desk">The desk as it was written; null = none.</param>
    public sealed record Pass(string? Ref = null, string? Desk = null) : Reply;

    /// <summary>Rings the adviser, and then the officer: <c>CALL</c>.</summary>
    public sealed record Call(string? Ref = null) : Reply;

    /// <summary>Who is on duty: <c>WHO</c>, <c>WHO desk</c>.</summary>
    /// <param name="Desk">The desk as it was written; null = all.</param>
    public sealed record Who(string? Desk = null) : Reply;

    /// <summary>The adviser's next duties: <c>DUTY</c>.</summary>
    public sealed record Duty : Reply;

    /// <summary>Off duty until this duty ends: <c>SICK</c>.</summary>
    public sealed record Sick : Reply;

    /// <summary>Undoes <see cref="Sick"/>: <c>BACK</c>.</summary>
    public sealed record Back : Reply;

    /// <summary>What can be written: <c>?</c>.</summary>
    public sealed record Help : Reply;

    /// <summary>The adviser needs advice: <c>NEW …</c>.</summary>
    public sealed record Ask(string Text) : Reply;

    /// <summary>Closes an enquiry: <c>DONE ref topic note</c>.</summary>
    /// <param name="Ref">Null = left out.</param>
    /// <param name="Rest">The words behind it.</param>
    public sealed record Done(string? Ref, string Rest) : Reply
    {
        /// <summary>The first word as the topic, where it is one of <paramref name="topics"/>, and what follows as the note; else all of it as a note under <c>other</c>.</summary>
        public (string Topic, string? Note) Filed(IEnumerable<string> topics)
        {
            var (first, rest) = ReplyReader.Split(Rest);
            var topic = topics.FirstOrDefault(known => known.Equals(first.TrimEnd('.', ',', ':', ';'), StringComparison.OrdinalIgnoreCase));
            var note = topic is null ? Rest : rest;
            return (topic ?? "other", note.Length > 0 ? note : null);
        }
    }

    /// <summary>Words for the officer.</summary>
    /// <param name="Ref">With which they begin; null = with none.</param>
    public sealed record Words(string? Ref, string Text) : Reply
    {
        /// <summary>What is asked, if they begin with <c>new</c> in any case: so a sentence may begin, too, and it counts only where nobody waits for the words. Null = they do not.</summary>
        public string? Question => ReplyReader.Split(Text) is (var first, { Length: > 0 } rest) && first.Equals("new", StringComparison.OrdinalIgnoreCase) ? rest : null;
    }

    /// <summary>What the carriers have words of their own for: nobody answers but they.</summary>
    public sealed record Carriers : Reply;
}
