// Builds the browser's files into target/site and the server around them.
//
//   node .tools/build.mjs           the release: target/release/impasse, the site's files inside
//   node .tools/build.mjs --dev     for development: quick to build, the server reads target/site from disk
//   node .tools/build.mjs --site    the browser's files only
//   node .tools/build.mjs --size    and tells path and size of the binary and of what a browser loads
//
// target/site holds pkg/impasse-<hash>.{js,wasm,css} and its like, what public/ holds under its own names, beside each file its .br
// and .gz where those are smaller, and manifest.json, from the name in the source to the address. A step whose input
// has not changed is not done again.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { browsers, builds, locked, main, readText, root, run, say, serverBinary, site, Stop, target, tools, WASM_TARGET, writeWhole } from "./common.mjs";
import { setUp } from "./setup.mjs";

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part).update("\0"), createHash("sha256")).digest("hex");
const hashed = (name, extension, content) => `pkg/${name}-${sha256(content).slice(0, 12)}.${extension}`;

/** Builds target/site. Gives whether anything in it changed. */
export async function buildSite(env, build) {
  const before = readText(join(site, "manifest.json"));
  const manifest = {};
  const wanted = new Set(["manifest.json"]);
  const add = (logical, path) => {
    manifest[logical] = `/${path}`;
    for (const suffix of ["", ".br", ".gz"]) wanted.add(path + suffix);
  };

  Object.entries(await script(env, build)).forEach(([logical, path]) => add(logical, path));
  add("inbox.js", await plainScript("inbox", build));
  add("work.js", await plainScript("work", build));
  add("passkey.js", await plainScript("passkey", build));
  add("impasse.css", await style("main", "impasse", build));
  add("pages.css", await style("pages", "pages", build));
  for (const path of publicFiles()) add(path, path);

  for (const path of filesUnder(site)) if (!wanted.has(path)) rmSync(join(site, path));
  const after = `${JSON.stringify(manifest, null, 2)}\n`;
  if (before !== after) writeWhole(join(site, "manifest.json"), after);
  // A release server compiled when there was no site knows no file to watch for changes.
  if (before === null && existsSync(serverBinary(builds.release))) {
    run("cargo", ["clean", "--quiet", "--release", "-p", "impasse"], { env });
  }
  return before !== after;
}

// --- the script and the WebAssembly ---

