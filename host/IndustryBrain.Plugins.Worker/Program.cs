using IndustryBrain.Plugins.Worker;

var (input, output) = StandardPipes.Take();
var conversation = new Conversation(input, output);
conversation.Run();
await conversation.StopAsync();
Native.Exit(0);
