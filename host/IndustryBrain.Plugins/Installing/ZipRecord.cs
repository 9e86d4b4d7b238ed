namespace IndustryBrain.Plugins.Installing;

/// <summary>One entry of a package, as its directory and its own header agree on it.</summary>
/// <param name="Name">Path inside the package.</param>
/// <param name="Flags">General purpose flags.</param>
/// <param name="Method">0 stored, 8 deflated.</param>
/// <param name="Crc">Checksum of the content.</param>
/// <param name="PackedSize">Bytes in the package.</param>
/// <param name="Size">Bytes unpacked.</param>
/// <param name="Offset">Where its header begins.</param>
internal readonly record struct ZipRecord(string Name, ushort Flags, ushort Method, uint Crc, uint PackedSize, uint Size, uint Offset);
