using OnCall.Core.People;
using OnCall.Core.Rotas;

namespace OnCall.Service.Rotas;

/// <summary>The book in force, in memory: immutable, swapped whole. Last good wins: an older one never takes the place of a newer one.</summary>
internal sealed class CurrentBook
{
    private RotaBook _book = RotaBook.Empty;

    /// <summary>A newer book is here.</summary>
    public event EventHandler? Changed;

    public RotaBook Book => Volatile.Read(ref _book);

    /// <summary>Whether a number is an adviser's or a coordinator's.</summary>
    public bool IsOurs(PhoneNumber number) => Book.IsOurs(number);

    /// <summary>Takes a book if it is newer than what is here.</summary>
    public void Offer(RotaBook book)
    {
        var here = Book;
        while (book.Revision > here.Revision)
        {
            var found = Interlocked.CompareExchange(ref _book, book, here);
            if (ReferenceEquals(found, here))
            {
                Changed?.Invoke(this, EventArgs.Empty);
                return;
            }

            here = found;
        }
    }
}
