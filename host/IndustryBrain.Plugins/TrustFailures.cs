using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins;

/// <summary>The codes of integrity and trust: IB1170–IB1189.</summary>
internal static class TrustFailures
{
    private static readonly LocalizedText FetchAgain = new("请从原处重新取得该包；若仍如此，请联系供应商。", "Get the package again from where it came; if that does not help, ask its vendor.");
    private static readonly LocalizedText SignAgain = new("请用 brain sign 重新签名。", "Sign it again with brain sign.");

    public static Failure SignatureNotReadable(string entry) =>
        new("IB1170", new("签名文件无法读取或不完整。", "A file of the signature cannot be read or lacks its other half.")) { Where = entry, Action = SignAgain };

    public static Failure FileChanged(string entry) =>
        new("IB1171", new($"文件 {entry} 已损坏或被改动。", $"The file {entry} is damaged or was changed.")) { Where = entry, Action = FetchAgain };

    public static Failure FileNotSigned(string entry) =>
        new("IB1172", new($"文件 {entry} 不在签名之内，或签名所列的文件缺失。", $"The file {entry} is not covered by the signature, or is missing though it is.")) { Where = entry, Action = FetchAgain };

    public static Failure Repacked() =>
        new("IB1173", new("签名之后，该包被重新打包过。", "The package was packed anew after it was signed.")) { Action = FetchAgain };

    public static Failure SignatureWrong(string entry) =>
        new("IB1174", new("签名与内容不符。", "The signature does not fit what it signs.")) { Where = entry, Action = FetchAgain };

    public static Failure OtherIdentity(string entry, string signed, string found) =>
        new("IB1175", new($"{entry} 说的是 {signed}，包却是 {found}。", $"{entry} speaks of {signed}, but the package is {found}.")) { Where = entry, Action = FetchAgain };

    public static Failure KeyRevoked(string keyId, LocalizedText reason) =>
        new("IB1176", new($"签名密钥 {keyId} 已吊销（{reason.Zh}）。", $"The signing key {keyId} is revoked ({reason.En}).")) { Where = keyId, Action = new("请向供应商索取以新密钥签名的版本。", "Ask the vendor for a version that is signed with a new key.") };

    public static Failure KeyUnknown(string keyId) =>
        new("IB1177", new($"没有登记签名密钥 {keyId}。", $"The signing key {keyId} is not known here.")) { Where = keyId, Action = new("若信任该供应商，请把其公钥放入信任文件夹。", "If you trust the vendor, put its public key into the trust folder.") };

    public static Failure SignatureMissing(string role) =>
        new("IB1178", new($"缺少所要求的签名：{role}。", $"A signature that is asked for is missing: {role}.")) { Where = role };

    public static Failure NuGetSignatureWrong(string reason) =>
        new("IB1179", new($"NuGet 签名无效（{reason}）。", $"The NuGet signature is not valid ({reason}).")) { Where = ".signature.p7s", Action = FetchAgain };

    public static Failure AlreadySigned(string entry) =>
        new("IB1180", new($"该包已有 {entry}，再加签名会使其失效。", $"The package has {entry} already, which another signature would break.")) { Where = entry, Action = new("请对未签名的包签名；NuGet 签名须最后进行。", "Sign the package as it was packed; the NuGet signature comes last.") };

    public static Failure KeyNotReadable(string path) =>
        new("IB1181", new($"「{path}」不是可用的 ECDSA P-256 密钥，或口令不对。", $"“{path}” is no usable ECDSA P-256 key, or the password is wrong.")) { Where = path };

    public static Failure KeyExists(string path) =>
        new("IB1182", new($"「{path}」已存在，不会覆盖。", $"“{path}” exists already and is not overwritten.")) { Where = path, Action = new("请换一个名称，或用 brain keys rotate。", "Choose another name, or use brain keys rotate.") };

    public static Failure KeyOpenToOthers(string path) =>
        new("IB1183", new($"私钥「{path}」可被他人读取，不予使用。", $"The private key “{path}” can be read by others and is not used.")) { Where = path, Action = new("请执行 chmod 600；若可能已泄露，请吊销。", "Run chmod 600; revoke the key if it may have leaked.") };

    public static Failure StatementInvalid(string path) =>
        new("IB1184", new($"「{path}」不是有效的声明，或签名者无权作此声明。", $"“{path}” is no valid statement, or its signer may not make it.")) { Where = path };

    public static Failure NameConfusing(string name, string known) =>
        new("IB1185", new($"名称「{name}」与已知的「{known}」容易混淆。", $"The name “{name}” is easily taken for “{known}”, which is known here.")) { Where = name, Action = new("若确认无误，请把插件的 id 加入 Plugins:AcceptedNames。", "If you are sure, add the plugin's id to Plugins:AcceptedNames.") };

    public static Failure ZipAmbiguous(string entry, string zh, string en) =>
        new("IB1186", new($"包的 ZIP 结构含糊：{zh}。", $"The ZIP structure of the package is ambiguous: {en}.")) { Where = entry, Action = new("请用 brain pack 重新打包。", "Pack it again with brain pack.") };

    public static Failure Encrypted(string entry) =>
        new("IB1187", new("包内有加密文件。", "The package holds an encrypted file.")) { Where = entry };

    public static Failure OtherArchitecture(string entry, string found, string needed) =>
        new("IB1188", new($"{entry} 为 {found} 编译，本机为 {needed}。", $"{entry} is built for {found}; this machine is {needed}.")) { Where = entry, Action = new("请取得适合本机的包。", "Get the package for this machine.") };

    public static Failure TrustFolderNotReadable(string path) =>
        new("IB1189", new($"无法读取「{path}」。", $"“{path}” cannot be read.")) { Where = path };
}
