using System.Security.Cryptography;
using System.Text;
using OnCall.Core;
using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using OnCall.Service.Access;

namespace OnCall.Service.Rotas;

/// <summary>A kind of thing that the API reads and writes one by one, in the shape of the rota document.</summary>
/// <param name="Section">Of the document, and of the address.</param>
/// <param name="Singular">As sentences name it.</param>
/// <param name="Key">Where its name stands.</param>
/// <param name="Writers">The role that may change it.</param>
/// <param name="All">Every one that a book has, in its order.</param>
/// <param name="Without">The book without one.</param>
internal sealed record Resource(
    string Section,
    string Singular,
    string Key,
    string Writers,
    Func<BookContent, IEnumerable<(string Id, DraftNode.Map Item)>> All,
    Func<BookContent, string, BookContent> Without)
{
    public static readonly IReadOnlyList<Resource> Kinds =
    [
        new(
            "advisers", "adviser", "id", Roles.Coordinator,
            content => content.Advisers.Select(adviser => (adviser.Id, RotaWriter.Write(adviser, content.Zone))),
            (content, id) => content with { Advisers = content.Advisers.Where(adviser => adviser.Id != id).ToValueList() }),
        new(
            "rotas", "rota", "id", Roles.Coordinator,
            content => content.Rotas.Select(rota => (rota.Id, RotaWriter.Write(rota))),
            (content, id) => content with { Rotas = content.Rotas.Where(rota => rota.Id != id).ToValueList() }),
        new(
            "desks", "desk", "id", Roles.Administrator,
            content => content.Desks.Select(desk => (desk.Id, RotaWriter.Write(desk))),
            (content, id) => content with { Desks = content.Desks.Where(desk => desk.Id != id).ToValueList() }),
        new(
            "policies", "policy", "id", Roles.Administrator,
            content => content.Policies.Select(policy => (policy.Id, RotaWriter.Write(policy))),
            (content, id) => content with { Policies = content.Policies.Where(policy => policy.Id != id).ToValueList() }),
        new(
            "lines", "line", "number", Roles.Administrator,
            content => content.Lines.Select(line => (line.Number.Value, RotaWriter.Write(line))),
            (content, id) => content with { Lines = content.Lines.Where(line => line.Number.Value != id).ToValueList() }),
    ];

    public DraftNode.Map? Find(BookContent content, string id) => All(content).FirstOrDefault(one => one.Id == id).Item;

    public static string Json(DraftNode item) => RotaDocument.Write(item, DocumentForm.Json);

    /// <summary>Changes with what is said of the thing, and with nothing else: another's change disturbs nobody.</summary>
    public static string TagOf(DraftNode item) => TagOf(Json(item));

    public static string TagOf(string json) => $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)))[..20]}\"";
}
