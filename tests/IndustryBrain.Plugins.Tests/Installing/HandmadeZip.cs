using System.Text;

namespace IndustryBrain.Plugins.Tests.Installing;

/// <summary>A zip file written field by field, so that each field can lie.</summary>
internal sealed class HandmadeZip
{
    private readonly List<Entry> _entries = [];

    /// <summary>Bytes before the first entry, behind the last, and behind the end.</summary>
    public byte[] Before { get; init; } = [];

    public byte[] Between { get; init; } = [];

    public byte[] After { get; init; } = [];

    public ushort? Count { get; init; }

    public ushort Disk { get; init; }

    public sealed record Entry(string Name, byte[] Content)
    {
        public string? HeaderName { get; init; }

        public ushort Flags { get; init; } = 0x0800;

        public ushort? HeaderFlags { get; init; }

        public ushort Method { get; init; }

        public uint? Crc { get; init; }

        public uint? Size { get; init; }

        public uint? HeaderSize { get; init; }

        public uint? Offset { get; init; }

        public byte[] Extra { get; init; } = [];

        /// <summary>Unix mode and attributes, as they stand in the directory.</summary>
        public uint Attributes { get; init; }

        /// <summary>Checksum and sizes follow the data; the size that they say there.</summary>
        public uint? FollowingSize { get; init; }
    }

    /// <summary>A package with a manifest and its assembly, and these entries.</summary>
    public static HandmadeZip Package(params Entry[] entries) => Filled(new HandmadeZip(), entries);

    public static HandmadeZip Filled(HandmadeZip zip, params Entry[] entries)
    {
        zip._entries.Add(new("plugin.json", Encoding.UTF8.GetBytes(Packages.Manifest)));
        zip._entries.Add(new("plugin/net10.0/Acme.Probe.dll", [1]));
        zip._entries.AddRange(entries);
        return zip;
    }

    public MemoryStream Write()
    {
        var (file, directory) = (new MemoryStream(), new MemoryStream());
        using var writer = new BinaryWriter(file, Encoding.UTF8, leaveOpen: true);
        using var index = new BinaryWriter(directory, Encoding.UTF8, leaveOpen: true);
        writer.Write(Before);
        foreach (var entry in _entries)
        {
            WriteEntry(writer, index, entry);
        }

        writer.Write(Between);
        var start = (uint)file.Position;
        writer.Write(directory.ToArray());
        Fields(writer, 0x06054b50u, Disk, Disk, Count ?? (ushort)_entries.Count, Count ?? (ushort)_entries.Count, (uint)directory.Length, start, (ushort)0);
        writer.Write(After);
        file.Position = 0;
        return file;
    }

    private static void WriteEntry(BinaryWriter writer, BinaryWriter index, Entry entry)
    {
        var offset = (uint)writer.BaseStream.Position;
        var (crc, size, packed) = (entry.Crc ?? Plugins.Installing.Crc32.Append(0, entry.Content), entry.Size ?? (uint)entry.Content.Length, (uint)entry.Content.Length);
        var (name, headerName) = (Encoding.UTF8.GetBytes(entry.Name), Encoding.UTF8.GetBytes(entry.HeaderName ?? entry.Name));
        var follows = entry.FollowingSize is not null;
        Fields(writer, 0x04034b50u, (ushort)20, entry.HeaderFlags ?? entry.Flags, entry.Method, 0x00210000u, follows ? 0 : crc, follows ? 0 : packed, follows ? 0 : entry.HeaderSize ?? size, (ushort)headerName.Length, (ushort)entry.Extra.Length);
        writer.Write(headerName);
        writer.Write(entry.Extra);
        writer.Write(entry.Content);
        if (entry.FollowingSize is { } following)
        {
            Fields(writer, 0x08074b50u, crc, packed, following);
        }

        Fields(index, 0x02014b50u, (ushort)20, (ushort)20, entry.Flags, entry.Method, 0x00210000u, crc, packed, size, (ushort)name.Length, (ushort)entry.Extra.Length, (ushort)0, (ushort)0, (ushort)0, entry.Attributes, entry.Offset ?? offset);
        index.Write(name);
        index.Write(entry.Extra);
    }

    private static void Fields(BinaryWriter writer, params object[] fields)
    {
        foreach (var field in fields)
        {
            if (field is ushort half)
            {
                writer.Write(half);
            }
            else
            {
                writer.Write((uint)field);
            }
        }
    }
}
