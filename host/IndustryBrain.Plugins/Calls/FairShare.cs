namespace IndustryBrain.Plugins.Calls;

/// <summary>How many places one organization may hold of those that all share: three of four. Whatever one does, there is room for another.</summary>
internal static class FairShare
{
    public static int Of(int places) => places - (places / 4);
}
