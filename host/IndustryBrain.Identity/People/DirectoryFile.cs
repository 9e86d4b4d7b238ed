using System.Text.Json;
using IndustryBrain.Storage;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Identity.People;

/// <summary>The persons of a file.</summary>
internal sealed class DirectoryFile : IPersonDirectory
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        PropertyNameCaseInsensitive = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly Dictionary<(string Organization, string Id), Person> _persons = [];
    private readonly Dictionary<(string Organization, string Key), Person> _byKey = [];

    private DirectoryFile(Dictionary<string, Entry[]> organizations)
    {
        foreach (var (organization, entries) in organizations)
        {
            foreach (var entry in entries)
            {
                var person = new Person(entry.Id, entry.Name, entry.Roles ?? []);
                if (entry.Id.Length == 0 || !_persons.TryAdd((organization, entry.Id), person))
                    throw new JsonException($"“{entry.Id}” of {organization} is empty or stands twice");
                foreach (var key in entry.Keys ?? [])
                {
                    if (!_byKey.TryAdd((organization, key), person))
                        throw new JsonException($"{key} of {organization} stands twice");
                }
            }
        }
    }

    /// <exception cref="OptionsValidationException">The file cannot be read.</exception>
    public static DirectoryFile Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return new(JsonSerializer.Deserialize<Dictionary<string, Entry[]>>(file, Strict) ?? throw new JsonException("null is no directory"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new OptionsValidationException(nameof(DirectoryOptions), typeof(DirectoryOptions), [$"{DirectoryOptions.Section}:{nameof(DirectoryOptions.File)} ({path}): {e.Message}"]);
        }
    }

    public ValueTask<Person?> FindAsync(string organization, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return ValueTask.FromResult(actor.Kind switch
        {
            ActorKind.Person => _persons.GetValueOrDefault((organization, actor.Id)),
            ActorKind.Key => _byKey.GetValueOrDefault((organization, actor.Id)),
            _ => null,
        });
    }

    public ValueTask<Person?> FindAsync(string organization, string id, CancellationToken cancellationToken) => ValueTask.FromResult(_persons.GetValueOrDefault((organization, id)));

    private sealed record Entry(string Id, string Name, string[]? Roles = null, string[]? Keys = null);
}
