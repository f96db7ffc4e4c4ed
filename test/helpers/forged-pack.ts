import { execFileSync } from "node:child_process";
import { generateKeyPairSync, sign } from "node:crypto";
import { type WrittenMember, zipStream } from "../../src/evidence/zip-stream.ts";

/** Content of an evidence pack. */
export interface PackContent {
  readonly manifest: { readonly members: readonly { readonly name: string }[] };
  readonly members: ReadonlyMap<string, Buffer>;
}

/** Writes each member of the archive: its name and size as a line of JSON, and its bytes. */
const READER = `
import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    for name in archive.namelist():
        content = archive.read(name)
        sys.stdout.buffer.write(json.dumps([name, len(content)]).encode() + b"\\n" + content)
`;

/** Archives that were read: a process of another program costs far more than reading. No test replaces an archive. */
const archives = new Map<string, ReadonlyMap<string, Buffer>>();

/** Reads all members of an archive by another implementation of ZIP. */
function readMembers(path: string): ReadonlyMap<string, Buffer> {
  const known = archives.get(path);
  if (known !== undefined) return known;
  const output = execFileSync("python3", ["-c", READER, path], { maxBuffer: 1 << 28 });
  const members = new Map<string, Buffer>();
  for (let start = 0; start < output.byteLength;) {
    const end = output.indexOf("\n", start);
    const [name, size] = JSON.parse(output.subarray(start, end).toString()) as [string, number]; // written above
    members.set(name, output.subarray(end + 1, end + 1 + size));
    start = end + 1 + size;
  }
  archives.set(path, members);
  return members;
}

/** Reads a member of an archive by another implementation of ZIP. */
export function readMember(path: string, name: string): Buffer {
  const member = readMembers(path).get(name);
  if (member === undefined) throw new Error(`the archive has no member ${name}`);
  return member;
}

export function readPack(path: string): PackContent {
  // The manifest is written by `writePack`.
  const manifest = JSON.parse(readMember(path, "manifest.json").toString()) as PackContent["manifest"];
  return { manifest, members: new Map(manifest.members.map(({ name }) => [name, readMember(path, name)])) };
}

/** Writes a pack again with other lines of one member, all hashes made to fit, and a signature by another key. */
export async function forgePack(
  { manifest, members }: PackContent,
  member: string,
  change: (lines: string[]) => void,
): Promise<Buffer> {
  const lines = (members.get(member) ?? "").toString().trimEnd().split("\n");
  change(lines);
  const replaced = Buffer.from(lines.map((line) => `${line}\n`).join(""));
  const forger = generateKeyPairSync("ed25519");
  const written: WrittenMember[] = [];
  async function* forged() {
    for (const [name, content] of members) yield { name, bytes: [name === member ? replaced : content] };
    const publicKey = forger.publicKey.export({ type: "spki", format: "der" }).subarray(12).toString("hex");
    const listed = written.map(({ name, size, sha256 }) => ({ name, size: String(size), sha256 }));
    const bytes = Buffer.from(JSON.stringify({ ...manifest, publicKey, members: listed }));
    yield { name: "manifest.json", bytes: [bytes] };
    yield { name: "manifest.sig", bytes: [Buffer.from(`${sign(null, bytes, forger.privateKey).toString("hex")}\n`)] };
  }
  return Buffer.concat(await Array.fromAsync(zipStream(forged(), (one) => written.push(one))));
}
