using OnCall.Core.Rotas;

namespace OnCall.Core.Duty;

/// <summary>Why an adviser is on duty in a stretch: computed with the duty itself, never stored.</summary>
public abstract record DutyReason
{
    private DutyReason()
    {
    }

    /// <summary>The layer or override that the reason comes from.</summary>
    public abstract DutySource Source { get; }

    /// <summary>It is the adviser's turn.</summary>
    /// <param name="Number">Which turn of the rotation since its start, from 1.</param>
    /// <param name="Of">Whose turn it is.</param>
    public sealed record FromTurn(DutySource.FromLayer Layer, int Number, string Of) : DutyReason
    {
        public override DutySource Source => Layer;

        public override string ToString() => $"{Layer}, turn {Number} of {Of}";
    }

    /// <summary>The adviser's team works a shift of a pattern.</summary>
    public sealed record FromShift(DutySource.FromLayer Layer, PatternShift Shift) : DutyReason
    {
        public override DutySource Source => Layer;

        public override string ToString() => $"{Layer}, shift {Shift.Code}";
    }

    /// <summary>The adviser has a shift of a dated list.</summary>
    /// <param name="Position">The shift's place in the list, from 1.</param>
    public sealed record FromList(DutySource.FromLayer Layer, int Position) : DutyReason
    {
        public override DutySource Source => Layer;

        public override string ToString() => $"{Layer}, shift {Position} of the list";
    }

    /// <summary>An override put the adviser there.</summary>
    /// <param name="Below">Why there was a place to take; null = the override took none.</param>
    public sealed record FromOverride(DutySource.FromOverride Change, DutyReason? Below) : DutyReason
    {
        public override DutySource Source => Change;

        public override string ToString() => Below is null ? Change.Sentence : $"{Below}; {Change.Sentence}";
    }
}
