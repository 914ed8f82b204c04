using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using OnCall.Service.Rotas;
using Shouldly;

namespace OnCall.Service.Tests.Rotas;

/// <summary>The sample document of the ICCC, as the program carries it.</summary>
internal static class Sample
{
    public static byte[] Bytes()
    {
        using var resource = typeof(RotaDocument).Assembly.GetManifestResourceStream("iccc.yaml")!;
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }

    public static RotaCheckResult Check() => RotaCheck.Check([RotaDocument.Read(Bytes(), DocumentForm.Yaml)], BookContent.Empty, prune: false);

    public static BookContent Content() => Check().Content.ShouldNotBeNull();
}
