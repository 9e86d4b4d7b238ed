// Makes the links and execute bits that a package cannot carry, so that an account that may only read the folder can start the server.
// usage: node complete-postgres.mjs FOLDER      FOLDER has bin/, lib/ and pg-symlinks.json
import { chmodSync, existsSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const folder = process.argv[2];
const place = name => join(folder, name.slice("native/".length));
for (const { source, target } of JSON.parse(readFileSync(join(folder, "pg-symlinks.json"), "utf8")))
  if (existsSync(place(source)) && !existsSync(place(target)))
    symlinkSync(relative(dirname(place(target)), place(source)), place(target));
for (const program of readdirSync(join(folder, "bin")))
  chmodSync(join(folder, "bin", program), 0o755);
