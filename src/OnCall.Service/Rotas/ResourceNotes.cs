using System.Net.Mime;
using OnCall.Service.OpenApi;

namespace OnCall.Service.Rotas;

/// <summary>What the description of the API says of the endpoints of a kind.</summary>
internal sealed class ResourceNotes(Resource kind)
{
    public const string Tag = "Rotas";

    private readonly string _schema = DocumentSchemas.NameOf(kind.Section);

    public ApiNote List => new($"list{kind.Section}", $"The {kind.Section}, by {kind.Key}") { Answer = new ApiContent.Page(kind.Section, _schema), HasTag = true };

    public ApiNote Get => new($"get{_schema}", $"One {kind.Singular}") { Answer = new ApiContent.Thing(_schema), HasTag = true };

    public ApiNote Put => new($"put{_schema}", $"Writes one {kind.Singular}, whole")
    {
        Details = "What is not said is as the rota document has it by default"
            + (kind.Section == "rotas" ? "; but the overrides that are stored stay where `overrides` is left out." : "."),
        Body = new ApiBody(_schema + DocumentSchemas.AtItsAddress, MediaTypeNames.Application.Json),
        Answer = new ApiContent.Thing(_schema),
        HasTag = true,
        IsConditional = true,
        MayCreate = true,
        Hides = kind.Section == "rotas" ? [] : ["effective"],
        Refusals = [412, 415, 422],
    };

    public ApiNote Patch => new($"patch{_schema}", $"Changes parts of one {kind.Singular}")
    {
        Details = "A JSON merge patch (RFC 7396): what it names takes the place of what is stored, a null takes it away, and a list is one value."
            + (kind.Section == "advisers" ? " That an adviser takes no texts is said by PUT alone." : ""),
        Body = new ApiBody(_schema + DocumentSchemas.Patch, MergePatch.MediaType),
        Answer = new ApiContent.Thing(_schema),
        HasTag = true,
        IsConditional = true,
        Hides = kind.Section == "rotas" ? [] : ["effective"],
        Refusals = [412, 415, 422],
    };

    public ApiNote Delete => new($"delete{_schema}", $"Removes one {kind.Singular}")
    {
        Details = "What is in use is not removed: 409 says by what.",
        Status = StatusCodes.Status204NoContent,
        IsConditional = true,
        Refusals = [409, 412],
    };
}
