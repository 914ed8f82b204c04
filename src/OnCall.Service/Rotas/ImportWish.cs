using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using OnCall.Service.Ops;
using OnCall.Service.Rotas.Shifts;

namespace OnCall.Service.Rotas;

/// <summary>What the command line is to import.</summary>
internal sealed record ImportWish(FileInfo[] Files, ShiftWish Shifts)
{
    public bool Prune => Shifts.Prune;

    /// <summary>What a request says of it beside the document itself.</summary>
    public string Query => Shifts.Rota is { } rota
        ? $"rota={Uri.EscapeDataString(rota)}&layer={Uri.EscapeDataString(Shifts.Layer ?? Path.GetFileNameWithoutExtension(Files[0].Name))}"
        : $"prune={(Prune ? "true" : "false")}";

    public string ContentType => ShiftFile.FormOf(Files[0].Name) is { } shifts ? ShiftFile.TypeOf(shifts) : RotaDocument.TypeOf(RotaDocument.FormOf(Files[0].Name));

    /// <exception cref="OperatorException">The words do not go together.</exception>
    public ImportWish Checked()
    {
        if (Shifts.Rota is null && Array.Find(Files, file => ShiftFile.FormOf(file.Name) is not null) is { } shifts)
        {
            throw new OperatorException($"{shifts.Name} holds dated shifts: say with --rota ID whose they are.");
        }

        if (Shifts.Rota is null && Shifts.Layer is not null)
        {
            throw new OperatorException("--layer goes with --rota.");
        }

        if (Shifts.Rota is not null)
        {
            ShiftImport.Check(Files, Shifts);
        }

        return this;
    }

    /// <exception cref="OperatorException">A file is not there, or is no document.</exception>
    public async Task<Func<BookContent, IReadOnlyList<Draft>>> DraftsAsync(CancellationToken stop)
    {
        if (Shifts.Rota is not null)
        {
            return (await ShiftImport.ReadAsync(Files[0], Shifts, stop)).Drafts;
        }

        var drafts = await ReadAsync(Files, stop);
        return _ => drafts;
    }

    /// <summary>The one file as it is, for a service elsewhere, which reads it itself.</summary>
    /// <exception cref="OperatorException">There are several: a request is one document, all of it or nothing.</exception>
    public async Task<byte[]> BytesAsync(CancellationToken stop) => Files is [var file]
        ? await DocumentFile.ReadAsync(file, bytes => bytes.ToArray(), stop)
        : throw new OperatorException("With --url give one FILE: it is published as a whole or not at all. Put the documents together, or import them one after the other.");

    /// <exception cref="OperatorException">A file is not there, or is no document.</exception>
    public static async Task<IReadOnlyList<Draft>> ReadAsync(FileInfo[] files, CancellationToken stop)
    {
        var drafts = new List<Draft>();
        foreach (var file in files)
        {
            drafts.Add(await DocumentFile.ReadAsync(file, bytes => RotaDocument.Read(bytes, RotaDocument.FormOf(file.Name), file.Name), stop));
        }

        return drafts;
    }
}
