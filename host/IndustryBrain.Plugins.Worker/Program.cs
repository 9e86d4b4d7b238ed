using IndustryBrain.Plugins.Worker;

var (input, output) = StandardPipes.Take();
Native.PrepareEnd();
var conversation = new Conversation(input, output);
if (args is ["--rehearse"])
{
    await Rehearsal.RunAsync(conversation);
}

await conversation.RunAsync();
await conversation.StopAsync();
Native.Exit(0);
