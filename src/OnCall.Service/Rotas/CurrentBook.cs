using OnCall.Core.People;
using OnCall.Core.Rotas;

namespace OnCall.Service.Rotas;

/// <summary>The book in force, in memory: immutable, swapped whole. Last good wins.</summary>
internal sealed class CurrentBook
{
    private RotaBook _book = RotaBook.Empty;

    /// <summary>Another book is here.</summary>
    public event EventHandler? Changed;

    public RotaBook Book => Volatile.Read(ref _book);

    /// <summary>Whether a number is an adviser's or a coordinator's.</summary>
    public bool IsOurs(PhoneNumber number) => Book.IsOurs(number);

    /// <summary>Takes a book that was published, unless what is here counts further: of two that are published one after the other, the first may be offered last.</summary>
    public void Offer(RotaBook book)
    {
        var here = Book;
        while (book.Revision > here.Revision && !Replace(here, book))
        {
            here = Book;
        }
    }

    /// <summary>Takes what the database has in force, whatever its number, in the place of the book that was here before the database was asked.</summary>
    /// <returns>False = another one has come meanwhile, and stays.</returns>
    public bool Replace(RotaBook before, RotaBook book)
    {
        if (!ReferenceEquals(Interlocked.CompareExchange(ref _book, book, before), before))
        {
            return false;
        }

        Changed?.Invoke(this, EventArgs.Empty);
        return true;
    }
}
