using IndustryBrain.Plugins;
using IndustryBrain.Runtime.Files;
using IndustryBrain.Runtime.Http;
using IndustryBrain.Runtime.Plugins;
using IndustryBrain.Runtime.Runs.Nodes;
using IndustryBrain.Runtime.Runs.Recording;
using IndustryBrain.Runtime.Tasks;
using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Runs.Execution;

/// <summary>What an executing run uses of the host.</summary>
internal sealed record RunServices(RunStore Store, RunInbox Inbox, RunChanges Changes, ChildAdmission Children, PluginHost Plugins, PluginNode PluginCalls, FileStore Files, ValueBlobs Blobs, SentRequests Requests, SharedThrottles Throttles, TaskStore Tasks, RunOptions Options, TimeProvider Time);
