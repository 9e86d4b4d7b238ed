namespace IndustryBrain.Plugins.Audit;

/// <summary>Members of .NET that a rule is about, by type. What only names, compares or describes is left out.</summary>
internal static class WatchedApis
{
    private static readonly Dictionary<string, Watched> Types = Build();

    /// <summary>True when a rule may be about a type.</summary>
    public static bool IsWatched(string type) => Types.ContainsKey(type);

    /// <summary>The rule that a member of a type falls under, or null.</summary>
    /// <param name="type">Full name; nested types after <c>+</c>.</param>
    /// <param name="member">Name of the member; null when the type itself is taken, as by <c>typeof</c>.</param>
    /// <param name="parameters">Number of its parameters.</param>
    /// <param name="firstIsString">True when the first of them is a string.</param>
    public static AuditRule? Find(string type, string? member, int parameters, bool firstIsString)
    {
        if (!Types.TryGetValue(type, out var watched))
        {
            return null;
        }

        if (member is null)
        {
            return watched.IsWhole ? watched.Rule : null;
        }

        foreach (var (name, rule, given) in watched.Members)
        {
            if ((name == member || (name[name.Length - 1] == '*' && string.CompareOrdinal(member, 0, name, 0, name.Length - 1) == 0))
                && (given == Given.Anything || (given == Given.Nothing ? parameters == 0 : firstIsString)))
            {
                return rule;
            }
        }

        return watched.IsWhole ? watched.Rule : null;
    }

