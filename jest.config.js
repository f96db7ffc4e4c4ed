/** Node 26 strips the types itself, so no transform: what runs in a test is the file as written. */
export default {
  testEnvironment: "node",
  transform: {},
  extensionsToTreatAsEsm: [".ts"],
  // `npm run test:soak` replaces it, and runs those that are only part of the long form
  testMatch: ["<rootDir>/{src,sandbox,resolvers,dashboard,test,tools}/**/*.test.ts", "!**/*.long.test.ts"],
  globalSetup: "<rootDir>/test/helpers/global-setup.ts",
  globalTeardown: "<rootDir>/test/helpers/global-teardown.ts",
  modulePathIgnorePatterns: ["<rootDir>/gateways/"], // packages of its own, which no test imports
  testTimeout: 240_000,
  maxWorkers: 6, // on two cores: more than half of a test is waiting, and more workers make each other late
  workerGracefulExitTimeout: 20_000, // only what is left open keeps a worker alive for so long, not a busy machine
  testRunner: "<rootDir>/test/helpers/node-test-runner.js",
  runner: "<rootDir>/test/helpers/alone-runner.js",
};
