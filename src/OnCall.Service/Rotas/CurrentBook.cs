using OnCall.Core.People;
using OnCall.Core.Rotas;

namespace OnCall.Service.Rotas;

/// <summary>The book in force, swapped whole.</summary>
internal sealed class CurrentBook
{
    private RotaBook _book = RotaBook.Empty;

    public RotaBook Book => Volatile.Read(ref _book);

    public void Swap(RotaBook book) => Volatile.Write(ref _book, book);

    public bool IsOurs(PhoneNumber number) => Book.Content.Advisers.Any(adviser => adviser.Phone == number || adviser.Sms == number);
}