async function script(env, build) {
  // Cargo knows best whether the WebAssembly is up to date. Its own folder, so that native builds need not wait for it.
  const wasmTarget = join(target, "wasm");
  const crate = join(wasmTarget, WASM_TARGET, build.wasmDir, "impasse_app.wasm");
  const first = !existsSync(crate);
  say(`Compiling for the browser${first ? (build.small ? " (2 to 4 minutes the first time)" : " (1 to 2 minutes the first time)") : ""}`);
  const wasmEnv = { ...env, CARGO_TARGET_DIR: wasmTarget };
  for (const name of ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS"]) delete wasmEnv[name];
  run("cargo", wasmCargo("build", build), { env: wasmEnv });

  const entry = join(root, "app", "browser.js");
  const key = sha256(
    readFileSync(crate),
    ...["browser.js", "live.js", "live_views.js", "stored.js"].map((name) => readFileSync(join(root, "app", name))),
    JSON.stringify([build, browsers]),
    env.WASM_BINDGEN,
    ...["build.mjs", "package-lock.json"].map((name) => readFileSync(join(tools, name))),
  );
  const stamp = join(target, "site.stamp.json");
  const last = JSON.parse(readText(stamp) ?? "{}");
  if (last.key === key && Object.values(last.files).every((path) => existsSync(join(site, path)))) return last.files;

  say("Binding, optimizing and compressing the browser's files (10 to 20 s)");
  const bound = join(wasmTarget, "bound");
  rmSync(bound, { recursive: true, force: true });
  run(env.WASM_BINDGEN, ["--target", "web", "--no-typescript", "--out-dir", bound, "--out-name", "impasse", ...(build.small ? ["--remove-name-section", "--remove-producers-section"] : ["--debug"]), crate], { env });
  const wasmFile = join(bound, "impasse_bg.wasm");
  if (build.small) {
    // What rustc takes for granted of a browser since 1.87 and wasm-opt does not by itself.
    const features = ["bulk-memory", "mutable-globals", "multivalue", "nontrapping-float-to-int", "reference-types", "sign-ext"];
    run(process.execPath, [join(tools, "node_modules", "binaryen", "bin", "wasm-opt"), "-Oz", "--converge", ...features.map((name) => `--enable-${name}`), wasmFile, "-o", wasmFile], { env });
  }
  const wasm = readFileSync(wasmFile);
  const wasmPath = hashed("impasse", "wasm", wasm);

  // The bindings load the WebAssembly that lies beside them, by its hashed name.
  const bindings = readText(join(bound, "impasse.js"));
  const named = bindings.replaceAll("'impasse_bg.wasm'", `'${wasmPath.slice("pkg/".length)}'`);
  if (named === bindings) throw new Stop("wasm-bindgen's script no longer names impasse_bg.wasm; see .tools/build.mjs");
  writeWhole(join(bound, "impasse.js"), named);
  const js = await bundled(entry, build, { "impasse-bindings": join(bound, "impasse.js") });
  const jsPath = hashed("impasse", "js", js);
  put(wasmPath, wasm, build);
  put(jsPath, js, build);
  const files = { "impasse.js": jsPath, "impasse.wasm": wasmPath };
  writeWhole(stamp, JSON.stringify({ key, files }));
  return files;
}

/** A script of app/ that needs no WebAssembly, for pages that have no islands. */
async function plainScript(name, build) {
  const js = await bundled(join(root, "app", `${name}.js`), build, {});
  const path = hashed(name, "js", js);
  put(path, js, build);
  return path;
}

async function bundled(entry, build, alias) {
  const esbuild = await tool("esbuild", "lib/main.js");
  const bundle = await esbuild.build({
    entryPoints: [entry],
    alias,
    bundle: true,
    format: "esm",
    minify: build.small,
    legalComments: "none",
    target: Object.entries(browsers).map(([name, version]) => name + version.join(".")),
    write: false,
    logLevel: "warning",
  });
  return bundle.outputFiles[0].contents;
}

/** The arguments of a Cargo command on the browser's half; Clippy checks it by the same ones. */
export const wasmCargo = (command, build) => [
  command, ...locked, "-p", "impasse-app", "--lib", "--target", WASM_TARGET, "--features", "hydrate", "--profile", build.wasmProfile,
];

// --- the style ---

/** A style sheet of style/ with what it imports. */
async function style(source, name, build) {
  const { bundleAsync } = await tool("lightningcss", "node/index.mjs");
  const entry = join(root, "style", `${source}.css`);
  try {
    const { code } = await bundleAsync({
      filename: entry,
      minify: build.small,
      targets: Object.fromEntries(
        Object.entries(browsers).map(([name, [major, minor = 0]]) => [name, (major << 16) | (minor << 8)]),
      ),
    });
    const path = hashed(name, "css", code);
    put(path, code, build);
    return path;
  } catch (error) {
    const at = error.loc ? `:${error.loc.line}:${error.loc.column}` : "";
    throw new Stop(`${relative(root, error.fileName ?? entry)}${at}: ${error.message}`);
  }
}

// --- the files of public/ ---

function publicFiles() {
  const paths = filesUnder(join(root, "public"));
  for (const path of paths) {
    if (!/^[\w.-]+(\/[\w.-]+)*$/.test(path) || path.startsWith("pkg/") || path === "manifest.json") {
      throw new Stop(`public/${path}: this name can't be served; use letters, digits, '.', '_' and '-'`);
    }
    put(path, readFileSync(join(root, "public", path)), builds.release);
  }
  return paths;
}

// --- writing ---

/** Writes a file and its compressed forms into the site, unless they are there already. */
function put(path, content, build) {
  const full = join(site, path);
  if (existsSync(full) && Buffer.compare(readFileSync(full), content) === 0 && (!build.small || existsSync(`${full}.br`) || content.length < 256)) return;
  const forms = build.small
    ? {
        ".br": brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }),
        ".gz": gzipSync(content, { level: 9 }),
      }
    : {};
  for (const suffix of [".br", ".gz"]) {
    if (forms[suffix]?.length < content.length) writeWhole(full + suffix, forms[suffix]);
    else rmSync(full + suffix, { force: true });
  }
  writeWhole(full, content);
}

function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith(".") && !entry.name.endsWith(".draft"))
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).replaceAll("\\", "/"))
    .sort();
}

/** A library of node_modules, which may not have been there when this script was started. */
const tool = (name, path) => import(pathToFileURL(join(tools, "node_modules", name, path)));

// --- the server ---

export function buildServer(env, build) {
  const first = !existsSync(serverBinary(build));
  say(`Compiling the server${first ? " (10 to 25 minutes the first time, on two cores)" : ""}`);
  run("cargo", ["build", ...locked, "-p", "impasse", ...build.serverFlags], { env });
}

export function sizes(build) {
  mkdirSync(site, { recursive: true });
  const binary = serverBinary(build);
  const megabytes = (statSync(binary).size / 1e6).toFixed(1);
  console.log(`${binary}  ${megabytes} MB`);
  for (const [logical, address] of Object.entries(JSON.parse(readText(join(site, "manifest.json"))))) {
    const [plain, br] = ["", ".br"].map((suffix) => join(site, address + suffix)).map((path) => existsSync(path) && statSync(path).size);
    console.log(`  ${logical.padEnd(16)} ${String(plain).padStart(8)} bytes, ${String(br || plain).padStart(7)} by brotli  ${address}`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(async () => {
    const build = process.argv.includes("--dev") ? builds.dev : builds.release;
    const env = setUp();
    await buildSite(env, build);
    if (!process.argv.includes("--site")) buildServer(env, build);
    if (process.argv.includes("--size")) sizes(build);
  });
}
