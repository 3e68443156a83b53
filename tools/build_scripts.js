/* Bundle the modules into the files that browsers get: `make scripts`.
 *
 * They are checked in, so that whoever runs the map needs Python alone. A test compares them
 * with their sources.
 */

import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** @type {{ entry: string, output: string, format: "iife" | "esm" }[]} */
const BUNDLES = [
  {
    entry: "serving/streamlit_shell/scripts/map_frame.js",
    output: "serving/streamlit_shell/assets/storymap.js",
    format: "iife", // the frame loads plain scripts, one after another
  },
  {
    entry: "serving/streamlit_shell/scripts/page_component.js",
    output: "stories/view/assets/page.bundle.js",
    format: "esm", // Streamlit imports it
  },
  {
    entry: "serving/publish/scripts/site.js",
    output: "serving/publish/assets/site.js",
    format: "iife",
  },
  {
    entry: "serving/publish/scripts/map_page.js",
    output: "serving/publish/assets/site_map.js",
    format: "iife",
  },
];

/**
 * What the bundles should hold.
 * @returns {Promise<{ path: string, text: string }[]>}
 */
export async function bundles() {
  return Promise.all(
    BUNDLES.map(async ({ entry, output, format }) => {
      const { outputFiles } = await build({
        absWorkingDir: ROOT,
        entryPoints: [entry],
        banner: { js: `/* Built from ${entry} by \`make scripts\`; not to be edited. */` },
        bundle: true,
        charset: "utf8",
        format,
        loader: { ".css": "text", ".html": "text" },
        minify: true,
        target: "es2022",
        write: false,
      });
      return { path: ROOT + output, text: outputFiles[0].text };
    }),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { path, text } of await bundles()) await writeFile(path, text);
}
