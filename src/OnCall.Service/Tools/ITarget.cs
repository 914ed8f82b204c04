using System.CommandLine;
using NodaTime;
using OnCall.Core.Rotas;
using OnCall.Service.Access;
using OnCall.Service.Duty;
using OnCall.Service.Escalation;
using OnCall.Service.Ops;
using OnCall.Service.Rotas;

namespace OnCall.Service.Tools;

/// <summary>OnCall as a command reaches it: by this node's database, or by the API of a service elsewhere. The answers are alike.</summary>
internal interface ITarget : IDisposable
{
    /// <summary>The book in force. Over the API it has revision 0, and blocked numbers only where the key may see such.</summary>
    Task<RotaBook> BookAsync(CancellationToken stop);

    /// <summary>The book that decides about an instant: of the past the one that was in force then; before the first one, and of the future, the one in force.</summary>
    Task<RotaBook> BookAsync(Instant at, CancellationToken stop);

    Task<ImportOutcome> ImportAsync(ImportWish wish, bool dryRun, CancellationToken stop);

    /// <summary>The newest first.</summary>
    Task<RevisionsAnswer> RevisionsAsync(int limit, CancellationToken stop);

    /// <exception cref="OperatorException">There is no such revision.</exception>
    Task<ImportOutcome> RestoreAsync(long revision, bool dryRun, CancellationToken stop);

    Task<WarningsAnswer> WarningsAsync(CancellationToken stop);

    /// <summary>The newest enquiry that has the ref. The reading stands in the audit.</summary>
    /// <exception cref="OperatorException">There is none.</exception>
    Task<EnquiryView> EnquiryAsync(string reference, CancellationToken stop);

    /// <summary>By name.</summary>
    Task<KeysAnswer> KeysAsync(CancellationToken stop);

    /// <returns>The key with its secret.</returns>
    /// <exception cref="OperatorException">It cannot be made so.</exception>
    Task<KeyAnswer> CreateKeyAsync(NewKey wish, CancellationToken stop);

    /// <returns>The key with its new secret.</returns>
    /// <exception cref="OperatorException">It cannot be renewed so.</exception>
    Task<KeyAnswer> RenewKeyAsync(Guid id, RenewedKey wish, CancellationToken stop);

    Task DeleteKeyAsync(Guid id, CancellationToken stop);

    /// <summary>What the words of a command mean.</summary>
    /// <exception cref="OperatorException">They name no service that can be asked.</exception>
    static ITarget Of(ParseResult words, string[] settings)
    {
        if (words.GetValue(ToolOptions.Url) is not { } url)
        {
            return new DatabaseTarget(settings);
        }

        var isAddress = Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
        if (!isAddress)
        {
            throw new OperatorException("--url takes the https address of a service (http only on this machine: the key would be read on the way).");
        }

        var key = words.GetValue(ToolOptions.Key) ?? Environment.GetEnvironmentVariable(ToolOptions.KeyVariable);
        return string.IsNullOrWhiteSpace(key)
            ? throw new OperatorException($"--url needs a key of that service: set {ToolOptions.KeyVariable}. An administrator makes one with `oncall key create`.")
            : new ServiceTarget(address!, key.Trim());
    }
}
