import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import { test } from "node:test";
import { bundles } from "../../tools/build_scripts.js";

for (const { path, text } of await bundles()) {
  const name = relative(process.cwd(), path);
  test(`${name} is what its sources give (else: make scripts)`, async () => {
    const stored = await readFile(path, "utf8");
    assert.ok(stored === text, `${name} is not what its sources give; run make scripts`);
  });
}
