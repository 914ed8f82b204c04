using NodaTime;
using NodaTime.Extensions;
using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using OnCall.Service.Audit;
using OnCall.Service.Ops;

namespace OnCall.Service.Rotas.Shifts;

/// <summary>Dated shifts on their way into one layer of one rota, by the command line or by the API. They are published like any rota document.</summary>
internal sealed record ShiftImport(ShiftList List, string Rota, string Layer)
{
    /// <summary>The layer of shifts that came without a name.</summary>
    private const string Nameless = "imported";

    /// <summary>The rota as it is in force, with these shifts in it.</summary>
    public IReadOnlyList<Draft> Drafts(BookContent content) => [ShiftDraft.Of(List, Rota, Layer, content)];

    /// <exception cref="OperatorException">It is not one file of shifts, or something does not go with it.</exception>
    public static void Check(FileInfo[] files, ShiftWish wish)
    {
        if (files is not [var file] || ShiftFile.FormOf(file.Name) is null)
        {
            throw new OperatorException("--rota takes one file of dated shifts, .csv or .ics.");
        }

        if (wish.Prune)
        {
            throw new OperatorException("--prune does not go with --rota: the file's shifts take the place of the layer's in any case.");
        }
    }

    /// <param name="file">As it was checked.</param>
    /// <exception cref="OperatorException">It cannot be read.</exception>
    public static async Task<ShiftImport> ReadAsync(FileInfo file, ShiftWish wish, CancellationToken stop)
    {
        var form = ShiftFile.FormOf(file.Name)!.Value;
        var now = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
        var list = await DocumentFile.ReadAsync(file, bytes => ShiftFile.Read(bytes, form, file.Name, now), stop);
        return new ShiftImport(list, wish.Rota!, wish.Layer ?? Path.GetFileNameWithoutExtension(file.Name));
    }

    /// <summary><c>POST /import?rota=ID&amp;layer=NAME</c> with <c>text/csv</c> or <c>text/calendar</c>.</summary>
    /// <param name="isSeen">Whether the sender knows the book that is in force.</param>
    public static async Task<IResult> ImportAsync(HttpContext http, ShiftForm form, BookStore store, TimeProvider time, ShiftWish wish, Func<RotaBook, bool> isSeen, CancellationToken stop)
    {
        if (string.IsNullOrEmpty(wish.Rota) || wish.Prune)
        {
            return TypedResults.ValidationProblem(new Dictionary<string, string[]>
            {
                [wish.Prune ? "prune" : "rota"] = [wish.Prune ? "prune does not go with shifts: they take the place of the layer's in any case." : "rota is missing; name the rota whose shifts these are."],
            });
        }

        try
        {
            var bytes = await DocumentFile.BytesAsync(http.Request.Body, stop);
            var shifts = new ShiftImport(ShiftFile.Read(bytes, form, source: null, time.GetCurrentInstant()), wish.Rota, wish.Layer ?? Nameless);
            return DocumentEndpoints.Imported(http, await store.PublishAsync(shifts.Drafts, prune: false, wish.DryRun, Origin.Of(http), stop, isSeen));
        }
        catch (UnreadableDocumentException e)
        {
            return DocumentEndpoints.Unreadable(e);
        }
    }
}
