import { build } from "esbuild";
import { readdirSync } from "node:fs";

const test = process.argv.includes("--test");
const common = { bundle: true, format: "esm", target: "es2022", logLevel: "warning", legalComments: "none" };

if (test) {
  const tests = readdirSync("src").filter((file) => file.endsWith(".test.ts")).map((file) => `src/${file}`);
  await build({ ...common, entryPoints: tests, outdir: "dist-test", outExtension: { ".js": ".mjs" }, platform: "node", packages: "external" });
} else {
  await build({ ...common, entryPoints: ["src/boot.ts", "src/shell.ts", "src/charts.ts", "src/passkeys.ts"], outdir: "../wwwroot/dist", minify: true });
}
