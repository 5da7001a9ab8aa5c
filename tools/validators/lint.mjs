// GeoJSON linters of the npm registry: a line a file, tab-separated: path, problems of check-geojson, of geojsonhint.
// Run in a folder where both are installed; called by tools/validators/check.py with the files.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import path from "node:path";

const installed = createRequire(pathToFileURL(path.join(process.cwd(), "package.json")));
const { getIssues } = installed("@placemarkio/check-geojson");
const { hint } = installed("@mapbox/geojsonhint");

for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, "utf8");
  const problems = [getIssues(text), hint(text, { precisionWarning: true })];
  console.log([file, ...problems.map((found) => JSON.stringify(found.slice(0, 3)))].join("\t"));
}
