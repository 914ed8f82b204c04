namespace OnCall.Core.Tests.Rotas.Documents;

/// <summary>A rota document, JSON, in which every key stands that there is.</summary>
internal static class EveryKey
{
    public const string Document = """
        {
          "timeZone": "Europe/London",
          "advisers": [
            { "id": "a.khan", "name": "Ash", "phone": "+447700900101", "sms": null, "email": "a@example.org", "languages": ["en", "cy"], "from": "2026-01-01", "until": "2027-03-31" },
            { "id": "b", "name": "B", "phone": "+442079460102", "sms": "+447700900102" }
          ],
          "coordinators": [{ "id": "p", "name": "P", "phone": "+447700900150", "desks": ["d"] }],
          "desks": [{ "id": "d", "name": "Desk", "policy": "p" }],
          "rotas": [{ "id": "r", "name": "R", "timeZone": "Europe/Dublin", "cover": 2,
            "layers": [
              { "name": "turns", "from": "2026-02-01", "until": "2026-09-01T12:30", "only": [{ "days": ["Sun", "Mon"], "from": "18:00", "to": "08:00" }],
                "rotation": { "start": "2026-01-05T09:00", "turn": "PT12H30M", "advisers": ["a.khan", "b"] } },
              { "name": "pattern", "pattern": { "start": "2026-01-05", "shifts": { "N": "19:00-07:00", "D": "07:00-19:00" }, "cycle": ["D", "N", "off"],
                "teams": [{ "advisers": ["b"], "offset": -4 }] } },
              { "name": "list", "shifts": [{ "start": "2026-12-25T09:00", "end": "2026-12-26", "adviser": "b" }] }
            ],
            "overrides": [
              { "id": "17", "start": "2026-11-03T18:00", "end": "2026-11-04T09:00", "adviser": "b", "replaces": "a.khan", "reason": "court" },
              { "start": "2026-11-03T18:00", "end": "2026-11-04T09:00", "adviser": "b", "adds": true },
              { "start": "2026-11-03T18:00", "end": "2026-11-04T09:00", "adviser": "b" }
            ] }],
          "absences": [{ "id": "x", "adviser": "b", "start": "2026-08-01", "through": "2026-08-14", "reason": "leave" }, { "adviser": "b", "start": "2026-10-25T01:30Z" }],
          "policies": [{ "id": "p", "steps": [{ "notify": ["rota:r", "adviser:b", "force-contact"], "ring": "PT20S", "wait": "PT1H1M1S" }], "rounds": 3, "then": "voicemail", "chase": ["PT1M"] }],
          "lines": [{ "number": "+442079460101", "sms": "+447700900300", "name": "L", "greeting": "Hello.", "language": "cy", "default": "d",
            "menu": [{ "key": "1", "desk": "d", "say": "one", "priority": "urgent", "policy": "p" }, { "key": "2", "desk": "d", "say": "two" }] }],
          "forces": [{ "id": "essex", "name": "Essex Police", "nation": "england", "region": "eastern", "numbers": ["+441632960*", "+441134960000"], "contact": "rota:r", "shared": ["+441632960000"], "language": "cy" },
            { "id": "kent", "language": "en" }, { "id": "surrey" }],
          "topics": ["extradition", "other"],
          "blocked": [{ "number": "+447700900666", "until": "2027-01-01T00:00", "reason": "calls" }]
        }
        """;
}