    private static Dictionary<string, Watched> Build()
    {
        var types = new Dictionary<string, Watched>(StringComparer.Ordinal);

        Whole(AuditRules.NativePointer, "System.Runtime.InteropServices.NativeLibrary");
        Members("System.Runtime.InteropServices.Marshal", (AuditRules.NativePointer, ["GetDelegateForFunctionPointer", "GetFunctionPointerForDelegate", "Prelink", "PrelinkAll", "GetExportedFunction", "BindToMoniker", "GetObjectForIUnknown", "GetTypedObjectForIUnknown"]),
            (AuditRules.UnsafeMemory, ["Alloc*", "Free*", "ReAlloc*", "Read*", "Write*", "Copy", "PtrTo*", "StructureToPtr", "DestroyStructure", "StringTo*", "SecureStringTo*", "UnsafeAddrOfPinnedArrayElement", "GetIUnknownForObject"]));
        Whole(AuditRules.UnsafeMemory, "System.Runtime.CompilerServices.Unsafe", "System.Runtime.InteropServices.NativeMemory");
        Members("System.Runtime.InteropServices.GCHandle", (AuditRules.UnsafeMemory, ["AddrOfPinnedObject", "FromIntPtr", "ToIntPtr"]));
        Members("System.Runtime.InteropServices.MemoryMarshal", (AuditRules.UnsafeMemory, ["CreateSpan", "CreateReadOnlySpan", "CreateReadOnlySpanFromNullTerminated"]));

        Whole(AuditRules.ReflectionEmit, [.. new[] { "AssemblyBuilder", "PersistedAssemblyBuilder", "ModuleBuilder", "TypeBuilder", "EnumBuilder", "MethodBuilder", "ConstructorBuilder", "DynamicMethod", "DynamicILInfo", "ILGenerator" }.Select(name => "System.Reflection.Emit." + name)]);

        Members("System.Diagnostics.Process", (AuditRules.ProcessUse, [".ctor", "Start", "Kill", "CloseMainWindow", "EnterDebugMode", "GetProcess*", "set_*"]));
        Whole(AuditRules.ProcessUse, "System.Diagnostics.ProcessStartInfo");

        Whole(AuditRules.DirectFile, "System.IO.File", "System.IO.Directory", "System.IO.FileInfo", "System.IO.DirectoryInfo", "System.IO.FileSystemInfo", "System.IO.DriveInfo", "System.IO.FileSystemWatcher", "System.IO.RandomAccess",
            "System.IO.MemoryMappedFiles.MemoryMappedFile", "System.IO.Compression.ZipFile", "System.IO.Compression.ZipFileExtensions", "System.Formats.Tar.TarFile", "System.IO.IsolatedStorage.IsolatedStorageFile", "System.IO.IsolatedStorage.IsolatedStorageFileStream",
            "System.IO.Enumeration.FileSystemEnumerator`1", "System.IO.Enumeration.FileSystemEnumerable`1", "Microsoft.VisualBasic.FileIO.FileSystem");
        Members("System.IO.FileStream", (AuditRules.DirectFile, [".ctor"]));
        Members("System.IO.Path", (AuditRules.DirectFile, ["GetTempFileName", "Exists"]));

        Whole(AuditRules.DirectNetwork, "System.Net.Sockets.Socket", "System.Net.Sockets.TcpClient", "System.Net.Sockets.TcpListener", "System.Net.Sockets.UdpClient", "System.Net.Dns", "System.Net.HttpListener", "System.Net.WebClient",
            "System.Net.NetworkInformation.Ping", "System.Net.NetworkInformation.NetworkInterface", "System.Net.NetworkInformation.IPGlobalProperties", "System.Net.Mail.SmtpClient", "System.Net.WebSockets.ClientWebSocket",
            "System.Net.Quic.QuicConnection", "System.Net.Quic.QuicListener", "System.IO.Pipes.NamedPipeClientStream", "System.IO.Pipes.NamedPipeServerStream", "System.IO.Pipes.AnonymousPipeClientStream", "System.IO.Pipes.AnonymousPipeServerStream",
            "System.IO.Ports.SerialPort");
        Members("System.Net.WebRequest", (AuditRules.DirectNetwork, ["Create*", "GetResponse*", "GetRequestStream*"]));
        Members("System.Net.Http.HttpClientHandler", (AuditRules.DirectNetwork, [".ctor"]));
        Members("System.Net.Http.SocketsHttpHandler", (AuditRules.DirectNetwork, [".ctor"]));
        Members("System.Net.Http.WinHttpHandler", (AuditRules.DirectNetwork, [".ctor"]));
        // With a handler it is only as free as that handler.
        types["System.Net.Http.HttpClient"] = new(null, [(".ctor", AuditRules.DirectNetwork, Given.Nothing)]);
        // A path, where others take a stream or a reader.
        ByText(AuditRules.DirectFile, ".ctor", "System.IO.StreamReader", "System.IO.StreamWriter", "System.Xml.XmlTextReader", "System.Xml.XmlTextWriter");
        ByText(AuditRules.DirectFile, "Create", "System.Xml.XmlReader", "System.Xml.XmlWriter");
        ByText(AuditRules.DirectFile, "Load", "System.Xml.Linq.XDocument", "System.Xml.Linq.XElement", "System.Xml.XmlDocument");

        Whole(AuditRules.RegistryUse, "Microsoft.Win32.Registry", "Microsoft.Win32.RegistryKey");

        Members("System.Reflection.Assembly", (AuditRules.AssemblyLoading, ["Load*", "UnsafeLoadFrom", "ReflectionOnlyLoad*", "LoadModule"]), (AuditRules.CallByName, ["GetType", "CreateInstance"]));
        Members("System.Runtime.Loader.AssemblyLoadContext", (AuditRules.AssemblyLoading, [".ctor", "Load*", "SetProfileOptimizationRoot", "StartProfileOptimization", "add_Resolving", "add_ResolvingUnmanagedDll", "Unload", "EnterContextualReflection"]));
        Members("System.Runtime.Loader.AssemblyDependencyResolver", (AuditRules.AssemblyLoading, [".ctor"]));
        Members("System.AppDomain", (AuditRules.AssemblyLoading, ["Load", "ExecuteAssembly*", "CreateInstance*", "add_AssemblyResolve", "add_TypeResolve", "add_ResourceResolve"]), (AuditRules.ReachesIntoProcess, ["SetData", "add_ProcessExit", "add_UnhandledException", "add_FirstChanceException"]));
        types["System.Activator"] = new(null, [("CreateInstanceFrom", AuditRules.AssemblyLoading, Given.Anything), ("CreateComInstanceFrom", AuditRules.AssemblyLoading, Given.Anything), ("CreateInstance", AuditRules.CallByName, Given.Text)]);

        Members("System.Environment", (AuditRules.ReachesIntoProcess, ["Exit", "FailFast", "SetEnvironmentVariable", "set_CurrentDirectory", "set_ExitCode"]), (AuditRules.EnvironmentRead, ["GetEnvironmentVariable*", "GetCommandLineArgs", "get_CommandLine", "ExpandEnvironmentVariables"]));
        Members("System.AppContext", (AuditRules.ReachesIntoProcess, ["SetSwitch", "SetData"]));
        Members("System.Console", (AuditRules.ReachesIntoProcess, ["SetOut", "SetError", "SetIn", "add_CancelKeyPress", "OpenStandard*"]));
        Members("System.Threading.ThreadPool", (AuditRules.ReachesIntoProcess, ["SetMinThreads", "SetMaxThreads"]), (AuditRules.OwnThreads, ["QueueUserWorkItem", "RegisterWaitForSingleObject", "Unsafe*"]));
        // A task is awaited; these are not.
        Members("System.Threading.Thread", (AuditRules.OwnThreads, [".ctor", "Start", "UnsafeStart"]));
        Members("System.ComponentModel.BackgroundWorker", (AuditRules.OwnThreads, [".ctor", "RunWorkerAsync"]));
        Members("System.Globalization.CultureInfo", (AuditRules.ReachesIntoProcess, ["set_DefaultThreadCurrentCulture", "set_DefaultThreadCurrentUICulture"]));

        Members("System.Reflection.MethodBase", (AuditRules.CallByName, ["Invoke"]));
        Members("System.Reflection.MethodInfo", (AuditRules.CallByName, ["Invoke", "CreateDelegate"]));
        Members("System.Reflection.MethodInvoker", (AuditRules.CallByName, ["Invoke*"]));
        Members("System.Reflection.ConstructorInvoker", (AuditRules.CallByName, ["Invoke*"]));
        Members("System.Delegate", (AuditRules.CallByName, ["CreateDelegate"]));
        // Without a name GetType is that of an object.
        types["System.Type"] = new(null, [("GetType", AuditRules.CallByName, Given.Text), .. new[] { "InvokeMember", "GetTypeFromProgID", "GetTypeFromCLSID" }.Select(name => (name, AuditRules.CallByName, Given.Anything))]);
        return types;

        void Whole(AuditRule rule, params string[] names)
        {
            foreach (var name in names)
            {
                types[name] = new(rule, []);
            }
        }

        void Members(string type, params (AuditRule Rule, string[] Names)[] groups) =>
            types[type] = new(null, [.. groups.SelectMany(group => group.Names.Select(name => (name, group.Rule, Given.Anything)))]);

        void ByText(AuditRule rule, string name, params string[] names)
        {
            foreach (var type in names)
            {
                types[type] = new(null, [(name, rule, Given.Text)]);
            }
        }
    }

    private enum Given
    {
        Anything,
        Nothing,

        /// <summary>A text comes first.</summary>
        Text,
    }

    private sealed record Watched(AuditRule? Rule, (string Name, AuditRule Rule, Given Given)[] Members)
    {
        public bool IsWhole => Rule is not null;
    }
}
