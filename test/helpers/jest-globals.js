/**
 * Stands for `@jest/globals`, which exists only inside jest's own module loader. A helper is loaded once for many test
 * files, so each use asks for the functions of the file that runs.
 */
function ofRunningFile(name) {
  const current = () => globalThis[Symbol.for("sluice.jest-globals")][name];
  return new Proxy(() => undefined, {
    apply: (_target, self, args) => Reflect.apply(current(), self, args),
    get: (_target, key) => current()[key],
  });
}

export const afterAll = ofRunningFile("afterAll");
export const afterEach = ofRunningFile("afterEach");
export const beforeAll = ofRunningFile("beforeAll");
export const beforeEach = ofRunningFile("beforeEach");
export const describe = ofRunningFile("describe");
export const expect = ofRunningFile("expect");
export const test = ofRunningFile("test");
