/** Node 24 strips the types itself, so no transform: what runs in a test is the file as written. */
export default {
  testEnvironment: "node",
  transform: {},
  extensionsToTreatAsEsm: [".ts"],
  testMatch: ["<rootDir>/{src,resolvers,test,tools}/**/*.test.ts"],
  globalSetup: "<rootDir>/test/helpers/global-setup.ts",
  globalTeardown: "<rootDir>/test/helpers/global-teardown.ts",
  testTimeout: 90_000,
  maxWorkers: 2,
  runner: "<rootDir>/test/helpers/alone-runner.js",
};
