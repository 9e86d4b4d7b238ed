using IndustryBrain.Plugins.Worker;

var (input, output) = StandardPipes.Take();
new Conversation(input, output).Run();
Native.Exit(0);
