import TestRunner from "jest-runner";
import { LONGEST_FILES } from "./longest-files.ts";

/** Folder of the tests that measure times: other tests must not run concurrently with them. */
const ALONE = "/test/e2e/alone/";

/**
 * Runs all other tests as jest does, the longest first, then those in `ALONE`, one after the other, with no other test
 * running.
 */
// oxlint-disable-next-line import/no-default-export -- jest requires it of a runner
export default class AloneRunner extends TestRunner {
  async runTests(tests, watcher, options) {
    const together = tests.filter(({ path }) => !path.includes(ALONE));
    const alone = tests.filter(({ path }) => path.includes(ALONE));
    if (together.length > 0) await super.runTests(longestFirst(together), watcher, options);
    if (alone.length > 0) await super.runTests(alone, watcher, { ...options, serial: true });
  }
}

/** All others keep jest's order. */
function longestFirst(tests) {
  const placeOf = ({ path }) => {
    const place = LONGEST_FILES.findIndex((file) => path.endsWith(`/${file}`));
    return place === -1 ? LONGEST_FILES.length : place;
  };
  return tests.toSorted((a, b) => placeOf(a) - placeOf(b));
}
