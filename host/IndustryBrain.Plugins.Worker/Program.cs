using IndustryBrain.Plugins.Worker;

var (input, output) = StandardPipes.Take();
Native.PrepareEnd();
var conversation = new Conversation(input, output);
if (args is ["--rehearse"])
{
    await Rehearsal.RunAsync(conversation);
}

conversation.Run();
await conversation.StopAsync();
Native.Exit(0);
