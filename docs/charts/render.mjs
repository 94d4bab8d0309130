// Draws what the pages of docs/ save, as SVG: the specifications (*.vl.json) and trees (*.dot) of a folder.
//
//     npm install --ignore-scripts
//     node render.mjs [folder] [--check] [--png]
//
// folder   where the files lie, and the pictures go; this one if none is given
// --check  draws nothing: says whether the specifications are valid, and the pictures those of the files
// --png    makes PNG as well, with a Chromium that is installed: of light and of dark ground
//
// A specification that is not valid Vega-Lite 5 ends it with 1.

import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, writeFileSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import * as vega from "vega";
import * as vegaLite from "vega-lite";
import { instance } from "@viz-js/viz";

const require = createRequire(import.meta.url);
const options = process.argv.slice(2);
const folder = resolve(options.find(option => !option.startsWith("--")) ?? dirname(fileURLToPath(import.meta.url)));

const schema = JSON.parse(readFileSync(require.resolve("vega-lite/build/vega-lite-schema.json"), "utf8"));
const ajv = new Ajv({ allErrors: false, strict: false });
addFormats(ajv);
ajv.addFormat("color-hex", () => true);
const isValid = ajv.compile(schema);

// Vega would guess that all letters are equally wide. These are the widths of Helvetica, in thousandths of the size, from the space on; some
// room is added, for the reader may have a wider font.
const widths = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278,
  584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944,
  667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
  278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
vega.textMetrics.width = (item, text) => {
  const wide = /bold|[6-9]00/.test(String(item.fontWeight)) ? 1.25 : 1.17;
  return [...String(text ?? "")].reduce((sum, letter) => sum + (widths[letter.codePointAt(0) - 32] ?? 600), 0) * item.fontSize * wide / 1000;
};

// Text has the colour of its surroundings, and a picture in a page has none: dark or light by what the reader's system says.
const ground = "svg{color:#1f2328;background:#fff}@media(prefers-color-scheme:dark){svg{color:#e6edf3;background:#0d1117}}";

const drawn = {
  ".vl.json": async text => {
    const spec = JSON.parse(text);
    if (!isValid(spec)) {
      throw new Error(ajv.errorsText(isValid.errors));
    }

    const warnings = [];
    const note = (...words) => warnings.push(words.join(" "));
    const logger = { level: () => logger, error: note, warn: note, info: () => logger, debug: () => logger };
    const compiled = vegaLite.compile(spec, { logger }).spec;
    const view = new vega.View(vega.parse(compiled), { renderer: "none", logger });
    await view.runAsync();
    if (warnings.length > 0) {
      throw new Error(warnings.join("\n"));
    }

    return view.toSVG();
  },
  ".dot": async text => {
    const viz = await instance();
    const svg = viz.renderString(text, { format: "svg" });
    return svg.slice(svg.indexOf("<svg"))
      .replace(/<text /g, "<text fill=\"currentColor\" ")
      .replaceAll("\"black\"", "\"currentColor\"")
      .replaceAll("\"white\"", "\"none\"");
  },
};

const mark = text => `<!-- ${createHash("sha256").update(text).digest("hex").slice(0, 16)} -->`;
let bad = 0;
for (const file of readdirSync(folder).sort()) {
  const ending = Object.keys(drawn).find(end => file.endsWith(end));
  if (!ending) {
    continue;
  }

  const text = readFileSync(join(folder, file), "utf8");
  const target = join(folder, file.slice(0, -ending.length) + ".svg");
  try {
    const svg = (await drawn[ending](text)).replace(/(<svg[^>]*>)/, `$1${mark(text)}<style>${ground}</style>`).trimEnd() + "\n";
    if (options.includes("--check")) {
      if (!existsSync(target) || !readFileSync(target, "utf8").includes(mark(text))) {
        throw new Error(`${target} is not drawn from it`);
      }
    } else {
      writeFileSync(target, svg);
      if (options.includes("--png")) {
        screenshot(target, svg);
      }
    }

    console.log(`${file}: ${svg.length} characters`);
  } catch (error) {
    bad++;
    console.error(`${file}: ${error.message}`);
  }
}

process.exit(bad > 0 ? 1 : 0);

function screenshot(path, svg) {
  const sizes = ["width", "height"].map(name => svg.match(new RegExp(`<svg[^>]*?${name}="([\\d.]+)(pt)?"`)));
  const [width, height] = sizes.map(([, size, points]) => Math.ceil(size * (points ? 4 / 3 : 1)) + 16);
  const scratch = mkdtempSync(join(tmpdir(), "charts-"));
  for (const [name, dark] of [["", false], ["-dark", true]]) {
    const page = join(scratch, "page.html");
    const style = dark ? "html{background:#0d1117}svg{color:#e6edf3!important;background:#0d1117!important}" : "html{background:#fff}";
    writeFileSync(page, `<!DOCTYPE html><meta charset=utf-8><style>body{margin:8px}</style>${svg}<style>${style}</style>`);
    execFileSync("chromium", [
      "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", `--window-size=${width},${height}`,
      `--screenshot=${path.slice(0, -4)}${name}.png`, pathToFileURL(page).href,
    ], { stdio: "ignore" });
  }

  rmSync(scratch, { recursive: true });
}
