namespace IndustryBrain.Web.Shell;

/// <summary>One place above the current page.</summary>
/// <param name="Title">Its name, in the language of the person.</param>
/// <param name="Href">Its address.</param>
public sealed record Crumb(string Title, string Href);
