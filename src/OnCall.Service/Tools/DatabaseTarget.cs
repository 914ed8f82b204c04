using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using OnCall.Core.Rotas;
using OnCall.Service.Access;
using OnCall.Service.Audit;
using OnCall.Service.Data;
using OnCall.Service.Duty;
using OnCall.Service.Escalation;
using OnCall.Service.Ops;
using OnCall.Service.Rotas;

namespace OnCall.Service.Tools;

/// <summary>OnCall by this node's database, without a running service.</summary>
internal sealed class DatabaseTarget(string[] settings) : ITarget
{
    private readonly IHost _host = Rooms.BuildTool(settings);

    private BookStore Books => _host.Services.GetRequiredService<BookStore>();

    private KeyStore Keys => _host.Services.GetRequiredService<KeyStore>();

    public Task<RotaBook> BookAsync(CancellationToken stop) => Books.LoadAsync(stop);

    public async Task<RotaBook> BookAsync(Instant at, CancellationToken stop) => await Books.LoadInForceAsync(at, stop) ?? await BookAsync(stop);

    public async Task<ImportOutcome> ImportAsync(ImportWish wish, bool dryRun, CancellationToken stop)
    {
        var drafts = await wish.DraftsAsync(stop);
        return ImportOutcome.Of(await Books.PublishAsync(drafts, wish.Prune, dryRun, Origin.CommandLine, stop));
    }

    public async Task<RevisionsAnswer> RevisionsAsync(int limit, CancellationToken stop) =>
        RevisionsAnswer.Of(await Books.ListAsync(long.MaxValue, limit + 1, stop), limit, seesAll: true);

    public async Task<ImportOutcome> RestoreAsync(long revision, bool dryRun, CancellationToken stop)
    {
        var row = await Books.FindAsync(revision, stop)
            ?? throw new OperatorException(string.Create(CultureInfo.InvariantCulture, $"There is no revision {revision}; `oncall revisions` lists them."));
        return ImportOutcome.Of(await Books.PublishAsync([RotaDocument.ReadStored(row.Document)], prune: true, dryRun, Origin.CommandLine, stop));
    }

    public async Task<WarningsAnswer> WarningsAsync(CancellationToken stop) =>
        WarningsAnswer.Of(await _host.Services.GetRequiredService<BookFindings>().OfAsync(await BookAsync(stop), stop));

    public async Task<EnquiryView> EnquiryAsync(string reference, CancellationToken stop)
    {
        var book = await BookAsync(stop);
        await using var db = await _host.Services.GetRequiredService<IDbContextFactory<OnCallDb>>().CreateDbContextAsync(stop);
        var enquiry = await EnquiryEndpoints.FindAsync(db, reference, stop) ?? throw new OperatorException($"No enquiry has the ref {reference}.");
        await new EnquiryReadings(_host.Services.GetRequiredService<AuditLog>(), _host.Services.GetRequiredService<TimeProvider>())
            .NoteAsync(Origin.CommandLine, [enquiry], query: null, stop);
        return (await EnquiryEndpoints.ViewsAsync(db, [enquiry], book, seesAll: true, stop))[0];
    }

    public async Task<KeysAnswer> KeysAsync(CancellationToken stop) => new([.. (await Keys.ListAsync(stop)).Select(KeyAnswer.Of)], Next: null);

    public async Task<KeyAnswer> CreateKeyAsync(NewKey wish, CancellationToken stop)
    {
        var key = new KeyWish(wish.Name!, wish.Role!) { Desks = wish.Desks, Expiry = wish.Expiry is { } expires ? AskedTime.Parse(expires) : null };
        if (key.WrongDesks(await BookAsync(stop)) is { } wrong)
        {
            throw new OperatorException($"--desk: {wrong}");
        }

        var (row, secret) = await Keys.CreateAsync(key, Origin.CommandLine, stop)
            ?? throw new OperatorException($"A key is called {wish.Name} already; delete it first, or choose another name.");
        return KeyAnswer.Of(row) with { Secret = secret };
    }

    public async Task<KeyAnswer> RenewKeyAsync(Guid id, RenewedKey wish, CancellationToken stop) =>
        await Keys.RenewAsync(id, RenewalWish.Of(wish.OverlapHours, wish.Expiry is { } expires ? AskedTime.Parse(expires) : null), Origin.CommandLine, stop) switch
        {
            KeyRenewal.Done done => KeyAnswer.Of(done.Row) with { Secret = done.Secret },
            KeyRenewal.Refused refused => throw new OperatorException(refused.Why),
            _ => throw new OperatorException("The key has just been deleted; make a new one."),
        };

    public Task DeleteKeyAsync(Guid id, CancellationToken stop) => Keys.DeleteAsync(id, Origin.CommandLine, stop);

    public void Dispose() => _host.Dispose();
}
