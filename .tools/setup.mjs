// Sets up what is missing. Each step first looks whether there is anything to do, then tries the ordinary way, then
// the way that needs nothing but the package registries. What is installed goes to ~/.cache/impasse (XDG_CACHE_HOME)
// or, for Debian packages, where apt puts them; nothing is written into the Rust toolchain but the browser's target
// by `rustup target add`.
//
//   node .tools/setup.mjs            what building needs
//   node .tools/setup.mjs --test     and what the tests need
//   node .tools/setup.mjs --env      prints the environment as shell `export` lines: eval "$(node .tools/setup.mjs --env)"
//
// IMPASSE_FORCE_FALLBACK=1 passes over the ordinary way to the browser's target.

import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { attempt, cache, main, output, readText, root, run, say, Stop, target, tools, WASM_TARGET, which, writeWhole } from "./common.mjs";

// What the installers print goes to standard error, so that the output of --env is the environment alone.
const installer = { stdio: ["ignore", 2, 2] };
const RUST_NEEDED = readText(join(root, "Cargo.toml")).match(/^rust-version = "(.+)"/m)[1];

/** Sets up what building needs and gives the environment in which every command of the build runs. */
export function setUp() {
  const env = { ...process.env, CARGO_TARGET_DIR: target };
  // Flags meant for the machine's own processor would be handed to the browser's half too.
  delete env.CARGO_BUILD_TARGET;
  npmTools(env);
  rust(env);
  wasmBindgen(env);
  return env;
}

/** Sets up what building and testing need; the tests read the variables added here. */
export function setUpTests() {
  const env = setUp();
  Object.assign(env, { AXE_JS: join(tools, "node_modules", "axe-core", "axe.min.js") }, browser(env), postgres(env), schemathesis(env), readers(env));
  return env;
}

// --- npm ---

function npmTools(env) {
  const lock = createHash("sha256").update(readFileSync(join(tools, "package-lock.json"))).update(process.platform + process.arch).digest("hex");
  const stamp = join(tools, "node_modules", ".impasse-lock");
  if (readText(stamp) === lock) return;
  say("Getting wasm-opt, esbuild, lightningcss, axe-core and the programs that read our files from npm (10 s, 140 MB on disk)");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  run(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], { ...installer, env, cwd: tools });
  writeWhole(stamp, lock);
}

// --- Rust ---

/** Chooses one toolchain for server and browser; with two, every dependency would be compiled twice over. */
function rust(env) {
  if (!which("cargo", env.PATH)) {
    // A fresh rustup whose environment this shell has not read yet.
    const home = join(env.CARGO_HOME || join(env.HOME ?? "", ".cargo"), "bin");
    if (existsSync(join(home, "cargo"))) env.PATH = `${home}${delimiter}${env.PATH}`;
  }
  if (!env.IMPASSE_FORCE_FALLBACK && rustOrdinary(env)) return;
  rustFromDebian(env);
}

function rustOrdinary(env) {
  const version = output("rustc", ["--version"], { env })?.match(/^rustc (\d+\.\d+\.\d+)/)?.[1];
  if (!version) {
    say("No Rust compiler found (https://rustup.rs)");
    return false;
  }
  if (older(version, RUST_NEEDED)) {
    say(`Rust ${version} is too old, ${RUST_NEEDED} is needed: rustup update`);
    return false;
  }
  if (hasWasmTarget(env)) return true;
  const debian = debianRust();
  if (debian.ready()) return false;
  if (!which("rustup", env.PATH)) return false;
  say(`Adding the browser's target: rustup target add ${WASM_TARGET} (a few seconds)`);
  attempt("rustup", ["target", "add", WASM_TARGET], { ...installer, env, timeout: 300_000 });
  return hasWasmTarget(env);
}

const older = (version, needed) => {
  const [a, b] = [version, needed].map((text) => text.split(".").map(Number));
  for (let i = 0; i < 3; i++) if ((a[i] ?? 0) !== (b[i] ?? 0)) return (a[i] ?? 0) < (b[i] ?? 0);
  return false;
};

function hasWasmTarget(env) {
  const folder = output("rustc", ["--print", "target-libdir", "--target", WASM_TARGET], { env });
  return folder !== null && existsSync(folder) && readdirSync(folder).some((name) => name.startsWith("libstd-"));
}

