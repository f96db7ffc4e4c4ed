import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { CONTRACTS, type Contract, subgraphSdl } from "./subgraph-sdl.ts";

const HELP = `Prints the SDL of the subgraph.
  --contract partner|dashboard   without what this contract leaves out: see docs/partners.md
  --shared-node                  for a supergraph in which other subgraphs have a Node of their own
  --without-scopes               without @requiresScopes, for gateways that refuse it or do not check tokens
  --release                      writes test/fixtures/released-schema/ instead: the SDL of the version that is released
                                 now, and no accepted changes
`;

const { values } = parseArgs({
  options: {
    contract: { type: "string" },
    "shared-node": { type: "boolean", default: false },
    "without-scopes": { type: "boolean", default: false },
    release: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

function isContract(name: string): name is Contract {
  return Object.hasOwn(CONTRACTS, name);
}

const { contract } = values;
if (values.help) process.stdout.write(HELP);
else if (contract !== undefined && !isContract(contract)) {
  process.stderr.write(`--contract must be one of ${Object.keys(CONTRACTS).join(", ")}, got ${contract}\n${HELP}`);
  process.exitCode = 1;
} else if (values.release) {
  writeFileSync(new URL("../test/fixtures/released-schema/schema.graphql", import.meta.url), subgraphSdl());
  writeFileSync(new URL("../test/fixtures/released-schema/accepted-changes.json", import.meta.url), "[]\n");
} else
  process.stdout.write(subgraphSdl({ contract, sharedNode: values["shared-node"], scopes: !values["without-scopes"] }));
