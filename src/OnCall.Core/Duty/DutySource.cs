using System.Globalization;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty;

/// <summary>What puts an adviser on duty: a layer, or an override.</summary>
public abstract record DutySource
{
    private DutySource()
    {
    }

    /// <summary>The form for programs: <c>layer:nights</c>, <c>override:17</c>.</summary>
    public abstract string Key { get; }

    public sealed record FromLayer(string Name) : DutySource
    {
        public override string Key => $"layer:{Name}";

        public override string ToString() => $"layer {Name}";
    }

    /// <param name="Position">The override's place in the rota's list, from 1; its name where it has no id.</param>
    public sealed record FromOverride(int Position, Override Override) : DutySource
    {
        public override string Key => $"override:{Name}";

        /// <summary><c>override 17 by b.jones instead of a.khan for court</c>.</summary>
        public string Sentence => $"override {Name} by {Override.Adviser}{Manner}{(Override.Reason is { } why ? $" for {why}" : "")}";

        private string Name => Override.Id ?? Position.ToString(CultureInfo.InvariantCulture);

        private string Manner => Override.Effect switch
        {
            OverrideEffect.InPlaceOf replaced => $" instead of {replaced.Adviser}",
            OverrideEffect.Adds => " as well",
            _ => " alone",
        };

        public override string ToString() =>
            $"override {Name} by {Override.Adviser}{(Override.Effect is OverrideEffect.InPlaceOf of ? $" in place of {of.Adviser}" : "")}{(Override.Reason is { } why ? $" ({why})" : "")}";
    }
}
