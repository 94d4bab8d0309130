// Sets formulas of TeX as HTML that needs no script and loads nothing: the letters come with the style.
//
//     npm install --ignore-scripts
//     node formulas.mjs formulas.json set.json
//
// formulas.json  [{ "formula": "\\frac12", "display": false }, …]
// set.json       { "style": "the rules of CSS", "formulas": ["<span …>", …] }, in the same order
//
// A formula that is not right ends it with 1, and is named.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import katex from "katex";

const [source, target] = process.argv.slice(2);
const folder = join(dirname(createRequire(import.meta.url).resolve("katex/package.json")), "dist");
const formulas = JSON.parse(readFileSync(source, "utf8"));
let bad = 0;
const set = formulas.map(({ formula, display }) => {
  try {
    return katex.renderToString(formula, { displayMode: display, throwOnError: true, strict: "error", trust: false });
  } catch (error) {
    bad++;
    console.error(`${formula}: ${error.message}`);
    return "";
  }
});

// Of the fonts only these are needed, unless a formula asks for a style of letters of its own.
const usual = /KaTeX_(Main-Regular|Math-Italic|Size[1-4]-Regular)\./;
const isUnusual = set.some(html => /class="[^"]*\b(math(bf|bb|cal|frak|it|sf|scr|tt)|text(bf|it|sf|tt)|amsrm|boldsymbol)\b/.test(html));
const style = readFileSync(join(folder, "katex.min.css"), "utf8")
  .replace(/@font-face\{[^}]*\}/g, face => isUnusual || usual.test(face) ? face : "")
  .replace(/src:url\((fonts\/[^)]*\.woff2)\)[^;}]*/g, (_, font) =>
    `src:url(data:font/woff2;base64,${readFileSync(join(folder, font)).toString("base64")}) format("woff2")`);

writeFileSync(target, JSON.stringify({ style, formulas: set }));
process.exit(bad > 0 ? 1 : 0);
