import { expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { parse, parseAllDocuments } from "yaml";
import { z } from "zod";
import { environmentSchema } from "../../src/config/environment.ts";
import { fileSchema } from "../../src/config/settings-file.ts";

const MANIFEST = z
  .object({ version: z.string(), engines: z.object({ node: z.string() }) })
  .parse(JSON.parse(readFileSync("package.json", "utf8")));
const KUBERNETES = readFileSync("docs/examples/kubernetes.yaml", "utf8");

/** Documents of the Kubernetes example, by their kind. */
const documents = new Map(
  parseAllDocuments(KUBERNETES).map((document) => {
    if (document.errors[0] !== undefined) throw document.errors[0];
    const content: unknown = document.toJS();
    return [z.object({ kind: z.string() }).parse(content).kind, content];
  }),
);

/** Names in an environment that are neither a setting nor a variable in the settings file. */
function unknownNames(names: readonly string[], settingsFile: string): readonly string[] {
  const mentioned = [...settingsFile.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name);
  const known = new Set<string | undefined>([...Object.keys(environmentSchema.shape), ...mentioned]);
  return names.filter((name) => !known.has(name));
}

test("the Dockerfile has the Node version that package.json requires", () => {
  const version = /^ARG NODE_VERSION=(\S+)$/m.exec(readFileSync("Dockerfile", "utf8"))?.[1];
  expect(`>=${version}`).toBe(MANIFEST.engines.node);
});

test("compose.yaml sets only settings that exist", () => {
  const { services } = z
    .object({ services: z.object({ sluice: z.object({ environment: z.record(z.string(), z.string()) }) }) })
    .parse(parse(readFileSync("compose.yaml", "utf8")));
  const names = Object.keys(services.sluice.environment);
  expect(names).toEqual(expect.arrayContaining(["DATABASE_URL", "HOST", "AUTH_JWT_SECRET", "SLUICE_CONFIG"]));
  expect(unknownNames(names, readFileSync("sluice.example.yaml", "utf8"))).toEqual([]);
});

test("the Kubernetes example has a valid settings file, settings that exist and this version's image", () => {
  const config = z.object({ data: z.record(z.string(), z.string()) }).parse(documents.get("ConfigMap"));
  const settingsFile = config.data["sluice.yaml"] ?? "";
  expect(fileSchema.safeParse(parse(settingsFile)).error).toBeUndefined();
  const container = z.object({ image: z.string(), env: z.array(z.object({ name: z.string() })) });
  const deployment = z
    .object({ spec: z.object({ template: z.object({ spec: z.object({ containers: z.tuple([container]) }) }) }) })
    .parse(documents.get("Deployment"));
  const [{ image, env }] = deployment.spec.template.spec.containers;
  const names = env.map(({ name }) => name);
  expect(unknownNames(names, settingsFile)).toEqual([]);
  expect(image).toMatch(new RegExp(`:${RegExp.escape(MANIFEST.version)}$`));
});

test("the Grafana dashboard draws every metric on which Prometheus alerts", () => {
  const metricsIn = (path: string) => new Set(readFileSync(path, "utf8").match(/\bsluice_\w+/g));
  const drawn = metricsIn("deploy/grafana-dashboard.json");
  const alerting = metricsIn("deploy/prometheus-alerts.yaml");
  expect(alerting.size).toBeGreaterThan(8);
  expect(alerting.difference(drawn)).toEqual(new Set());
});
