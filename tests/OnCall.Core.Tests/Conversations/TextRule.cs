namespace OnCall.Core.Tests.Conversations;

/// <summary>What must hold, whoever writes whatever.</summary>
internal enum TextRule
{
    NothingThrows,

    /// <summary>Calls and texts go to whom the book names, and to officers about their own enquiries.</summary>
    NothingGoesToAStranger,

    /// <summary>Words reach the adviser who has the enquiry, and its officer; nobody else.</summary>
    OnlyWhoHasItReads,

    /// <summary>What is written is kept, and passed on whole as soon as somebody has the enquiry; or the sender is told why not.</summary>
    NothingIsLost,

    /// <summary>A text that comes twice does nothing the second time.</summary>
    NothingCountsTwice,
}