const DEBIAN_RUST = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-clippy", "rustfmt-web", "lld-22"];

/** Debian's compiler, and where the standard library for the browser that we build from its source is kept. */
function debianRust() {
  const version = output("/usr/bin/rustc", ["-vV"]);
  const id = version && createHash("sha256").update(version).digest("hex").slice(0, 12);
  const folder = join(cache, "tools", `debian-rust-${id}`);
  const sysroot = join(folder, "sysroot");
  const stamp = join(folder, "complete");
  return { folder, sysroot, stamp, bin: join(folder, "bin"), ready: () => version !== null && existsSync(stamp) };
}

/**
 * The way for machines on which rustup can't download: Debian's compiler, which comes with its source, and the
 * browser's standard library built from that.
 */
function rustFromDebian(env) {
  const missing = ["/usr/bin/rustc", "/usr/bin/cargo", "/usr/bin/cargo-clippy", "/usr/bin/rustfmt", "/usr/bin/wasm-ld-22"].filter((path) => !existsSync(path));
  const version = () => output("/usr/bin/rustc", ["--version"])?.match(/\d+\.\d+\.\d+/)?.[0] ?? "0";
  if (missing.length > 0 || !existsSync("/usr/lib/rustlib/src/rust/library/std") || older(version(), RUST_NEEDED)) {
    say("Installing Debian's Rust, which can build for the browser without rustup's downloads (1 minute, 700 MB on disk)");
    apt(DEBIAN_RUST, `The target ${WASM_TARGET} is needed to build for the browser: rustup target add ${WASM_TARGET}\nWhere rustup cannot download:`);
  }
  const debian = debianRust();
  const wasmFlags = `--sysroot=${debian.sysroot} -Clinker=/usr/bin/wasm-ld-22`;
  if (!debian.ready()) {
    say("Building Rust's standard library for the browser (1 minute)");
    rmSync(debian.folder, { recursive: true, force: true });
    mkdirSync(debian.bin, { recursive: true });
    for (const name of ["cargo", "rustc", "rustdoc", "cargo-clippy", "clippy-driver", "rustfmt", "cargo-fmt"]) {
      if (existsSync(`/usr/bin/${name}`)) symlinkSync(`/usr/bin/${name}`, join(debian.bin, name));
    }
    const scratch = mkdtempSync(join(tmpdir(), "impasse-std-"));
    mkdirSync(join(scratch, "src"));
    writeFileSync(join(scratch, "Cargo.toml"), '[package]\nname = "only_std"\nedition = "2024"\n[workspace]\n');
    writeFileSync(join(scratch, "src", "lib.rs"), "");
    run("cargo", ["build", "--release", "-Zbuild-std=std,panic_abort,proc_macro,test", "--target", WASM_TARGET], {
      ...installer,
      cwd: scratch,
      env: { ...debianEnvironment(env, debian), RUSTC_BOOTSTRAP: "1", CARGO_TARGET_DIR: join(scratch, "target") },
    });
    const lib = join(debian.sysroot, "lib", "rustlib", WASM_TARGET, "lib");
    const built = join(scratch, "target", WASM_TARGET, "release", "deps");
    mkdirSync(lib, { recursive: true });
    for (const name of readdirSync(built)) {
      if (name.endsWith(".rlib") && !name.startsWith("libonly_std")) copyFileSync(join(built, name), join(lib, name));
    }
    rmSync(scratch, { recursive: true, force: true });
    writeWhole(debian.stamp, "");
  }
  Object.assign(env, debianEnvironment(env, debian), { CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS: wasmFlags });
}

function debianEnvironment(env, debian) {
  const changed = { ...env, PATH: `${debian.bin}${delimiter}${env.PATH}` };
  delete changed.RUSTUP_TOOLCHAIN;
  return changed;
}

// --- wasm-bindgen ---

