using System.Globalization;
using OnCall.Core.People;

namespace OnCall.Soak.Book;

/// <summary>Telephone numbers from the ranges that Ofcom set aside for drama.</summary>
internal static class Numbers
{
    public static readonly PhoneNumber Switchboard = PhoneNumber.Parse("+441632960000");

    public static PhoneNumber Line(int number) => Of("+4420794601", 2, number);

    public static PhoneNumber Texts(int number) => Of("+44770090030", 1, number);

    public static PhoneNumber Coordinator(int number) => Of("+44770090005", 1, number);

    public static PhoneNumber Adviser(int number) => Of("+447700900", 3, 100 + number);

    /// <summary>A desk telephone of the listed force; 0 is its switchboard.</summary>
    public static PhoneNumber OfForce(int number) => Of("+441632960", 3, number);

    /// <summary>A mobile of no force.</summary>
    public static PhoneNumber Mobile(int number) => Of("+447700900", 3, 400 + number);

    /// <summary>A landline of no force.</summary>
    public static PhoneNumber Unknown(int number) => Of("+442079460", 3, 200 + number);

    /// <summary>A freephone number of no force, which the service may neither call nor text.</summary>
    public static PhoneNumber OutOfReach(int number) => Of("+448081570", 3, number);

    public static bool MayBeCalled(PhoneNumber number) => !number.Value.StartsWith("+44808", StringComparison.Ordinal);

    private static PhoneNumber Of(string beginning, int digits, int number) =>
        PhoneNumber.Parse(beginning + number.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0'));
}
