namespace OnCall.Core.People;

/// <summary>A language that the service speaks and writes; in documents <c>en</c> and <c>cy</c>.</summary>
public enum Language
{
    English,
    Welsh,
}