/** The command that writes the script beside the WebAssembly; of exactly the version in Cargo.lock. */
function wasmBindgen(env) {
  const version = readText(join(root, "Cargo.lock")).match(/name = "wasm-bindgen"\nversion = "(.+)"/)[1];
  const is = (path) => output(path, ["--version"]) === `wasm-bindgen ${version}`;
  const folder = join(cache, "tools", `wasm-bindgen-${version}`);
  const ours = join(folder, "bin", process.platform === "win32" ? "wasm-bindgen.exe" : "wasm-bindgen");
  const onPath = which("wasm-bindgen", env.PATH);
  if (existsSync(ours) && is(ours)) env.WASM_BINDGEN = ours;
  else if (onPath && is(onPath)) env.WASM_BINDGEN = onPath;
  else {
    say(`Building wasm-bindgen ${version} (3 minutes, once; a wasm-bindgen of this version on PATH saves it)`);
    mkdirSync(folder, { recursive: true });
    run("cargo", ["install", "--quiet", "--locked", "wasm-bindgen-cli", "--version", version, "--root", folder], {
      ...installer,
      env: { ...env, CARGO_TARGET_DIR: join(folder, "build") },
      cwd: folder,
    });
    rmSync(join(folder, "build"), { recursive: true, force: true });
    env.WASM_BINDGEN = ours;
  }
}

// --- what looks over the dependencies ---

/** The path of cargo-deny, built once; null if it cannot be had, which is no reason to check nothing else. */
export function cargoDeny(env) {
  const VERSION = "0.20.2";
  const folder = join(cache, "tools", `cargo-deny-${VERSION}`);
  const ours = join(folder, "bin", process.platform === "win32" ? "cargo-deny.exe" : "cargo-deny");
  const found = existsSync(ours) ? ours : which("cargo-deny", env.PATH);
  if (found) return found;
  say(`Building cargo-deny ${VERSION} (6 minutes, once; a cargo-deny on PATH saves it)`);
  mkdirSync(folder, { recursive: true });
  const built = attempt("cargo", ["install", "--quiet", "--locked", "cargo-deny", "--version", VERSION, "--root", folder], {
    ...installer,
    timeout: 1_200_000,
    env: { ...env, CARGO_TARGET_DIR: join(folder, "build") },
    cwd: folder,
  });
  rmSync(join(folder, "build"), { recursive: true, force: true });
  return built.ok ? ours : null;
}

// --- what the tests need ---

function browser(env) {
  const find = () => {
    const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
    const apps = ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"];
    const CHROME = env.CHROME || names.map((name) => which(name, env.PATH)).find(Boolean) || apps.find(existsSync);
    const CHROMEDRIVER = env.CHROMEDRIVER || which("chromedriver", env.PATH) || ["/usr/lib/chromium-browser/chromedriver"].find(existsSync);
    return CHROME && CHROMEDRIVER ? { CHROME, CHROMEDRIVER } : null;
  };
  const found = find();
  if (found) return found;
  say("Installing Chromium and its driver for the browser tests (1 to 2 minutes, 400 MB on disk)");
  apt(["chromium", "chromium-driver"], "The browser tests need Chromium or Chrome and its chromedriver, on PATH or named by CHROME and CHROMEDRIVER.\nOn Debian:");
  return find() ?? stop("chromium and chromedriver were installed but are not on PATH; name them by CHROME and CHROMEDRIVER.");
}

function postgres(env) {
  const has = (folder) => folder && existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres"));
  const find = () => {
    const debian = "/usr/lib/postgresql";
    const versions = existsSync(debian) ? readdirSync(debian).filter((name) => Number(name) >= 15).sort((a, b) => b - a) : [];
    const onPath = which("initdb", env.PATH);
    const folders = [
      env.PG_BIN,
      ...versions.map((version) => join(debian, version, "bin")),
      onPath && resolve(onPath, ".."),
      output("pg_config", ["--bindir"], { env }),
      "/opt/homebrew/opt/postgresql@17/bin",
      "/usr/local/opt/postgresql@17/bin",
    ];
    const folder = folders.find(has);
    return folder ? { PG_BIN: folder } : null;
  };
  const found = find();
  if (found) return found;
  say("Installing PostgreSQL for the tests (1 minute, 60 MB on disk); they start a server of their own");
  apt(["postgresql"], "The tests run on a PostgreSQL 15 or later of their own and need its programs (initdb, postgres), in the folder PG_BIN or on PATH.\nOn Debian:");
  return find() ?? stop("PostgreSQL was installed but initdb is not to be found; name its folder by PG_BIN.");
}

