namespace OnCall.Core.Rotas;

/// <summary>How urgent an enquiry is; urgent ones are called out first.</summary>
public enum Priority
{
    Routine,
    Urgent,
}
