// Loaded before the program (node -r): it must run on any Node, also on one that cannot read TypeScript.
"use strict";
const manifest = require("../package.json");

const wanted = /\d+(\.\d+)*/.exec(manifest.engines.node)[0];

function isOlder(version, than) {
  const a = version.split(".").map(Number);
  const b = than.split(".").map(Number);
  for (let index = 0; index < b.length; index += 1) {
    if (a[index] !== b[index]) return a[index] < b[index];
  }
  return false;
}

if (isOlder(process.versions.node, wanted)) {
  process.stderr.write(
    "sluice: needs Node " +
      wanted +
      " or newer, this is " +
      process.versions.node +
      "; on Linux `npm install` brings it" +
      " and `npm start` uses it, elsewhere install it from https://nodejs.org\n",
  );
  process.exit(1);
}
