// What is depended on: licences, sources and, where the list of them can be reached, known faults; by cargo-deny and
// deny.toml.

import { attempt, say } from "./common.mjs";
import { cargoDeny } from "./setup.mjs";

/** Checks the dependencies; whether all is well. What cannot be looked up from here is said and left out. */
export function dependencies(env) {
  const deny = cargoDeny(env);
  if (!deny) {
    say("Left out: there is no cargo-deny, and it could not be built");
    return true;
  }
  const isWell = attempt(deny, ["check", "bans", "licenses", "sources"], { env }).ok;
  const knows = attempt(deny, ["fetch", "db"], { env, timeout: 60_000, stdio: "ignore" }).ok;
  if (!knows) {
    say("Left out: known faults, whose list (github.com/rustsec/advisory-db) cannot be reached from here");
    return isWell;
  }
  return attempt(deny, ["check", "advisories"], { env }).ok && isWell;
}
