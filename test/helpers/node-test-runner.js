import { createRequire, registerHooks } from "node:module";
import { pathToFileURL } from "node:url";
import circusAdapter from "jest-circus/runner";

/** Where `jest-globals.js` finds what a test file imports from `@jest/globals`. */
const GLOBALS = Symbol.for("sluice.jest-globals");

/** Where jest-circus keeps the handlers of its events, for all its copies in a process. */
const EVENT_HANDLERS = Symbol.for("EVENT_HANDLERS");

const require = createRequire(import.meta.url);
const globalsUrl = new URL("jest-globals.js", import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "@jest/globals" ? { url: globalsUrl, shortCircuit: true } : next(specifier, context),
});

let runs = 0;

/** What jest-circus calls of jest-runtime, done by Node itself. */
const runtime = {
  requireInternalModule: requireAnew,
  requireModule: require,
  unstable_shouldLoadAsEsm: () => true,
  // The query makes a second run in the same process evaluate the test file again.
  unstable_importModule: async (path) => await import(`${pathToFileURL(path).href}?run=${(runs += 1)}`),
  setGlobalsForRuntime: (globals) => {
    globalThis[GLOBALS] = globals;
  },
  enterTestCode: () => undefined,
  leaveTestCode: () => undefined,
};

/** Loads jest-circus once per test file, because its list of tests and its handlers are state of the module. */
function requireAnew(path) {
  delete require.cache[path];
  delete globalThis[EVENT_HANDLERS];
  return require(path);
}

/**
 * Runs a test file by jest-circus with Node's own modules, so that a worker loads each module once, where jest's module
 * loader loads all of them for each file. So module state outlives the file, and what needs jest's loader does not
 * exist: `jest.mock` and the `jest` object.
 */
// oxlint-disable-next-line import/no-default-export -- what jest asks of a test runner
export default async function runTestFile(globalConfig, config, environment, _runtime, path, sendMessageToJest) {
  return await circusAdapter.default(globalConfig, config, environment, runtime, path, sendMessageToJest);
}
