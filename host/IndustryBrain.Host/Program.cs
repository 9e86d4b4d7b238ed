using IndustryBrain.Host.Startup;

return await HostProgram.RunAsync(args);
