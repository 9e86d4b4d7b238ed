namespace IndustryBrain.Web.Shell;

/// <summary>Finds things for the search (Ctrl K). Register as scoped; all registered providers are asked at once, the pages of the navigation are found without one.</summary>
public interface ISearchProvider
{
    /// <summary>What fits the text, best first, at most about ten. Called again as the person types; an empty text asks for a few useful starting points.</summary>
    Task<IReadOnlyList<SearchHit>> SearchAsync(string text, CancellationToken cancellationToken);
}