/** A Python environment of its own with packages of these versions; none if it cannot be had, which is said. */
function fromPyPi(env, name, packages, size, why) {
  const folder = join(cache, "tools", name);
  const python = join(folder, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  const stamp = join(folder, "complete");
  if (!existsSync(stamp)) {
    say(`Getting ${packages.join(" and ")} from PyPI (${size})`);
    rmSync(folder, { recursive: true, force: true });
    const system = which("python3", env.PATH) ?? which("python", env.PATH);
    const steps = [
      [system, ["-m", "venv", folder]],
      [python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages]],
    ];
    // The other tests need not wait for it: the tests that need it fail, and say why.
    if (!system || !steps.every(([command, args]) => attempt(command, args, { ...installer, env }).ok)) {
      say(`That could not be installed (it needs python3 with venv, and PyPI): ${why} will fail`);
      return null;
    }
    writeWhole(stamp, "");
  }
  return python;
}

/** What asks the API everything that its OpenAPI document allows. */
function schemathesis(env) {
  const VERSION = "4.32.5";
  const python = fromPyPi(env, `schemathesis-${VERSION}`, [`schemathesis==${VERSION}`], "15 s, 100 MB on disk", "the tests of the API that need it");
  return python ? { SCHEMATHESIS: join(python, "..", process.platform === "win32" ? "schemathesis.exe" : "schemathesis") } : {};
}

/** What reads the files that are exported, as their users' programs do. */
function readers(env) {
  const python = fromPyPi(env, "icalendar-6.3.1", ["icalendar==6.3.1"], "5 s, 10 MB on disk", "the test of calendars");
  const lxml = fromPyPi(env, "lxml-6.0.2", ["lxml==6.0.2"], "5 s, 20 MB on disk", "the test of feeds");
  const find = (names) => names.map((name) => which(name, env.PATH)).find(Boolean);
  const programs = () => ({ SOFFICE: find(["soffice", "libreoffice"]), PDFTOTEXT: find(["pdftotext"]) });
  if (Object.values(programs()).includes(undefined)) {
    say("Installing LibreOffice's word processor and Poppler, which open what is exported (1 to 2 minutes, 400 MB on disk)");
    apt(["libreoffice-writer-nogui", "poppler-utils"], "The tests of exported files need soffice and pdftotext on PATH.\nOn Debian:");
  }
  return { ...programs(), ...(python ? { ICALENDAR_PYTHON: python } : {}), ...(lxml ? { LXML_PYTHON: lxml } : {}) };
}

// --- apt ---

let aptUpdated = false;

/** Installs Debian packages as root or by a sudo that asks nothing; else stops and says what to do by hand. */
function apt(packages, why) {
  const byHand = `sudo apt-get update && sudo apt-get install --no-install-recommends ${packages.join(" ")}`;
  const isRoot = process.getuid?.() === 0;
  const sudo = isRoot ? [] : ["sudo", "-n"];
  if (!which("apt-get") || (!isRoot && output("sudo", ["-n", "true"]) === null)) {
    stop(`${why}\n  ${which("apt-get") ? byHand : `(no apt-get on this machine) ${packages.join(" ")}, or your system's packages for them`}`);
  }
  const aptGet = (...args) => {
    const command = [...sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o=Dpkg::Use-Pty=0", ...args];
    return attempt(command[0], command.slice(1), { stdio: ["ignore", "ignore", 2] }).ok;
  };
  const install = () => aptGet("install", "--yes", "--no-install-recommends", ...packages);
  if (!aptUpdated) aptGet("update");
  aptUpdated = true;
  if (!install()) stop(`${why}\n  ${byHand}`);
}

function stop(message) {
  throw new Stop(message);
}

// --- the command ---

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(() => {
    const env = process.argv.includes("--test") ? setUpTests() : setUp();
    if (process.argv.includes("--env")) {
      for (const [name, value] of Object.entries(env)) {
        if (process.env[name] !== value) console.log(`export ${name}='${value.replaceAll("'", "'\\''")}'`);
      }
    }
  });
}
