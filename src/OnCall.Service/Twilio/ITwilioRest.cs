using Refit;

namespace OnCall.Service.Twilio;

/// <summary>The few requests of Twilio's REST API that we make, below <c>/2010-04-01/Accounts/{AccountSid}</c>.</summary>
internal interface ITwilioRest
{
    [Post("/Calls.json")]
    Task<TwilioCall> CreateCallAsync([Body(BodySerializationMethod.UrlEncoded)] NewCall call, CancellationToken cancellationToken);

    [Post("/Calls/{sid}.json")]
    Task<TwilioCall> UpdateCallAsync(string sid, [Body(BodySerializationMethod.UrlEncoded)] CallUpdate update, CancellationToken cancellationToken);

    [Get("/Calls/{sid}.json")]
    Task<TwilioCall> FetchCallAsync(string sid, CancellationToken cancellationToken);

    [Get("/Calls.json")]
    Task<TwilioCalls> ListCallsAsync([AliasAs("To")] string to, [AliasAs("PageSize")] int pageSize, CancellationToken cancellationToken);

    [Get("/Calls.json")]
    Task<TwilioCalls> ListCallsSinceAsync([AliasAs("To")] string to, [AliasAs("StartTime>")] string day, [AliasAs("PageSize")] int pageSize, CancellationToken cancellationToken);

    [Get("/Calls.json")]
    Task<TwilioCalls> ListDialledAsync([AliasAs("ParentCallSid")] string callSid, CancellationToken cancellationToken);

    [Post("/Messages.json")]
    Task<TwilioMessage> CreateMessageAsync([Body(BodySerializationMethod.UrlEncoded)] NewText text, CancellationToken cancellationToken);

    [Get("/Messages.json")]
    Task<TwilioMessages> ListMessagesAsync([AliasAs("To")] string to, [AliasAs("From")] string from, [AliasAs("PageSize")] int pageSize, CancellationToken cancellationToken);

    [Get("/Messages.json")]
    Task<TwilioMessages> ListMessagesSinceAsync([AliasAs("To")] string to, [AliasAs("DateSent>")] string day, [AliasAs("PageSize")] int pageSize, CancellationToken cancellationToken);

    [Get("/Messages.json")]
    Task<TwilioMessages> ListMessagesFromSinceAsync([AliasAs("From")] string from, [AliasAs("DateSent>")] string day, [AliasAs("PageSize")] int pageSize, CancellationToken cancellationToken);

    /// <param name="query">Of the address of the page.</param>
    [Get("/Messages.json")]
    Task<TwilioMessages> ListMessagesPageAsync([Query] IDictionary<string, string> query, CancellationToken cancellationToken);

    [Post("/Messages/{sid}.json")]
    Task<TwilioMessage> UpdateMessageAsync(string sid, [Body(BodySerializationMethod.UrlEncoded)] TextUpdate update, CancellationToken cancellationToken);

    [Get("/IncomingPhoneNumbers.json")]
    Task<TwilioNumbersPage> ListNumbersAsync([AliasAs("PhoneNumber")] string number, CancellationToken cancellationToken);

    [Get("/IncomingPhoneNumbers.json")]
    Task<TwilioNumbersPage> LookAsync([AliasAs("PageSize")] int pageSize, CancellationToken cancellationToken);

    [Post("/IncomingPhoneNumbers/{sid}.json")]
    Task<TwilioNumber> UpdateNumberAsync(string sid, [Body(BodySerializationMethod.UrlEncoded)] NumberAddresses addresses, CancellationToken cancellationToken);

    [Get("/Recordings.json")]
    Task<TwilioRecordings> ListRecordingsAsync([AliasAs("CallSid")] string callSid, CancellationToken cancellationToken);

    [Get("/Recordings.json")]
    Task<TwilioRecordings> ListRecordingsSinceAsync([AliasAs("DateCreated>")] string day, [AliasAs("PageSize")] int pageSize, CancellationToken cancellationToken);

    [Get("/Recordings/{sid}.wav")]
    Task<HttpContent> FetchRecordingAsync(string sid, CancellationToken cancellationToken);

    [Delete("/Recordings/{sid}.json")]
    Task DeleteRecordingAsync(string sid, CancellationToken cancellationToken);
}
