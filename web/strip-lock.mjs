// Takes the registry's addresses out of package-lock.json; versions and checksums stay. (npm's own switch for
// this also drops the packages of other platforms.) Run it after every change of dependencies: `npm run lock`.
import { readFileSync, writeFileSync } from "node:fs";

const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
for (const entry of Object.values(lock.packages)) delete entry.resolved;
writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);
